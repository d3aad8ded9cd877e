package dev.plait.crdt;

import dev.plait.canonical.CanonicalWriter;
import dev.plait.clock.ElementId;
import dev.plait.clock.Stamp;
import dev.plait.sequence.Glue;
import dev.plait.sequence.Sequence;
import dev.plait.sequence.Verdict;
import dev.plait.value.Child;
import dev.plait.value.ContainerType;
import dev.plait.value.Content;
import dev.plait.value.Value;
import java.util.ArrayList;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * A list that several replicas edit at once: values, and markers of child containers.
 *
 * <p><b>What converges.</b> Replicas that applied the same operations show the same elements in the
 * same order. An element stays where it was inserted, relative to its neighbours then; what several
 * people insert at one spot is not shuffled but stands one after the other, in the order of their
 * replica ids. What anyone deletes is deleted, and what others insert beside it stays. An element
 * that several people move is in one place, and one that several people replace holds one value:
 * the greatest stamp wins, for either on its own. What is moved or replaced while somebody deletes
 * it is deleted.
 *
 * <p><b>Source.</b> FugueMax: Weidner and Kleppmann, "The Art of the Fugue: Minimizing Interleaving
 * in Collaborative Text Editing", 2023. Moves: Kleppmann, "Moving Elements in List CRDTs", 2020.
 * Beyond the papers, operations that no honest replica makes are refused, by every replica alike,
 * with the codes that {@link Text} names, and {@code NOT_AN_ELEMENT} for one that deletes, replaces
 * or moves the position that an element was moved to.
 *
 * <p><b>Cost.</b> An edit and a look at one place are O(log n) in the number of runs, and O(1)
 * amortised where the last edit was. A run takes about 20 bytes, deleted or not, and an element a
 * reference besides what it holds. A move leaves a deleted element behind; elements that were moved
 * or replaced take some 100 bytes more until they are deleted.
 *
 * <p>Not thread-safe, reading included: reads remember where they were.
 */
public final class List implements Crdt, Iterable<Content> {
  final OrderedElements elements = new OrderedElements(Glue.NONE);
  final Sequence sequence = elements.sequence();
  final ListItems contents = new ListItems();
  final ListRegisters registers = new ListRegisters(sequence);
  private final ListStates states = new ListStates(sequence, registers);

  /** An empty list. */
  public List() {}

  /**
   * A list in the given state, whose runs are taken over in their order, without replaying them.
   * Linear.
   *
   * @throws OperationException MALFORMED_STATE if it can't be the state of a list
   */
  public static List of(State.OfList state) {
    requireComplete(state);
    List list = new List();
    RunColumns runs = state.columns();
    int[] firsts = list.elements.load(runs);
    list.states.load(state);
    int next = 0;
    for (int run = 0; run < runs.size(); run++) {
      for (int i = 0; i < runs.length(run) && !runs.isDeleted(run); i++) {
        list.contents.put(list.registers.elementAt(firsts[run] + i), state.visible().get(next++));
      }
    }
    for (State.ReplacedElement one : state.replaced()) {
      if (list.contents.get(list.find(one.element())) instanceof Child) {
        throw Foreign.malformed(one.element() + " was replaced by a child; only values replace");
      }
    }
    return list;
  }

  @Override
  public ContainerType type() {
    return ContainerType.LIST;
  }

  /** How many elements are visible. */
  public int size() {
    return sequence.visible();
  }

  @Override
  public boolean hasContent() {
    return size() > 0;
  }

  /**
   * The element at {@code index}.
   *
   * @throws EditException INDEX_OUT_OF_RANGE outside {@code 0 <= index < size()}
   */
  public Content get(int index) {
    Bounds.requireIndex(index, size());
    return contentAt(sequence.elementAt(index));
  }

  /** What is shown at a visible slot. */
  Content contentAt(int slot) {
    return contents.get(registers.elementAt(slot));
  }

