package dev.plait.document;

import dev.plait.canonical.CanonicalWriter;
import dev.plait.change.ContainerId;
import java.util.ArrayDeque;

/** The canonical bytes of a container's name: its steps from the root down. */
final class ContainerPath {
  private static final int BY_KEY = 0;
  private static final int BY_ELEMENT = 1;

  private ContainerPath() {}

  static void write(ContainerId id, CanonicalWriter out) {
    ArrayDeque<ContainerId> path = new ArrayDeque<>(id.depth());
    for (ContainerId step = id; step != null; step = step.parent()) {
      path.push(step);
    }
    out.varint(path.size());
    for (ContainerId step : path) {
      String key = step.key();
      var element = step.element();
      if (key != null) {
        out.u8(BY_KEY);
        out.text(key);
      } else if (element != null) {
        out.u8(BY_ELEMENT);
        out.element(element);
      }
      out.u8(step.type().number());
    }
  }
}
