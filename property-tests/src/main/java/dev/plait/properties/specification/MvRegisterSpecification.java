package dev.plait.properties.specification;

import dev.plait.crdt.Operation;
import dev.plait.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What a {@link dev.plait.crdt.MvRegister} must show. */
final class MvRegisterSpecification {
  private MvRegisterSpecification() {}

  /** The values of all writes that nobody had seen who wrote or cleared, in stamp order. */
  static List<Value> values(List<Event> events) {
    List<Operation.MvWrite> shown = new ArrayList<>();
    for (Event event : events) {
      if (event.operation() instanceof Operation.MvWrite write
          && events.stream().noneMatch(other -> other.hasSeen(event))) {
        shown.add(write);
      }
    }
    shown.sort(Comparator.comparing(Operation.MvWrite::stamp));
    return shown.stream().map(Operation.MvWrite::value).toList();
  }
}
