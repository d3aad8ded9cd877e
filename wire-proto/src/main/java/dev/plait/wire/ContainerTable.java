package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;
import static dev.plait.wire.Direction.ENCODING;

import dev.plait.change.ContainerId;
import dev.plait.clock.ElementId;
import dev.plait.codec.Limits;
import dev.plait.value.ContainerType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table of containers of one chunk or snapshot while it is written: in order of first use. */
final class ContainerTable {
  static final int PARENT = 1;
  static final int KEY = 2;
  static final int ELEMENT = 3;
  static final int TYPE = 4;
  static final int ELEMENT_REPLICA = 1;
  static final int ELEMENT_SEQ = 2;

  private static final ContainerType[] TYPES = ContainerType.values();

  private final Limits limits;
  private final IdWriter ids;
  private final Map<ContainerId, Integer> indexes = new HashMap<>();
  private final List<byte[]> entries = new ArrayList<>();
  private @Nullable ContainerId lastNamed;
  private int lastIndex;

  ContainerTable(Limits limits, IdWriter ids) {
    this.limits = limits;
    this.ids = ids;
  }

  /** The index of a container, which is added with its ancestors if it is new. */
  int indexOf(ContainerId container) {
    if (container.equals(lastNamed)) {
      return lastIndex;
    }
    Deque<ContainerId> missing = new ArrayDeque<>();
    @Nullable ContainerId next = container;
    @Nullable Integer index = null;
    while (next != null && index == null) {
      index = indexes.get(next);
      if (index == null) {
        missing.push(next);
        next = next.parent();
      }
    }
    int last = index == null ? -1 : index;
    for (ContainerId added : missing) {
      check(ENCODING, limits, added);
      entries.add(write(added, last));
      last = entries.size() - 1;
      indexes.put(added, last);
    }
    lastNamed = container;
    lastIndex = last;
    return last;
  }

  private byte[] write(ContainerId container, int parent) {
    ProtoWriter written = new ProtoWriter(32);
    written.number(PARENT, parent + 1);
    ElementId element = container.element();
    String key = container.key();
    if (key != null) {
      written.string(KEY, key);
    } else if (element != null) {
      ProtoWriter id = new ProtoWriter(16);
      id.number(ELEMENT_REPLICA, ids.replica(element.replica()));
      id.number(ELEMENT_SEQ, element.seq());
      written.message(ELEMENT, id);
    }
    written.number(TYPE, container.type().number());
    return written.toBytes();
  }

  /** Adds the table to a message. */
  void addTo(ProtoWriter message, int field) {
    for (byte[] entry : entries) {
      message.bytes(field, entry, entry.length);
    }
  }

  /** The type with this number. */
  static ContainerType readType(int number) {
    if (number < 1) {
      throw DECODING.malformed("a container has no type");
    }
    if (number > TYPES.length) {
      throw DECODING.unsupported("container type " + number + " is unknown to this release");
    }
    return TYPES[number - 1];
  }

  /** Checks the last step of a container's path; its parent has been checked. */
  static void check(Direction direction, Limits limits, ContainerId container) {
    ContainerId parent = container.parent();
    String key = container.key();
    if (container.depth() > limits.maxNesting()) {
      throw direction.tooMuch("containers nest deeper than " + limits.maxNesting() + " levels");
    }
    if (container.depth() > ContainerId.MAX_DEPTH) {
      throw direction.invalid("containers nest deeper than " + ContainerId.MAX_DEPTH + " levels");
    }
    ContainerType carrier = key == null ? ContainerType.LIST : ContainerType.MAP;
    if (parent != null && parent.type() != carrier) {
      throw direction.invalid(
          "a container named by "
              + (key == null ? "an element" : "a key")
              + " hangs in a "
              + parent.type().label()
              + "; it takes a "
              + carrier.label());
    }
    if (key != null) {
      NameRules.check(direction, limits, parent == null ? "the name of a root" : "a key", key);
    }
  }
}
