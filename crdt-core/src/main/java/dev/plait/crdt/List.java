package dev.plait.crdt;

import dev.plait.canonical.CanonicalWriter;
import dev.plait.clock.ElementId;
import dev.plait.sequence.Glue;
import dev.plait.sequence.Join;
import dev.plait.sequence.Sequence;
import dev.plait.sequence.Verdict;
import dev.plait.value.ContainerType;
import dev.plait.value.Content;
import java.util.ArrayList;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * A list that several replicas edit at once: values, and markers of child containers.
 *
 * <p><b>What converges.</b> Replicas that applied the same operations show the same elements in the
 * same order. An element stays where it was inserted, relative to its neighbours then; what several
 * people insert at one spot is not shuffled but stands one after the other, in the order of their
 * replica ids. What anyone deletes is deleted, and what others insert beside it stays.
 *
 * <p><b>Source.</b> FugueMax: Weidner and Kleppmann, "The Art of the Fugue: Minimizing Interleaving
 * in Collaborative Text Editing", 2023. Beyond the paper, operations that no honest replica makes
 * are refused, by every replica alike, with the codes that {@link Text} names.
 *
 * <p><b>Cost.</b> An edit and a look at one place are O(log n) in the number of runs, and O(1)
 * amortised where the last edit was. A run takes about 20 bytes, deleted or not, and an element a
 * reference besides what it holds.
 *
 * <p>Not thread-safe, reading included: reads remember where they were.
 */
public final class List implements Crdt, Iterable<Content> {
  private final OrderedElements elements = new OrderedElements(Glue.NONE);
  private final Sequence sequence = elements.sequence();
  private final ListItems contents = new ListItems();

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
    int next = 0;
    for (int run = 0; run < runs.size(); run++) {
      for (int i = 0; i < runs.length(run) && !runs.isDeleted(run); i++) {
        list.contents.put(firsts[run] + i, state.visible().get(next++));
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
    return contents.get(sequence.elementAt(index));
  }

  /** All visible elements, as of now. Linear. */
  public java.util.List<Content> items() {
    return items(0, size());
  }

  private java.util.List<Content> items(int from, int to) {
    ArrayList<Content> items = new ArrayList<>(to - from);
    sequence.forEachVisible(
        from,
        to,
        (first, count) -> {
          for (int i = 0; i < count; i++) {
            items.add(contents.get(first + i));
          }
        });
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
    return idOf(sequence.elementAt(index));
  }

  private ElementId idOf(int element) {
    return new ElementId(sequence.replica(element), sequence.seq(element));
  }

  /** Where the element with this id is, or -1 if it was deleted or never was here. */
  public int indexOf(ElementId id) {
    int element = sequence.find(id.replica(), id.seq());
    return element == Sequence.NONE || !sequence.isVisible(element)
        ? -1
        : sequence.position(element);
  }

  /** Whether an element with this id was ever inserted here, even if it was deleted since. */
  public boolean contains(ElementId id) {
    return sequence.find(id.replica(), id.seq()) != Sequence.NONE;
  }

  /** Whether an element with this id is here and not deleted. */
  public boolean isVisible(ElementId id) {
    int element = sequence.find(id.replica(), id.seq());
    return element != Sequence.NONE && sequence.isVisible(element);
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
    keep(sequence.insert(index, first.replica(), first.seq(), inserted.size()), inserted);
    return new Operation.ListInsert(
        first,
        sequence.elementId(sequence.leftOrigin()),
        sequence.elementId(sequence.rightOrigin()),
        inserted);
  }

  private void keep(int first, java.util.List<Content> inserted) {
    int element = first;
    for (Content content : inserted) {
      contents.put(element, content);
      element++;
    }
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
    return new Operation.ListDelete(elements.deletedRanges());
  }

  @Override
  public @Nullable Refusal check(Operation operation) {
    if (operation instanceof Operation.ListInsert insert) {
      return elements.check(insert.first(), insert.items().size(), insert.left(), insert.right());
    }
    if (operation instanceof Operation.ListDelete delete) {
      return elements.check(delete.ranges());
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
    DeltaBuilder<java.util.List<Content>, ListDelta> delta = ListDelta.builder();
    if (operation instanceof Operation.ListInsert insert) {
      insertChecked(insert, rollback, delta);
    } else if (operation instanceof Operation.ListDelete delete) {
      elements.enlist(rollback);
      elements.delete(delete.ranges(), delta);
    }
    return delta.build();
  }

  private void insertChecked(
      Operation.ListInsert insert,
      @Nullable Rollback rollback,
      DeltaBuilder<java.util.List<Content>, ListDelta> delta) {
    ElementId left = insert.left();
    ElementId right = insert.right();
    Verdict verdict =
        sequence.prepare(
            insert.first().replica(),
            insert.first().seq(),
            insert.items().size(),
            left == null ? null : left.replica(),
            left == null ? 0 : left.seq(),
            right == null ? null : right.replica(),
            right == null ? 0 : right.seq());
    if (verdict == Verdict.ACCEPTED) {
      elements.enlist(rollback);
      keep(sequence.insertPrepared(true), insert.items());
      delta.retain(sequence.insertedPosition()).insert(insert.items());
    }
  }

  @Override
  public ListDelta join(State state, @Nullable Rollback rollback) {
    if (!(state instanceof State.OfList list)) {
      throw Foreign.state(ContainerType.LIST);
    }
    requireComplete(list);
    int mark = elements.join(list.columns(), new JoinedItems(list), rollback);
    DeltaBuilder<java.util.List<Content>, ListDelta> delta = ListDelta.builder();
    sequence.forEachChange(
        mark,
        new Sequence.Changes() {
          @Override
          public void retained(int count) {
            delta.retain(count);
          }

          @Override
          public void inserted(int first, int count) {
            for (int i = 0; i < count; i++) {
              delta.insert(java.util.List.of(contents.get(first + i)));
            }
          }

          @Override
          public void deleted(int count) {
            delta.delete(count);
          }
        });
    elements.endJoin(rollback);
    return delta.build();
  }

  /** The elements of a state that is being joined. */
  private final class JoinedItems implements Join.Contents {
    private final java.util.List<Content> visible;
    private final int[] offsets;

    JoinedItems(State.OfList state) {
      RunColumns runs = state.columns();
      visible = state.visible();
      offsets = new int[runs.size()];
      int offset = 0;
      for (int run = 0; run < offsets.length; run++) {
        offsets[run] = offset;
        offset += runs.isDeleted(run) ? 0 : runs.length(run);
      }
    }

    @Override
    public void inserted(int first, int run, int offset, int count) {
      int from = offsets[run] + offset;
      keep(first, visible.subList(from, from + count));
    }

    @Override
    public boolean isGlued(int run, int offset) {
      return false;
    }
  }

  private static void requireComplete(State.OfList state) {
    RunColumns runs = state.columns();
    long shown = 0;
    for (int run = 0; run < runs.size(); run++) {
      shown += runs.isDeleted(run) ? 0 : runs.length(run);
    }
    if (shown != state.visible().size()) {
      throw Foreign.malformed(
          "the runs show " + shown + " elements, but there are " + state.visible().size());
    }
  }

  @Override
  public State.OfList state() {
    return new State.OfList(elements.columns(), items());
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
  }

  /** The visible elements, for people. */
  @Override
  public String toString() {
    return items().toString();
  }

  void checkInvariants() {
    sequence.checkInvariants();
  }
}
