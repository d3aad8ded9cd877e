package dev.plait.properties.specification;

import dev.plait.change.Change;
import dev.plait.change.ContainerId;
import dev.plait.change.ContainerOperation;
import dev.plait.clock.Dot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What every change of a document had seen: its author's previous change, its dependencies, and all
 * that those had seen.
 */
final class HappensBefore {
  private final List<Change> changes = new ArrayList<>();
  private final Map<Dot, Integer> numbers = new HashMap<>();
  private final List<BitSet> pasts = new ArrayList<>();

  private HappensBefore(Collection<Change> applied) {
    for (Change change : applied) {
      Integer before = numbers.putIfAbsent(change.dot(), changes.size());
      if (before == null) {
        changes.add(change);
        pasts.add(new BitSet());
      } else if (!changes.get(before).equals(change)) {
        throw new IllegalArgumentException(
            "one name for two changes: " + changes.get(before) + " and " + change);
      }
    }
    close();
  }

  /**
   * The operations of these changes, by container; inside a change in their order.
   *
   * @throws IllegalArgumentException if they are not closed under dependency, depend on each other
   *     in a circle, or two of them differ and have one name
   */
  static Map<ContainerId, List<Event>> events(Collection<Change> applied) {
    return new HappensBefore(applied).events();
  }

  /** Adds what the past of a change had seen, those first of whom everything before is known. */
  private void close() {
    List<List<Integer>> followers = new ArrayList<>();
    changes.forEach(change -> followers.add(new ArrayList<>()));
    int[] open = new int[changes.size()];
    Deque<Integer> known = new ArrayDeque<>();
    for (int number = 0; number < open.length; number++) {
      List<Integer> needed = neededBy(changes.get(number));
      open[number] = needed.size();
      for (int other : needed) {
        followers.get(other).add(number);
      }
      if (needed.isEmpty()) {
        known.add(number);
      }
    }
    int closed = 0;
    while (!known.isEmpty()) {
      int number = known.remove();
      closed++;
      for (int follower : followers.get(number)) {
        pasts.get(follower).or(pasts.get(number));
        pasts.get(follower).set(number);
        open[follower]--;
        if (open[follower] == 0) {
          known.add(follower);
        }
      }
    }
    if (closed < open.length) {
      throw new IllegalArgumentException("changes depend on each other in a circle: " + changes);
    }
  }

  private List<Integer> neededBy(Change change) {
    List<Dot> dots = new ArrayList<>(change.dependencies());
    if (change.counter() > 1) {
      dots.add(new Dot(change.replica(), change.counter() - 1));
    }
    List<Integer> needed = new ArrayList<>();
    for (Dot dot : dots) {
      Integer number = numbers.get(dot);
      if (number == null) {
        throw new IllegalArgumentException(
            dot + " is not among the changes, but " + change + " needs it; hand in all applied");
      }
      needed.add(number);
    }
    return needed;
  }

  private Map<ContainerId, List<Event>> events() {
    Map<ContainerId, List<Event>> events = new HashMap<>();
    for (int number = 0; number < changes.size(); number++) {
      List<ContainerOperation> operations = changes.get(number).operations();
      for (int place = 0; place < operations.size(); place++) {
        ContainerOperation one = operations.get(place);
        events
            .computeIfAbsent(one.container(), any -> new ArrayList<>())
            .add(new Event(number, place, pasts.get(number), one.operation()));
      }
    }
    return events;
  }
}
