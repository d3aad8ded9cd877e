package dev.plait.crdt;

import dev.plait.canonical.CanonicalWriter;
import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
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
 * <p><b>Cost.</b> Every deleted element leaves its id behind. Access near the last place is cheap,
 * anywhere else linear in the distance; an insertion moves everything behind it.
 *
 * <p>Not thread-safe, reading included: reads remember where they were.
 */
public final class List implements Crdt, Iterable<Content> {
  private final Sequence<Content> sequence;

  /** An empty list. */
  public List() {
    this(new Sequence<>(List::neverGlued));
  }

  private List(Sequence<Content> sequence) {
    this.sequence = sequence;
  }

  /**
   * A list in the given state, whose runs are taken over in their order, without replaying them.
   * Linear.
   *
   * @throws OperationException MALFORMED_STATE if it can't be the state of a list
   */
  public static List of(State.OfList state) {
    return new List(sequenceOf(state));
  }

  @Override
  public ContainerType type() {
    return ContainerType.LIST;
  }

  /** How many elements are visible. */
  public int size() {
    return sequence.elements().visible();
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
    return items(index, index + 1).get(0);
  }

  /** All visible elements, as of now. Linear. */
  public java.util.List<Content> items() {
    return items(0, size());
  }

  private java.util.List<Content> items(int from, int to) {
    ArrayList<Content> items = new ArrayList<>(to - from);
    sequence
        .elements()
        .forEach(
            from,
            to,
            element -> {
              if (element.content != null) {
                items.add(element.content);
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
    Elements<Content> elements = sequence.elements();
    return elements.get(elements.indexOfVisible(index)).id;
  }

  /** Where the element with this id is, or -1 if it was deleted or never was here. */
  public int indexOf(ElementId id) {
    Elements<Content> elements = sequence.elements();
    Element<Content> element = elements.find(id);
    return element == null || !element.isVisible()
        ? -1
        : elements.visibleBefore(elements.indexOf(element));
  }

  /** Whether an element with this id was ever inserted here, even if it was deleted since. */
  public boolean contains(ElementId id) {
    return sequence.elements().find(id) != null;
  }

  /** Whether an element with this id is here and not deleted. */
  public boolean isVisible(ElementId id) {
    Element<Content> element = sequence.elements().find(id);
    return element != null && element.isVisible();
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
    java.util.List<Content> contents = java.util.List.copyOf(items);
    Run<Content> run = sequence.runAt(index, first, contents);
    Bounds.requireNewIds(run, sequence);
    sequence.insert(run, rollback);
    return new Operation.ListInsert(first, run.left(), run.right(), contents);
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
    int end = Bounds.requireSpan(index, length, size());
    java.util.List<ElementRange> ranges = sequence.elements().rangesAt(index, end);
    sequence.delete(ranges, rollback);
    return new Operation.ListDelete(ranges);
  }

  @Override
  public @Nullable Refusal check(Operation operation) {
    if (operation instanceof Operation.ListInsert insert) {
      return sequence.check(runOf(insert));
    }
    if (operation instanceof Operation.ListDelete delete) {
      return sequence.check(delete.ranges());
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
      Sequence.Splice splice = sequence.insert(runOf(insert), rollback);
      if (splice != null) {
        delta.retain(splice.visibleIndex()).insert(insert.items());
      }
    } else if (operation instanceof Operation.ListDelete delete) {
      delta.deleteAt(sequence.delete(delete.ranges(), rollback));
    }
    return delta.build();
  }

  @Override
  public ListDelta join(State state, @Nullable Rollback rollback) {
    if (!(state instanceof State.OfList list)) {
      throw Foreign.state(ContainerType.LIST);
    }
    return SequenceJoin.join(
        sequence, sequenceOf(list), ListDelta.builder(), java.util.List::of, rollback);
  }

  @Override
  public State.OfList state() {
    ArrayList<State.ListRun> runs = new ArrayList<>();
    for (Run<Content> run : sequence.elements().runs()) {
      runs.add(
          new State.ListRun(run.first(), run.length(), run.left(), run.right(), run.contents()));
    }
    return new State.OfList(runs);
  }

  @Override
  public void writeCanonical(CanonicalWriter out) {
    java.util.List<Run<Content>> runs = sequence.elements().runs();
    out.varint(runs.size());
    for (Run<Content> run : runs) {
      run.writeCanonical(out);
      if (run.contents() != null) {
        run.contents().forEach(out::content);
      }
    }
  }

  /** The visible elements, for people. */
  @Override
  public String toString() {
    return items().toString();
  }

  void checkInvariants() {
    sequence.elements().checkInvariants();
  }

  private static boolean neverGlued(Content content, Content next) {
    return false;
  }

  private static Sequence<Content> sequenceOf(State.OfList state) {
    ArrayList<Run<Content>> runs = new ArrayList<>();
    for (State.ListRun run : state.runs()) {
      runs.add(new Run<>(run.first(), run.length(), run.left(), run.right(), run.items()));
    }
    return Sequence.of(runs, List::neverGlued);
  }

  private static Run<Content> runOf(Operation.ListInsert insert) {
    return Run.of(insert.first(), insert.left(), insert.right(), insert.items());
  }
}
