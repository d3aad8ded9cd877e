package dev.plait.properties.specification;

import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.crdt.Operation;
import dev.plait.value.Content;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a {@link dev.plait.crdt.List} must show. */
final class ListSpecification {
  private final List<FugueMax.Slot> slots = new ArrayList<>();
  private final Map<ElementId, Content> contents = new HashMap<>();
  private final Map<ElementId, List<Event>> moves = new HashMap<>();
  private final Map<ElementId, List<Event>> replacements = new HashMap<>();
  private final Set<ElementId> deleted = new HashSet<>();

  private ListSpecification(List<Event> events) {
    List<Event> removals = events.stream().filter(Event::takesAllAway).toList();
    for (Event event : events) {
      if (event.operation() instanceof Operation.ListInsert insert) {
        ElementId first = insert.first();
        int length = insert.items().size();
        slots.addAll(FugueMax.Slot.run(first, insert.left(), insert.right(), length));
        boolean removed = removals.stream().anyMatch(removal -> removal.hasSeen(event));
        for (int i = 0; i < length && !removed; i++) {
          contents.put(first.plus(i), insert.items().get(i));
        }
      } else if (event.operation() instanceof Operation.ListDelete delete) {
        delete.ranges().forEach(range -> addAll(range, deleted));
      } else if (event.operation() instanceof Operation.ListSet set) {
        replacements.computeIfAbsent(set.element(), any -> new ArrayList<>()).add(event);
      } else if (event.operation() instanceof Operation.ListMove move) {
        slots.add(new FugueMax.Slot(move.position(), move.left(), move.right()));
        moves.computeIfAbsent(move.element(), any -> new ArrayList<>()).add(event);
      }
    }
    contents.keySet().removeAll(deleted);
  }

  /**
   * All elements that were inserted and that nobody has deleted, with what they hold: each where
   * its last move put it, or where it was inserted, in {@link FugueMax} order of all these places;
   * and holding what its last replacement gave it, or what it was inserted with. The map is in this
   * order.
   */
  static Map<ElementId, Content> elements(List<Event> events) {
    return new ListSpecification(events).elements();
  }

  private Map<ElementId, Content> elements() {
    Map<ElementId, ElementId> elementAt = new HashMap<>();
    contents.keySet().forEach(id -> elementAt.put(placeOf(id), id));
    Map<ElementId, Content> shown = new LinkedHashMap<>();
    for (ElementId place : FugueMax.order(slots)) {
      ElementId element = elementAt.get(place);
      Content inserted = element == null ? null : contents.get(element);
      if (element != null && inserted != null) {
        shown.put(element, contentOf(element, inserted));
      }
    }
    return shown;
  }

  private ElementId placeOf(ElementId element) {
    Event last = LastWriter.of(moves.getOrDefault(element, List.of()));
    return last != null && last.operation() instanceof Operation.ListMove move
        ? move.position()
        : element;
  }

  private Content contentOf(ElementId element, Content inserted) {
    Event last = LastWriter.of(replacements.getOrDefault(element, List.of()));
    return last != null && last.operation() instanceof Operation.ListSet set
        ? set.value()
        : inserted;
  }

  static void addAll(ElementRange range, Set<ElementId> ids) {
    for (int i = 0; i < range.length(); i++) {
      ids.add(range.first().plus(i));
    }
  }
}
