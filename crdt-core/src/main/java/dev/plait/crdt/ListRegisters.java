package dev.plait.crdt;

import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.Stamp;
import dev.plait.sequence.Sequence;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntConsumer;
import org.eclipse.collections.api.block.procedure.primitive.IntObjectProcedure;
import org.eclipse.collections.impl.map.mutable.primitive.IntIntHashMap;
import org.eclipse.collections.impl.map.mutable.primitive.IntObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a list knows of elements that were moved or replaced.
 *
 * <p>The sequence holds slots: one for each element, where it was inserted, and one for each
 * position it was ever moved to. An element has a register for its position and one for its
 * content, in both of which the greatest stamp wins (Kleppmann, "Moving Elements in List CRDTs",
 * 2020). The slot where an element is now is visible, all its others are not; so it is deleted when
 * the slot where it is now is not visible, and then it has no registers any more.
 *
 * <p>As long as nothing was moved or replaced all of this is empty. Not thread-safe.
 */
final class ListRegisters {
  static final String NOT_AN_ELEMENT = "NOT_AN_ELEMENT";

  private final Sequence sequence;

  /** The slots that are positions; what a slot is never changes. */
  private final BitSet positions = new BitSet();

  /** Where moved elements are, by element. */
  private final IntObjectHashMap<Place> places = new IntObjectHashMap<>();

  /** The elements that are at positions, by slot. */
  private final IntIntHashMap elements = new IntIntHashMap();

  /** When elements were replaced last, by element. */
  private final IntObjectHashMap<Stamp> replaced = new IntObjectHashMap<>();

  /** The position an element has, and the stamp that gave it. */
  record Place(Stamp stamp, int slot) {}

  ListRegisters(Sequence sequence) {
    this.sequence = sequence;
  }

  /** Whether nothing was ever moved, and no element that is here was replaced. */
  boolean isEmpty() {
    return positions.isEmpty() && replaced.isEmpty();
  }

  boolean isPosition(int slot) {
    return positions.get(slot);
  }

  /** The element that is at a visible slot. */
  int elementAt(int slot) {
    return elements.isEmpty() ? slot : elements.getIfAbsent(slot, slot);
  }

  /** The slot where an element is, or was when it was deleted. */
  int slotOf(int element) {
    Place place = places.get(element);
    return place == null ? element : place.slot;
  }

  /** Where an element was moved to; null if it never was, or is deleted. */
  @Nullable Place place(int element) {
    return places.get(element);
  }

  /** When an element was replaced; null if it never was, or is deleted. */
  @Nullable Stamp replacedAt(int element) {
    return replaced.get(element);
  }

  /** Whether an element that is here is not deleted. */
  boolean isLive(int element) {
    return sequence.isVisible(slotOf(element));
  }

  /** Whether a move to this position beats the one that put the element where it is. */
  boolean beats(Stamp stamp, ElementId position, @Nullable Place place) {
    if (place == null) {
      return true;
    }
    int order = stamp.compareTo(place.stamp);
    // Only forged moves have equal stamps; not even those split the replicas.
    return order > 0 || (order == 0 && position.compareTo(id(place.slot)) > 0);
  }

  void forEachPosition(IntConsumer action) {
    positions.stream().forEach(action);
  }

  void forEachMoved(IntObjectProcedure<Place> action) {
    places.forEachKeyValue(action);
  }

  void forEachReplaced(IntObjectProcedure<Stamp> action) {
    replaced.forEachKeyValue(action);
  }

  ElementId id(int slot) {
    return new ElementId(sequence.replica(slot), sequence.seq(slot));
  }

  // ---- changes

  void addPosition(int slot, @Nullable Rollback rollback) {
    if (!positions.get(slot)) {
      positions.set(slot);
      if (rollback != null) {
        rollback.add(() -> positions.clear(slot));
      }
    }
  }

  void move(int element, Stamp stamp, int slot, @Nullable Rollback rollback) {
    setPlace(element, new Place(stamp, slot), rollback);
  }

  void replace(int element, Stamp stamp, @Nullable Rollback rollback) {
    setReplaced(element, stamp, rollback);
  }

  /** Forgets the registers of an element that is deleted. */
  void drop(int element, @Nullable Rollback rollback) {
    if (places.containsKey(element)) {
      setPlace(element, null, rollback);
    }
    if (replaced.containsKey(element)) {
      setReplaced(element, null, rollback);
    }
  }

  private void setPlace(int element, @Nullable Place place, @Nullable Rollback rollback) {
    Place before = places.get(element);
    if (before != null) {
      elements.remove(before.slot);
    }
    if (place == null) {
      places.remove(element);
    } else {
      places.put(element, place);
      elements.put(place.slot, element);
    }
    if (rollback != null) {
      rollback.add(() -> setPlace(element, before, null));
    }
  }

