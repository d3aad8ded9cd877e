package dev.plait.properties.oracle;

import dev.plait.canonical.CanonicalBytes;
import dev.plait.clock.ElementRange;
import dev.plait.crdt.Operation;
import dev.plait.crdt.Refusal;
import dev.plait.crdt.State;
import dev.plait.crdt.TextDelta;
import dev.plait.value.Unicode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a {@link dev.plait.crdt.Text} has to say. */
public final class PlainText extends Plain<Character> {

  /** Of an empty text. */
  public PlainText() {
    this(new PlainSequence<>(Character::isSurrogatePair));
  }

  private PlainText(PlainSequence<Character> sequence) {
    super(sequence);
    delta();
  }

  @Override
  public PlainText copy() {
    return new PlainText(sequence().copy());
  }

  @Override
  public @Nullable PlainText opened(State state) {
    if (!(state instanceof State.OfText text)) {
      return null;
    }
    for (State.TextRun run : text.runs()) {
      if (run.text() != null && Unicode.loneSurrogate(run.text()) >= 0) {
        return null;
      }
    }
    PlainSequence<Character> sequence = PlainSequence.of(runsOf(state), Character::isSurrogatePair);
    return sequence == null ? null : new PlainText(sequence);
  }

  @Override
  public String visible() {
    return textOf(sequence().visible());
  }

  @Override
  public State.OfText state() {
    List<State.TextRun> runs = new ArrayList<>();
    for (PlainRun<Character> run : sequence().runs()) {
      String text = run.contents() == null ? null : textOf(run.contents());
      runs.add(new State.TextRun(run.first(), run.length(), run.left(), run.right(), text));
    }
    return new State.OfText(runs);
  }

  @Override
  @Nullable Refusal checkContents(Operation operation) {
    return operation instanceof Operation.TextInsert insert
            && Unicode.loneSurrogate(insert.text()) >= 0
        ? new Refusal.Invalid("LONE_SURROGATE", "half a pair")
        : null;
  }

  @Override
  @Nullable PlainRun<Character> insertionOf(Operation operation) {
    return operation instanceof Operation.TextInsert insert
        ? PlainRun.of(insert.first(), insert.left(), insert.right(), units(insert.text()))
        : null;
  }

  @Override
  @Nullable List<ElementRange> deletionOf(Operation operation) {
    return operation instanceof Operation.TextDelete delete ? delete.ranges() : null;
  }

  @Override
  Operation insertion(PlainRun<Character> run) {
    String text = run.contents() == null ? "" : textOf(run.contents());
    return new Operation.TextInsert(run.first(), run.left(), run.right(), text);
  }

  @Override
  Operation deletion(List<ElementRange> ranges) {
    return new Operation.TextDelete(ranges);
  }

  @Override
  TextDelta delta() {
    return sequence().delta(TextDelta.builder(), String::valueOf);
  }

  @Override
  List<PlainRun<Character>> runsOf(State state) {
    List<PlainRun<Character>> runs = new ArrayList<>();
    for (State.TextRun run : ((State.OfText) state).runs()) {
      List<Character> units = run.text() == null ? null : units(run.text());
      runs.add(new PlainRun<>(run.first(), run.length(), run.left(), run.right(), units));
    }
    return runs;
  }

  @Override
  void writeContents(List<Character> contents, CanonicalBytes out) {
    out.text(textOf(contents));
  }

  /** The units of a text as elements. */
  public static List<Character> units(String text) {
    return text.chars().mapToObj(unit -> (char) unit).toList();
  }

  private static String textOf(List<Character> units) {
    StringBuilder text = new StringBuilder();
    units.forEach(text::append);
    return text.toString();
  }
}
