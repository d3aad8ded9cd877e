package dev.plait.crdt;

import dev.plait.clock.ElementId;
import dev.plait.clock.Stamp;
import dev.plait.sequence.Join;
import dev.plait.sequence.Sequence;
import dev.plait.value.Content;
import java.util.ArrayList;
import java.util.TreeSet;
import org.eclipse.collections.impl.list.mutable.primitive.IntArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Merges the state of another replica into a list.
 *
 * <p>The slots merge on their own: what either side has deleted is deleted. That leaves two slots
 * of an element visible if both sides moved it apart, and a slot of a deleted element if only one
 * side knew of the move and only the other of the deletion. So all elements that have a register on
 * either side are looked at again.
 */
final class ListJoin {
  private final List mine;
  private final List theirs;
  private final @Nullable Rollback rollback;
  private final ArrayList<Touched> touched = new ArrayList<>();
  private final IntArrayList replacedInPlace = new IntArrayList();

  /**
   * An element that has a register on either side.
   *
   * @param slot where it was here before; NONE if it was not here
   * @param there its int in the other list, or NONE
   * @param isLive whether neither side has deleted it
   */
  private record Touched(ElementId id, int slot, int there, boolean isLive) {}

  private ListJoin(List mine, List theirs, @Nullable Rollback rollback) {
    this.mine = mine;
    this.theirs = theirs;
    this.rollback = rollback;
  }

  /** As {@link List#join}. */
  static ListDelta join(List mine, State.OfList state, @Nullable Rollback rollback) {
    // Only a list of its own can tell whether the registers fit the runs.
    return new ListJoin(mine, List.of(state), rollback).join(state);
  }

  private ListDelta join(State.OfList state) {
    requireKindsAgree(mine, theirs);
    requireKindsAgree(theirs, mine);
    note();
    int mark = mine.elements.join(state.columns(), new JoinedItems(mine.contents, state), rollback);
    theirs.registers.forEachPosition(
        slot -> mine.registers.addPosition(here(theirs.idOf(slot)), rollback));
    for (Touched one : touched) {
      settle(one);
    }
    ListDelta merged = delta(mine, mark);
    mine.elements.endJoin(rollback);
    return replacedInPlace.isEmpty() ? merged : merged.compose(replacements());
  }

  /** What is a position on one side must not be an element on the other. */
  private static void requireKindsAgree(List some, List others) {
    some.registers.forEachPosition(
        slot -> {
          ElementId id = some.idOf(slot);
          int other = others.sequence.find(id.replica(), id.seq());
          if (other != Sequence.NONE && !others.registers.isPosition(other)) {
            throw new OperationException(ListRegisters.ofTheOtherKind(id, "of another kind"));
          }
        });
  }

  private void note() {
    TreeSet<ElementId> ids = new TreeSet<>();
    for (List side : java.util.List.of(mine, theirs)) {
      side.registers.forEachMoved((element, place) -> ids.add(side.idOf(element)));
      side.registers.forEachReplaced((element, stamp) -> ids.add(side.idOf(element)));
    }
    for (ElementId id : ids) {
      int here = here(id);
      int there = theirs.sequence.find(id.replica(), id.seq());
      boolean isLive =
          (here == Sequence.NONE || mine.registers.isLive(here))
              && (there == Sequence.NONE || theirs.registers.isLive(there));
      int slot = here == Sequence.NONE ? here : mine.registers.slotOf(here);
      touched.add(new Touched(id, slot, there, isLive));
    }
  }

  private int here(ElementId id) {
    return mine.sequence.find(id.replica(), id.seq());
  }

  /** Brings the slots, the registers and the content of an element in line. */
  private void settle(Touched one) {
    int element = here(one.id);
    if (one.there != Sequence.NONE && one.isLive) {
      takePlace(one, element);
      takeContent(one, element);
    }
    int slot = mine.registers.slotOf(element);
    if (one.slot != Sequence.NONE && one.slot != slot) {
      bury(one.slot);
    }
    if (!one.isLive) {
      bury(slot);
      ListRegisters.Place place = one.there == Sequence.NONE ? null : theirPlace(one);
      if (place != null) {
        bury(here(theirs.idOf(place.slot())));
      }
    }
    if (!mine.sequence.isVisible(slot)) {
      mine.registers.drop(element, rollback);
    }
  }

  private ListRegisters.@Nullable Place theirPlace(Touched one) {
    return theirs.registers.place(one.there);
  }

  private void takePlace(Touched one, int element) {
    ListRegisters.Place place = theirPlace(one);
    if (place == null) {
      return;
    }
    ElementId position = theirs.idOf(place.slot());
    int slot = here(position);
    ListRegisters.Place before = mine.registers.place(element);
    if (before != null && before.slot() == slot) {
      return;
    }
    if (mine.registers.beats(place.stamp(), position, before)) {
      mine.registers.move(element, place.stamp(), slot, rollback);
    } else {
      bury(slot);
    }
  }

  private void takeContent(Touched one, int element) {
    Content content = theirs.contents.get(one.there);
    Stamp stamp = theirs.registers.replacedAt(one.there);
    if (one.slot == Sequence.NONE) {
      mine.contents.put(element, content);
      if (stamp != null) {
        mine.registers.replace(element, stamp, rollback);
      }
    } else if (stamp != null && mine.beats(stamp, content, element)) {
      mine.replace(element, stamp, content, rollback);
      if (mine.registers.slotOf(element) == one.slot && mine.sequence.isVisible(one.slot)) {
        replacedInPlace.add(element);
      }
    }
  }

  private void bury(int slot) {
    mine.sequence.delete(mine.sequence.replica(slot), mine.sequence.seq(slot), 1);
  }

  /** What changed in a list since a mark, but for elements that were replaced where they are. */
  static ListDelta delta(List list, int mark) {
    return list.elements.delta(mark, ListDelta.builder(), list::contentsAt);
  }

  private ListDelta replacements() {
    ArrayList<long[]> places = new ArrayList<>();
    for (int element : replacedInPlace.toArray()) {
      places.add(new long[] {mine.sequence.position(mine.registers.slotOf(element)), element});
    }
    places.sort((a, b) -> Long.compare(a[0], b[0]));
    DeltaBuilder<java.util.List<Content>, ListDelta> delta = ListDelta.builder();
    int next = 0;
    for (long[] place : places) {
      int index = (int) place[0];
      Content content = mine.contents.get((int) place[1]);
      delta.retain(index - next).insert(java.util.List.of(content)).delete(1);
      next = index + 1;
    }
    return delta.build();
  }

  /**
   * What the slots of a state that is being joined show. For a position that is not read: what an
   * element holds is kept under the element.
   */
  static final class JoinedItems implements Join.Contents {
    private final ListItems target;
    private final java.util.List<Content> visible;
    private final int[] offsets;

    JoinedItems(ListItems target, State.OfList state) {
      this.target = target;
      visible = state.visible();
      offsets = state.columns().visibleBefore();
    }

    @Override
    public void inserted(int first, int run, int offset, int count) {
      int from = offsets[run] + offset;
      target.put(first, visible.subList(from, from + count));
    }

    @Override
    public boolean isGlued(int run, int offset) {
      return false;
    }
  }
}
