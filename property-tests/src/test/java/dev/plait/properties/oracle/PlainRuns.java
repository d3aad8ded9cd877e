package dev.plait.properties.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Cuts elements into runs. */
final class PlainRuns {
  private PlainRuns() {}

  /** All elements as runs, each as long as it can be. */
  static <C> List<PlainRun<C>> of(List<PlainElement<C>> elements) {
    List<PlainRun<C>> runs = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= elements.size(); i++) {
      if (i == elements.size() || !continues(elements.get(i - 1), elements.get(i))) {
        runs.add(runOf(elements.subList(start, i)));
        start = i;
      }
    }
    return runs;
  }

  private static boolean continues(PlainElement<?> element, PlainElement<?> next) {
    return next.id.seq() - 1 == element.id.seq()
        && next.id.replica().equals(element.id.replica())
        && element.id.equals(next.left)
        && Objects.equals(element.right, next.right)
        && element.isVisible() == next.isVisible();
  }

  private static <C> PlainRun<C> runOf(List<PlainElement<C>> part) {
    PlainElement<C> first = part.get(0);
    List<C> contents = new ArrayList<>();
    for (PlainElement<C> element : part) {
      if (element.content != null) {
        contents.add(element.content);
      }
    }
    return new PlainRun<>(
        first.id, part.size(), first.left, first.right, first.isVisible() ? contents : null);
  }
}
