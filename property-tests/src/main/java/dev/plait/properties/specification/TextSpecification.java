package dev.plait.properties.specification;

import dev.plait.clock.ElementId;
import dev.plait.crdt.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a {@link dev.plait.crdt.Text} must show. */
final class TextSpecification {
  private TextSpecification() {}

  /** All units that were inserted and that nobody has deleted, in {@link FugueMax} order. */
  static String value(List<Event> events) {
    List<FugueMax.Slot> slots = new ArrayList<>();
    Map<ElementId, Character> units = new HashMap<>();
    Set<ElementId> deleted = new HashSet<>();
    List<Event> removals = events.stream().filter(Event::takesAllAway).toList();
    for (Event event : events) {
      if (event.operation() instanceof Operation.TextInsert insert) {
        ElementId first = insert.first();
        int length = insert.text().length();
        slots.addAll(FugueMax.Slot.run(first, insert.left(), insert.right(), length));
        boolean removed = removals.stream().anyMatch(removal -> removal.hasSeen(event));
        for (int i = 0; i < length && !removed; i++) {
          units.put(first.plus(i), insert.text().charAt(i));
        }
      } else if (event.operation() instanceof Operation.TextDelete delete) {
        delete.ranges().forEach(range -> ListSpecification.addAll(range, deleted));
      }
    }
    units.keySet().removeAll(deleted);
    StringBuilder text = new StringBuilder();
    for (ElementId id : FugueMax.order(slots)) {
      Character unit = units.get(id);
      if (unit != null) {
        text.append(unit.charValue());
      }
    }
    return text.toString();
  }
}
