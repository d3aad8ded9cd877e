package dev.plait.properties.specification;

import dev.plait.clock.ElementId;
import dev.plait.crdt.Operation;
import dev.plait.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What an {@link dev.plait.crdt.AddWinsSet} must show. */
final class SetSpecification {
  private SetSpecification() {}

  /** An event and the values that it takes away, as far as they were seen, or adds anew. */
  private record Touch(Event event, Set<Value> values) {
    boolean concerns(Value value) {
      return event.takesAllAway() || values.contains(value);
    }
  }

  /**
   * The values of all adds that nobody had seen who removed the same value or added it again. Which
   * entries a removal names only says which values it is about.
   */
  static SortedSet<Value> values(List<Event> events) {
    Map<ElementId, Value> named = new HashMap<>();
    for (Event event : events) {
      if (event.operation() instanceof Operation.SetAdd add) {
        named.put(add.id(), add.value());
      }
    }
    List<Touch> touches = new ArrayList<>();
    events.forEach(event -> touches.add(new Touch(event, touched(event, named))));
    SortedSet<Value> members = new TreeSet<>();
    for (Event event : events) {
      if (event.operation() instanceof Operation.SetAdd add
          && touches.stream()
              .noneMatch(one -> one.event().hasSeen(event) && one.concerns(add.value()))) {
        members.add(add.value());
      }
    }
    return members;
  }

  private static Set<Value> touched(Event event, Map<ElementId, Value> named) {
    Set<Value> values = new HashSet<>();
    if (event.operation() instanceof Operation.SetAdd add) {
      values.add(add.value());
    } else if (event.operation() instanceof Operation.SetRemove remove) {
      remove.observed().forEach(id -> values.add(named.get(id)));
    }
    return values;
  }
}
