package dev.plait.properties.oracle;

import dev.plait.canonical.CanonicalBytes;
import dev.plait.clock.ElementRange;
import dev.plait.crdt.ListDelta;
import dev.plait.crdt.Operation;
import dev.plait.crdt.Refusal;
import dev.plait.crdt.State;
import dev.plait.value.Content;
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
    if (!(state instanceof State.OfList)) {
      return null;
    }
    PlainSequence<Content> sequence = PlainSequence.of(runsOf(state), (content, next) -> false);
    return sequence == null ? null : new PlainList(sequence);
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
    return new State.OfList(runs);
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
