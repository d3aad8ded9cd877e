package dev.plait.properties.oracle;

import dev.plait.canonical.CanonicalBytes;
import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.Stamp;
import dev.plait.crdt.ListDelta;
import dev.plait.crdt.Operation;
import dev.plait.crdt.Patch;
import dev.plait.crdt.Refusal;
import dev.plait.crdt.State;
import dev.plait.value.Content;
import dev.plait.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a {@link dev.plait.crdt.List} has to say. */
public final class PlainList extends Plain<Content> {

  /** Of an empty list. */
  public PlainList() {
    this(new PlainSequence<>((content, next) -> false));
  }

  private PlainList(PlainSequence<Content> sequence) {
    super(sequence);
    delta();
  }

  @Override
  public PlainList copy() {
    return new PlainList(sequence().copy());
  }

  @Override
  public @Nullable PlainList opened(State state) {
    if (!(state instanceof State.OfList list)) {
      return null;
    }
    PlainSequence<Content> sequence = PlainSequence.of(runsOf(state), (content, next) -> false);
    if (sequence == null) {
      return null;
    }
    PlainSlots.open(sequence, list);
    return new PlainList(sequence);
  }

  @Override
  public List<Content> visible() {
    return sequence().visible();
  }

  @Override
  public State.OfList state() {
    List<State.ListRun> runs = new ArrayList<>();
    for (PlainRun<Content> run : sequence().runs()) {
      runs.add(
          new State.ListRun(run.first(), run.length(), run.left(), run.right(), run.contents()));
    }
    State.OfList state = new State.OfList(runs);
    return new State.OfList(
        state.columns(), state.visible(), slots().positions(), slots().moved(), slots().replaced());
  }

  private PlainSlots slots() {
    return new PlainSlots(sequence());
  }

  /** The operation that replacing the element at a visible index has to make. */
  public Operation setAt(int index, Value value, Stamp stamp) {
    return new Operation.ListSet(stamp, visibleIds(index, index + 1).get(0), value);
  }

  /** The operation that moving an element from one visible index to another has to make. */
  public Operation moveAt(int from, int to, ElementId position, Stamp stamp) {
    PlainRun<Content> run =
        sequence().runAt(from < to ? to + 1 : to, position, List.of(Value.nil()));
    return new Operation.ListMove(
        stamp, visibleIds(from, from + 1).get(0), position, run.left(), run.right());
  }

  @Override
  public @Nullable Refusal check(Operation operation) {
    if (operation instanceof Operation.ListSet set) {
      return slots().checkElement(set.element());
    }
    if (operation instanceof Operation.ListMove move) {
      Refusal refusal = slots().checkElement(move.element());
      refusal = refusal != null ? refusal : sequence().check(positionOf(move));
      return refusal != null ? refusal : slots().checkKind(move.position(), 1, true);
    }
    Refusal refusal = super.check(operation);
    if (refusal == null && operation instanceof Operation.ListInsert insert) {
      refusal = slots().checkKind(insert.first(), insert.items().size(), false);
    } else if (refusal == null && operation instanceof Operation.ListDelete delete) {
      refusal = slots().checkElements(delete.ranges());
    }
    return refusal;
  }

  private static PlainRun<Content> positionOf(Operation.ListMove move) {
    return new PlainRun<>(move.position(), 1, move.left(), move.right(), null);
  }

  @Override
  public Patch apply(Operation operation) {
    if (operation instanceof Operation.ListSet set) {
      slots().replace(set.element(), set.stamp(), set.value());
      return delta();
    }
    if (operation instanceof Operation.ListMove move) {
      if (!sequence().knows(move.position())) {
        sequence().insert(positionOf(move));
        slots().move(move.element(), move.stamp(), move.position());
      }
      return delta();
    }
    if (operation instanceof Operation.ListDelete delete) {
      slots().delete(delete.ranges());
      return delta();
    }
    return super.apply(operation);
  }

  @Override
  void settle(
      PlainSequence<Content> ours, PlainSequence<Content> theirs, PlainSequence<Content> merged) {
    PlainSlots.settle(new PlainSlots(ours), new PlainSlots(theirs), merged);
  }

  @Override
  void writeRest(CanonicalBytes out) {
    slots().writeCanonical(out);
  }

  @Override
  @Nullable Refusal checkContents(Operation operation) {
    return null;
  }

  @Override
  @Nullable PlainRun<Content> insertionOf(Operation operation) {
    return operation instanceof Operation.ListInsert insert
        ? PlainRun.of(insert.first(), insert.left(), insert.right(), insert.items())
        : null;
  }

  @Override
  @Nullable List<ElementRange> deletionOf(Operation operation) {
    return operation instanceof Operation.ListDelete delete ? delete.ranges() : null;
  }

  @Override
  Operation insertion(PlainRun<Content> run) {
    List<Content> items = run.contents() == null ? List.of() : run.contents();
    return new Operation.ListInsert(run.first(), run.left(), run.right(), items);
  }

  @Override
  Operation deletion(List<ElementRange> ranges) {
    return new Operation.ListDelete(ranges);
  }

  @Override
  ListDelta delta() {
    return sequence().delta(ListDelta.builder(), List::of);
  }

  @Override
  List<PlainRun<Content>> runsOf(State state) {
    List<PlainRun<Content>> runs = new ArrayList<>();
    for (State.ListRun run : ((State.OfList) state).runs()) {
      runs.add(new PlainRun<>(run.first(), run.length(), run.left(), run.right(), run.items()));
    }
    return runs;
  }

  @Override
  void writeContents(List<Content> contents, CanonicalBytes out) {
    contents.forEach(out::content);
  }
}