  /** What is shown at visible slots with consecutive ints. */
  java.util.List<Content> contentsAt(int first, int count) {
    ArrayList<Content> shown = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      shown.add(contentAt(first + i));
    }
    return shown;
  }

  /** All visible elements, as of now. Linear. */
  public java.util.List<Content> items() {
    return items(0, size());
  }

  private java.util.List<Content> items(int from, int to) {
    ArrayList<Content> items = new ArrayList<>(to - from);
    sequence.forEachVisible(from, to, (first, count) -> items.addAll(contentsAt(first, count)));
    return java.util.List.copyOf(items);
  }

  /** Iterates over the elements as of now, whatever is done to the list meanwhile. */
  @Override
  public Iterator<Content> iterator() {
    return items().iterator();
  }

  /**
   * The id of the element at {@code index}.
   *
   * @throws EditException INDEX_OUT_OF_RANGE outside {@code 0 <= index < size()}
   */
  public ElementId idAt(int index) {
    Bounds.requireIndex(index, size());
    return idOf(registers.elementAt(sequence.elementAt(index)));
  }

  ElementId idOf(int element) {
    return new ElementId(sequence.replica(element), sequence.seq(element));
  }

  /** Where the element with this id is now, or -1 if it was deleted or never was here. */
  public int indexOf(ElementId id) {
    int element = find(id);
    return element == Sequence.NONE || !registers.isLive(element)
        ? -1
        : sequence.position(registers.slotOf(element));
  }

  /** Whether an element with this id was ever inserted here, even if it was deleted since. */
  public boolean contains(ElementId id) {
    return find(id) != Sequence.NONE;
  }

  /** Whether an element with this id is here and not deleted. */
  public boolean isVisible(ElementId id) {
    int element = find(id);
    return element != Sequence.NONE && registers.isLive(element);
  }

  /**
   * A cursor at {@code index} that stays with the element before or behind it, also when that is
   * moved. Cost: O(log n).
   *
   * @throws EditException INDEX_OUT_OF_RANGE outside {@code 0 <= index <= size()}
   */
  public Cursor cursorAt(int index, Cursor.Side side) {
    Bounds.requirePosition(index, size());
    int slot = elements.anchor(index, side);
    return new Cursor(slot == Sequence.NONE ? null : idOf(registers.elementAt(slot)), side);
  }

  /**
   * Where a cursor is now; that of an element that was deleted is where it stood, or, if it had
   * been moved, where it was inserted. Cost: O(log n).
   *
   * @throws EditException UNKNOWN_ELEMENT if the element it stays with is not here
   */
  public int indexOf(Cursor cursor) {
    ElementId id = cursor.element();
    int element = id == null ? Sequence.NONE : find(id);
    if (id != null && element == Sequence.NONE) {
      throw OrderedElements.unknown(id);
    }
    return elements.indexOf(
        element == Sequence.NONE ? element : registers.slotOf(element), cursor.side());
  }

  /** The element of this id, deleted or not; NONE if it never was here or is a position. */
  private int find(ElementId id) {
    int element = sequence.find(id.replica(), id.seq());
    return element == Sequence.NONE || registers.isPosition(element) ? Sequence.NONE : element;
  }

  /** As {@link #insert(int, java.util.List, ElementId, Rollback)}, with no way back. */
  public Operation.ListInsert insert(
      int index, java.util.List<? extends Content> items, ElementId first) {
    return insert(index, items, first, null);
  }

  /**
   * Inserts {@code items} before the element at {@code index}.
   *
   * @param first the id of the first item; the others take those that follow
   * @param rollback takes the way back, or null if nobody will go it
   * @return what other replicas have to apply
   * @throws EditException INDEX_OUT_OF_RANGE outside {@code 0 <= index <= size()}; EMPTY_EDIT if
   *     there are no items; ID_NOT_NEWER if an id is in use or does not exist
   */
  public Operation.ListInsert insert(
      int index,
      java.util.List<? extends Content> items,
      ElementId first,
      @Nullable Rollback rollback) {
    Bounds.requirePosition(index, size());
    if (items.isEmpty()) {
      throw new EditException(EditException.EMPTY_EDIT, "there are no items to insert");
    }
    java.util.List<Content> inserted = java.util.List.copyOf(items);
    Bounds.requireNewIds(sequence, first.replica(), first.seq(), inserted.size());
    elements.enlist(rollback);
    int element = sequence.insert(index, first.replica(), first.seq(), inserted.size());
    contents.put(element, inserted);
    return new Operation.ListInsert(
        first,
        sequence.elementId(sequence.leftOrigin()),
        sequence.elementId(sequence.rightOrigin()),
        inserted);
  }

  /** As {@link #delete(int, int, Rollback)}, with no way back. */
  public Operation.ListDelete delete(int index, int length) {
    return delete(index, length, null);
  }

  /**
   * Deletes {@code length} elements from {@code index} on.
   *
   * @param rollback takes the way back, or null if nobody will go it
   * @return what other replicas have to apply
   * @throws EditException INDEX_OUT_OF_RANGE outside the list; EMPTY_EDIT if {@code length} is 0
   */
  public Operation.ListDelete delete(int index, int length, @Nullable Rollback rollback) {
    Bounds.requireSpan(index, length, size());
    elements.enlist(rollback);
    sequence.delete(index, length);
    return new Operation.ListDelete(
        registers.isEmpty() ? elements.deletedRanges() : registers.dropDeleted(rollback));
  }

  /** As {@link #set(int, Value, Stamp, Rollback)}, with no way back. */
  public Operation.ListSet set(int index, Value value, Stamp stamp) {
    return set(index, value, stamp, null);
  }

  /**
   * Replaces what the element at {@code index} holds; it keeps its identity.
   *
   * @param stamp above all stamps this list has seen for the element
   * @param rollback takes the way back, or null if nobody will go it
   * @return what other replicas have to apply
   * @throws EditException INDEX_OUT_OF_RANGE outside {@code 0 <= index < size()}; STAMP_NOT_NEWER
   */
  public Operation.ListSet set(int index, Value value, Stamp stamp, @Nullable Rollback rollback) {
    Bounds.requireIndex(index, size());
    int element = registers.elementAt(sequence.elementAt(index));
    Precedence.requireNewer(stamp, registers.replacedAt(element));
    replace(element, stamp, value, rollback);
    return new Operation.ListSet(stamp, idOf(element), value);
  }

  /** As {@link #move(int, int, ElementId, Stamp, Rollback)}, with no way back. */
  public Operation.ListMove move(int from, int to, ElementId position, Stamp stamp) {
    return move(from, to, position, stamp, null);
  }

  /**
   * Moves an element; it keeps its identity.
   *
   * @param from where the element is
   * @param to the index it has afterwards
   * @param position the id of its new position, which is an id as that of a new element
   * @param stamp above all stamps this list has seen for the element's position
   * @param rollback takes the way back, or null if nobody will go it
   * @return what other replicas have to apply
   * @throws EditException INDEX_OUT_OF_RANGE unless both are from 0 to {@code size() - 1};
   *     EMPTY_EDIT if they are the same; ID_NOT_NEWER if the id is in use; STAMP_NOT_NEWER
   */
  public Operation.ListMove move(
      int from, int to, ElementId position, Stamp stamp, @Nullable Rollback rollback) {
    Bounds.requireIndex(from, size());
    Bounds.requireIndex(to, size());
    if (from == to) {
      throw new EditException(EditException.EMPTY_EDIT, "the element is at index " + to);
    }
    Bounds.requireNewIds(sequence, position.replica(), position.seq(), 1);
    int before = sequence.elementAt(from);
    int element = registers.elementAt(before);
    ListRegisters.Place place = registers.place(element);
    Precedence.requireNewer(stamp, place == null ? null : place.stamp());
    elements.enlist(rollback);
    int slot = sequence.insert(from < to ? to + 1 : to, position.replica(), position.seq(), 1);
    ElementId left = sequence.elementId(sequence.leftOrigin());
    ElementId right = sequence.elementId(sequence.rightOrigin());
    place(element, stamp, slot, rollback);
    return new Operation.ListMove(stamp, idOf(element), position, left, right);
  }

  /** Puts an element at a new slot. */
  private void place(int element, Stamp stamp, int slot, @Nullable Rollback rollback) {
    int before = registers.slotOf(element);
    registers.addPosition(slot, rollback);
    registers.move(element, stamp, slot, rollback);
    sequence.delete(sequence.replica(before), sequence.seq(before), 1);
  }

  /** Whether a write to an element beats what it holds. */
  boolean beats(Stamp stamp, Content content, int element) {
    Stamp before = registers.replacedAt(element);
    return before == null || Precedence.compare(stamp, content, before, contents.get(element)) > 0;
  }

  /** Gives an element new content. */
  void replace(int element, Stamp stamp, Content content, @Nullable Rollback rollback) {
    Content before = contents.get(element);
    registers.replace(element, stamp, rollback);
    contents.put(element, content);
    if (rollback != null) {
      rollback.add(() -> contents.put(element, before));
    }
  }

  @Override
  public @Nullable Refusal check(Operation operation) {
    if (operation instanceof Operation.ListInsert insert) {
      int count = insert.items().size();
      Refusal refusal = elements.check(insert.first(), count, insert.left(), insert.right());
      return refusal != null ? refusal : registers.checkInsertion(insert.first(), count);
    }
    if (operation instanceof Operation.ListDelete delete) {
      Refusal refusal = elements.check(delete.ranges());
      return refusal != null ? refusal : registers.checkDeletion(delete.ranges());
    }
    if (operation instanceof Operation.ListSet set) {
      return registers.checkElement(set.element());
    }
    if (operation instanceof Operation.ListMove move) {
      Refusal refusal = registers.checkElement(move.element());
      if (refusal == null) {
        refusal = elements.check(move.position(), 1, move.left(), move.right());
      }
      return refusal != null ? refusal : registers.checkPosition(move.position());
    }
    return Foreign.operation(ContainerType.LIST);
  }

  @Override
  public ListDelta apply(Operation operation, @Nullable Rollback rollback) {
    Refusal refusal = check(operation);
    if (refusal != null) {
      throw new OperationException(refusal);
    }
    return applyChecked(operation, rollback);
  }

  @Override
  public ListDelta applyChecked(Operation operation, @Nullable Rollback rollback) {
    if (operation instanceof Operation.ListInsert insert) {
      return insertChecked(insert, rollback);
    }
    if (operation instanceof Operation.ListDelete delete) {
      DeltaBuilder<java.util.List<Content>, ListDelta> delta = ListDelta.builder();
      elements.enlist(rollback);
      elements.delete(
          registers.isEmpty() ? delete.ranges() : registers.dropNamed(delete.ranges(), rollback),
          delta);
      return delta.build();
    }
    if (operation instanceof Operation.ListSet set) {
      return setChecked(set, rollback);
    }
    return operation instanceof Operation.ListMove move
        ? moveChecked(move, rollback)
        : ListDelta.empty();
  }

  private ListDelta insertChecked(Operation.ListInsert insert, @Nullable Rollback rollback) {
    java.util.List<Content> items = insert.items();
    if (elements.prepare(insert.first(), items.size(), insert.left(), insert.right())
        != Verdict.ACCEPTED) {
      return ListDelta.empty();
    }
    elements.enlist(rollback);
    contents.put(sequence.insertPrepared(true), items);
    return ListDelta.splice(sequence.insertedPosition(), 0, items);
  }

  private ListDelta setChecked(Operation.ListSet set, @Nullable Rollback rollback) {
    int element = find(set.element());
    if (!registers.isLive(element) || !beats(set.stamp(), set.value(), element)) {
      return ListDelta.empty();
    }
    replace(element, set.stamp(), set.value(), rollback);
    int index = sequence.position(registers.slotOf(element));
    return ListDelta.splice(index, 1, java.util.List.of(set.value()));
  }

  private ListDelta moveChecked(Operation.ListMove move, @Nullable Rollback rollback) {
    int element = find(move.element());
    boolean wins =
        registers.isLive(element)
            && registers.beats(move.stamp(), move.position(), registers.place(element));
    int from = sequence.position(registers.slotOf(element));
    if (elements.prepare(move.position(), 1, move.left(), move.right()) != Verdict.ACCEPTED) {
      return ListDelta.empty();
    }
    elements.enlist(rollback);
    int slot = sequence.insertPrepared(wins);
    if (!wins) {
      registers.addPosition(slot, rollback);
      return ListDelta.empty();
    }
    place(element, move.stamp(), slot, rollback);
    return ListDelta.move(from, sequence.position(slot), contents.get(element));
  }

  @Override
  public ListDelta join(State state, @Nullable Rollback rollback) {
    if (!(state instanceof State.OfList list)) {
      throw Foreign.state(ContainerType.LIST);
    }
    requireComplete(list);
    boolean hasRegisters = !list.positions().isEmpty() || !list.replaced().isEmpty();
    if (hasRegisters || !list.moved().isEmpty() || !registers.isEmpty()) {
      return ListJoin.join(this, list, rollback);
    }
    int mark = elements.join(list.columns(), new ListJoin.JoinedItems(contents, list), rollback);
    ListDelta delta = ListJoin.delta(this, mark);
    elements.endJoin(rollback);
    return delta;
  }

  private static void requireComplete(State.OfList state) {
    long shown = state.columns().visible();
    if (shown != state.visible().size()) {
      throw Foreign.malformed(
          "the runs show " + shown + " elements, but there are " + state.visible().size());
    }
  }

  @Override
  public State.OfList state() {
    return new State.OfList(
        elements.columns(), items(), states.positions(), states.moved(), states.replaced());
  }

  @Override
  public void writeCanonical(CanonicalWriter out) {
    out.varint(elements.runCount());
    Iterator<Content> visible = iterator();
    sequence.forEachRun(
        (first, count, deleted, left, right) -> {
          elements.writeRun(out, first, count, deleted, left, right);
          for (int i = 0; i < count && !deleted; i++) {
            out.content(visible.next());
          }
        });
    states.writeCanonical(out);
  }

  /** The visible elements, for people. */
  @Override
  public String toString() {
    return items().toString();
  }

  void checkInvariants() {
    sequence.checkInvariants();
    registers.checkInvariants();
  }
}
