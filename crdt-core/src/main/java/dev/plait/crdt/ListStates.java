package dev.plait.crdt;

import dev.plait.canonical.CanonicalWriter;
import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.sequence.Sequence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What a state says of moved and replaced elements: taken over, told, written. */
final class ListStates {
  private final Sequence sequence;
  private final ListRegisters registers;

  ListStates(Sequence sequence, ListRegisters registers) {
    this.sequence = sequence;
    this.registers = registers;
  }

  /** The ids of all positions, in ascending order. */
  List<ElementRange> positions() {
    ArrayList<ElementId> ids = new ArrayList<>();
    registers.forEachPosition(slot -> ids.add(registers.id(slot)));
    ids.sort(Comparator.naturalOrder());
    ArrayList<ElementRange> ranges = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= ids.size(); i++) {
      if (i == ids.size() || !follows(ids.get(i - 1), ids.get(i))) {
        ranges.add(new ElementRange(ids.get(from), i - from));
        from = i;
      }
    }
    return ranges;
  }

  private static boolean follows(ElementId id, ElementId next) {
    return next.replica().equals(id.replica()) && next.seq() - 1 == id.seq();
  }

  /** The elements that were moved, in ascending order. */
  List<State.MovedElement> moved() {
    ArrayList<State.MovedElement> moved = new ArrayList<>();
    registers.forEachMoved(
        (element, place) ->
            moved.add(
                new State.MovedElement(
                    registers.id(element), place.stamp(), registers.id(place.slot()))));
    moved.sort(Comparator.comparing(State.MovedElement::element));
    return moved;
  }

  /** The elements that were replaced, in ascending order. */
  List<State.ReplacedElement> replaced() {
    ArrayList<State.ReplacedElement> replaced = new ArrayList<>();
    registers.forEachReplaced(
        (element, stamp) -> replaced.add(new State.ReplacedElement(registers.id(element), stamp)));
    replaced.sort(Comparator.comparing(State.ReplacedElement::element));
    return replaced;
  }

  /**
   * Takes over what a state says, whose runs the sequence holds.
   *
   * @throws OperationException MALFORMED_STATE if it does not fit the runs
   */
  void load(State.OfList state) {
    loadPositions(state.positions());
    Foreign.requireAscending(
        state.moved(), Comparator.comparing(State.MovedElement::element), "moved elements");
    for (State.MovedElement one : state.moved()) {
      int element = element(one.element());
      int slot = slot(one.position());
      require(!sequence.isVisible(element), one.element() + " was moved and is still there");
      require(registers.isPosition(slot), one.position() + " is no position");
      require(sequence.isVisible(slot), one.element() + " was moved to a deleted position");
      require(registers.elementAt(slot) == slot, one.position() + " holds two elements");
      registers.move(element, one.stamp(), slot, null);
    }
    registers.forEachPosition(
        slot ->
            require(
                registers.elementAt(slot) != slot || !sequence.isVisible(slot),
                registers.id(slot) + " is a position that holds no element"));
    Foreign.requireAscending(
        state.replaced(), Comparator.comparing(State.ReplacedElement::element), "replaced ones");
    for (State.ReplacedElement one : state.replaced()) {
      int element = element(one.element());
      require(registers.isLive(element), one.element() + " was replaced and is deleted");
      registers.replace(element, one.stamp(), null);
    }
  }

  private void loadPositions(List<ElementRange> positions) {
    ElementId before = null;
    for (ElementRange range : positions) {
      require(before == null || before.compareTo(range.first()) < 0, "positions are out of order");
      before = range.last();
      for (int i = 0; i < range.length(); i++) {
        registers.addPosition(slot(range.first().plus(i)), null);
      }
    }
  }

  private int slot(ElementId id) {
    int slot = sequence.find(id.replica(), id.seq());
    require(slot != Sequence.NONE, id + " is not in the runs");
    return slot;
  }

  private int element(ElementId id) {
    int element = slot(id);
    require(!registers.isPosition(element), id + " is a position, not an element");
    return element;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw Foreign.malformed(otherwise);
    }
  }

  void writeCanonical(CanonicalWriter out) {
    List<ElementRange> positions = positions();
    out.varint(positions.size());
    for (ElementRange range : positions) {
      out.element(range.first());
      out.varint(range.length());
    }
    List<State.MovedElement> moved = moved();
    out.varint(moved.size());
    for (State.MovedElement one : moved) {
      out.element(one.element());
      out.stamp(one.stamp());
      out.element(one.position());
    }
    List<State.ReplacedElement> replaced = replaced();
    out.varint(replaced.size());
    for (State.ReplacedElement one : replaced) {
      out.element(one.element());
      out.stamp(one.stamp());
    }
  }
}