  private void setReplaced(int element, @Nullable Stamp stamp, @Nullable Rollback rollback) {
    Stamp before = replaced.get(element);
    if (stamp == null) {
      replaced.remove(element);
    } else {
      replaced.put(element, stamp);
    }
    if (rollback != null) {
      rollback.add(() -> setReplaced(element, before, null));
    }
  }

  /**
   * Drops the registers of the elements that were deleted here last, of which the sequence knows
   * the slots.
   *
   * @return their ids
   */
  List<ElementRange> dropDeleted(@Nullable Rollback rollback) {
    ArrayList<ElementRange> ranges = new ArrayList<>();
    int first = Sequence.NONE;
    int last = Sequence.NONE;
    int count = 0;
    for (int range = 0; range < sequence.ranges(); range++) {
      for (int i = 0; i < sequence.rangeCount(range); i++) {
        int element = elementAt(sequence.rangeFirst(range) + i);
        drop(element, rollback);
        if (count == 0 || !sequence.follows(last, element)) {
          if (count > 0) {
            ranges.add(new ElementRange(id(first), count));
          }
          first = element;
          count = 0;
        }
        last = element;
        count++;
      }
    }
    ranges.add(new ElementRange(id(first), count));
    return ranges;
  }

  /**
   * Drops the registers of elements that are about to be deleted.
   *
   * @return the elements, and the slots where those of them are that were moved
   */
  List<ElementRange> dropNamed(List<ElementRange> ranges, @Nullable Rollback rollback) {
    ArrayList<ElementRange> slots = new ArrayList<>(ranges);
    for (ElementRange range : ranges) {
      for (int i = 0; i < range.length(); i++) {
        int element = find(range.first().plus(i));
        if (places.containsKey(element)) {
          slots.add(new ElementRange(id(slotOf(element)), 1));
        }
        drop(element, rollback);
      }
    }
    return slots;
  }

  // ---- what an id stands for

  private int find(ElementId id) {
    return sequence.find(id.replica(), id.seq());
  }

  /** Why an element can't be replaced or moved, or null. */
  @Nullable Refusal checkElement(ElementId id) {
    int element = find(id);
    if (element == Sequence.NONE) {
      return new Refusal.Missing(id);
    }
    return positions.get(element) ? notAnElement(id) : null;
  }

  /** Why elements that are here can't be deleted, or null. */
  @Nullable Refusal checkDeletion(List<ElementRange> ranges) {
    for (ElementRange range : ranges) {
      for (int i = 0; i < range.length() && !positions.isEmpty(); i++) {
        ElementId id = range.first().plus(i);
        if (positions.get(find(id))) {
          return notAnElement(id);
        }
      }
    }
    return null;
  }

  /** Why elements that may be here already can't be inserted, or null. */
  @Nullable Refusal checkInsertion(ElementId first, int count) {
    for (int i = 0; i < count && !positions.isEmpty(); i++) {
      int element = find(first.plus(i));
      if (element != Sequence.NONE && positions.get(element)) {
        return ofTheOtherKind(first.plus(i), "a position");
      }
    }
    return null;
  }

  /** Why a position that may be here already can't be added, or null. */
  @Nullable Refusal checkPosition(ElementId id) {
    int slot = find(id);
    return slot == Sequence.NONE || positions.get(slot) ? null : ofTheOtherKind(id, "an element");
  }

  private static Refusal notAnElement(ElementId id) {
    return new Refusal.Invalid(
        NOT_AN_ELEMENT, id + " is a position that an element was moved to; name the element");
  }

  /** The refusal of an id that is known as something else. */
  static Refusal ofTheOtherKind(ElementId id, String what) {
    return new Refusal.Invalid(OrderedElements.DUPLICATE_ID, id + " is " + what + " already");
  }

  void checkInvariants() {
    int[] visible = new int[1];
    positions.stream().forEach(slot -> visible[0] += sequence.isVisible(slot) ? 1 : 0);
    boolean holds = visible[0] == places.size() && elements.size() == places.size();
    for (int element : places.keysView().toArray()) {
      int slot = slotOf(element);
      holds &= positions.get(slot) && !positions.get(element) && elementAt(slot) == element;
      holds &= sequence.isVisible(slot) && !sequence.isVisible(element);
    }
    for (int element : replaced.keysView().toArray()) {
      holds &= isLive(element) && !positions.get(element);
    }
    if (!holds) {
      throw new AssertionError("registers and slots contradict each other");
    }
  }
}
