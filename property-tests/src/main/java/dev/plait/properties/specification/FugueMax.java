package dev.plait.properties.specification;

import dev.plait.clock.ElementId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The order of texts and lists, as a tree over the set of all elements ever inserted (FugueMax:
 * Weidner and Kleppmann, "The Art of the Fugue", 2023).
 *
 * <p>An element hangs to the left of its right origin if that has the same left origin, else to the
 * right of its left origin; the start is the root. The order is: what hangs to the left of an
 * element, in the order of the ids; the element; what hangs to its right, that with the farthest
 * right origin first, then in the order of the ids.
 *
 * <p>A right origin stands behind all that hangs where it is asked for. So the tree is walked from
 * the end, and every right origin has its place before it is needed.
 */
final class FugueMax {
  private final Map<ElementId, Slot> byId = new HashMap<>();
  private final Map<ElementId, List<Slot>> toTheLeft = new HashMap<>();
  private final Map<@Nullable ElementId, List<Slot>> toTheRight = new HashMap<>();
  private final Map<ElementId, Integer> placeFromEnd = new HashMap<>();

  /** An element and its origins; null for the start and the end. */
  record Slot(ElementId id, @Nullable ElementId left, @Nullable ElementId right) {

    /** What inserting {@code count} elements at once makes, one after the other. */
    static List<Slot> run(
        ElementId first, @Nullable ElementId left, @Nullable ElementId right, int count) {
      List<Slot> run = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        run.add(new Slot(first.plus(i), i == 0 ? left : first.plus(i - 1), right));
      }
      return run;
    }
  }

  /** A slot to be walked into, or one whose right side has been. */
  private record Step(Slot slot, boolean rightDone) {}

  private FugueMax(Collection<Slot> slots) {
    slots.forEach(slot -> byId.put(slot.id(), slot));
    for (Slot slot : slots) {
      ElementId right = slot.right();
      Slot origin = right == null ? null : known(byId.get(right), right);
      boolean hangsLeft = origin != null && Objects.equals(origin.left(), slot.left());
      (hangsLeft ? toTheLeft : toTheRight)
          .computeIfAbsent(hangsLeft ? right : slot.left(), any -> new ArrayList<>())
          .add(slot);
    }
  }

  /** The ids of all these in their order. */
  static List<ElementId> order(Collection<Slot> slots) {
    return new FugueMax(slots).walk();
  }

  private List<ElementId> walk() {
    List<ElementId> backwards = new ArrayList<>();
    Deque<Step> open = new ArrayDeque<>();
    rightOf(null).forEach(slot -> open.push(new Step(slot, false)));
    while (!open.isEmpty()) {
      Step step = open.pop();
      ElementId id = step.slot().id();
      if (step.rightDone()) {
        placeFromEnd.put(id, backwards.size());
        backwards.add(id);
        leftOf(id).forEach(slot -> open.push(new Step(slot, false)));
      } else {
        open.push(new Step(step.slot(), true));
        rightOf(id).forEach(slot -> open.push(new Step(slot, false)));
      }
    }
    Collections.reverse(backwards);
    return backwards;
  }

  private List<Slot> leftOf(ElementId id) {
    return sorted(toTheLeft.getOrDefault(id, List.of()), Comparator.comparing(Slot::id));
  }

  private List<Slot> rightOf(@Nullable ElementId id) {
    return sorted(
        toTheRight.getOrDefault(id, List.of()),
        Comparator.comparingInt(this::rightOrigin).thenComparing(Slot::id));
  }

  private static List<Slot> sorted(List<Slot> slots, Comparator<Slot> order) {
    return slots.size() < 2 ? slots : slots.stream().sorted(order).toList();
  }

  private int rightOrigin(Slot slot) {
    ElementId right = slot.right();
    return right == null ? -1 : known(placeFromEnd.get(right), right);
  }

  private static <T> T known(@Nullable T found, ElementId origin) {
    if (found == null) {
      throw new IllegalArgumentException(
          origin + " is a right origin, but never inserted, or before what has it as its origin");
    }
    return found;
  }
}
