package dev.plait.crdt;

import dev.plait.canonical.CanonicalWriter;
import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.ReplicaId;
import dev.plait.value.ContainerType;
import dev.plait.value.Unicode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Text that several replicas edit at once.
 *
 * <p><b>What converges.</b> Replicas that applied the same operations show the same text. A unit
 * stays where it was inserted, relative to its neighbours then; passages typed at one spot by
 * several people are not shuffled into each other but stand one after the other, in the order of
 * their replica ids. What anyone deletes is deleted, and what others insert beside or into it
 * stays.
 *
 * <p><b>Source.</b> FugueMax: Weidner and Kleppmann, "The Art of the Fugue: Minimizing Interleaving
 * in Collaborative Text Editing", 2023. Beyond the paper, operations that no honest replica makes
 * are refused, by every replica alike.
 *
 * <p><b>Units.</b> Positions and lengths count UTF-16 units, as in {@link String}. The text is
 * always well-formed: the two halves of a surrogate pair are inserted together, an index between
 * them is refused, and a pair of which a foreign operation deletes one half, or between whose
 * halves it inserts, is deleted as a whole.
 *
 * <p><b>Refusals.</b> {@link #check} and {@link #apply} refuse a foreign operation with {@code
 * MISSING_ELEMENT} when an origin or deleted unit is not here (yet), and for good with: {@code
 * EMPTY_EDIT}; {@code LONE_SURROGATE}, inserted text is not well-formed; {@code ID_RANGE}, there
 * are not enough ids; {@code DUPLICATE_ID}, an id is known with other origins; {@code
 * ORIGINS_CROSSED}, the origins can never have been neighbours; {@code FORGED_SIBLING}, the author
 * had put an element of its own between them; {@code OVERLAPPING_RANGES}, a deletion names a unit
 * twice; {@code WRONG_OPERATION}. A state can also be a {@code MALFORMED_STATE}.
 *
 * <p><b>Cost.</b> Every deleted unit leaves its id behind. Access near the last place is cheap,
 * anywhere else linear in the distance; an insertion moves everything behind it.
 *
 * <p>Not thread-safe, reading included: reads remember where they were.
 */
public final class Text implements Crdt {
  private final Sequence<Character> sequence;

  /** An empty text. */
  public Text() {
    this(new Sequence<>(Character::isSurrogatePair));
  }

  private Text(Sequence<Character> sequence) {
    this.sequence = sequence;
  }

  /**
   * A text in the given state, whose runs are taken over in their order, without replaying them.
   * Linear.
   *
   * @throws OperationException MALFORMED_STATE or LONE_SURROGATE if it can't be the state of a text
   */
  public static Text of(State.OfText state) {
    return new Text(sequenceOf(state));
  }

  @Override
  public ContainerType type() {
    return ContainerType.TEXT;
  }

  /** How many units are visible. */
  public int length() {
    return sequence.elements().visible();
  }

  @Override
  public boolean hasContent() {
    return length() > 0;
  }

  /**
   * The unit at {@code index}.
   *
   * @throws EditException INDEX_OUT_OF_RANGE outside {@code 0 <= index < length()}
   */
  public char charAt(int index) {
    Bounds.requireIndex(index, length());
    return substring(index, index + 1).charAt(0);
  }

  /**
   * The units from {@code from} up to, not including, {@code to}.
   *
   * @throws EditException INDEX_OUT_OF_RANGE unless {@code 0 <= from <= to <= length()}
   */
  public String substring(int from, int to) {
    Bounds.requireRange(from, to, length());
    StringBuilder text = new StringBuilder(to - from);
    sequence.elements().forEach(from, to, element -> text.append(element.content));
    return text.toString();
  }

  /** The whole text. */
  @Override
  public String toString() {
    return substring(0, length());
  }

  /** As {@link #insert(int, String, ElementId, Rollback)}, with no way back. */
  public Operation.TextInsert insert(int index, String text, ElementId first) {
    return insert(index, text, first, null);
  }

  /**
   * Inserts {@code text} before the unit at {@code index}.
   *
   * @param first the id of the first unit; the others take those that follow
   * @param rollback takes the way back, or null if nobody will go it
   * @return what other replicas have to apply
   * @throws EditException INDEX_OUT_OF_RANGE outside {@code 0 <= index <= length()};
   *     SURROGATE_SPLIT between the halves of a pair; LONE_SURROGATE if {@code text} holds half a
   *     pair; EMPTY_EDIT if it is empty; ID_NOT_NEWER if an id is in use or does not exist
   */
  public Operation.TextInsert insert(
      int index, String text, ElementId first, @Nullable Rollback rollback) {
    Bounds.requirePosition(index, length());
    requireNoSplit(index);
    if (text.isEmpty()) {
      throw new EditException(EditException.EMPTY_EDIT, "there is no text to insert");
    }
    int lone = Unicode.loneSurrogate(text);
    if (lone >= 0) {
      throw new EditException(
          EditException.LONE_SURROGATE,
          "unit " + lone + " of the text to insert is half a surrogate pair; insert whole pairs");
    }
    Run<Character> run = sequence.runAt(index, first, units(text));
    Bounds.requireNewIds(run, sequence);
    sequence.insert(run, rollback);
    return new Operation.TextInsert(first, run.left(), run.right(), text);
  }

  /** As {@link #delete(int, int, Rollback)}, with no way back. */
  public Operation.TextDelete delete(int index, int length) {
    return delete(index, length, null);
  }

  /**
   * Deletes {@code length} units from {@code index} on.
   *
   * @param rollback takes the way back, or null if nobody will go it
   * @return what other replicas have to apply
   * @throws EditException INDEX_OUT_OF_RANGE outside the text; SURROGATE_SPLIT if either end lies
   *     between the halves of a pair; EMPTY_EDIT if {@code length} is 0
   */
  public Operation.TextDelete delete(int index, int length, @Nullable Rollback rollback) {
    int end = Bounds.requireSpan(index, length, length());
    requireNoSplit(index);
    requireNoSplit(end);
    List<ElementRange> ranges = sequence.elements().rangesAt(index, end);
    sequence.delete(ranges, rollback);
    return new Operation.TextDelete(ranges);
  }

  /**
   * Inserts as {@link #insert(int, String, ElementId, Rollback)}, without making an operation.
   *
   * @param author who inserts; with {@code seq} the id of the first unit
   * @param edits is told what was done
   */
  public void insert(
      int index,
      String text,
      ReplicaId author,
      long seq,
      @Nullable Rollback rollback,
      TextEdits edits) {
    Operation.TextInsert insert = insert(index, text, new ElementId(author, seq), rollback);
    ElementId left = insert.left();
    ElementId right = insert.right();
    edits.inserted(
        left == null ? null : left.replica(),
        left == null ? 0 : left.seq(),
        right == null ? null : right.replica(),
        right == null ? 0 : right.seq(),
        text);
  }

  /** Deletes as {@link #delete(int, int, Rollback)}, without making an operation. */
  public void delete(int index, int length, @Nullable Rollback rollback, TextEdits edits) {
    Operation.TextDelete delete = delete(index, length, rollback);
    int number = 0;
    for (ElementRange range : delete.ranges()) {
      edits.deleted(range.first().replica(), range.first().seq(), range.length(), number);
      number++;
    }
  }

  /**
   * Applies insertions made elsewhere, as {@link #check} and {@link #applyChecked} would one after
   * another: of the units of {@code text} from {@code from} to {@code to}, each with the one before
   * it as left origin.
   *
   * @param author with {@code seq} the id of the first unit
   * @param leftReplica with {@code leftSeq} the left origin of the first unit; null for the start
   * @param rightReplica with {@code rightSeq} the right origin of all; null for the end
   * @return why they can't be applied, in which case nothing was changed, or null
   */
  public @Nullable Refusal applyInsert(
      ReplicaId author,
      long seq,
      @Nullable ReplicaId leftReplica,
      long leftSeq,
      @Nullable ReplicaId rightReplica,
      long rightSeq,
      CharSequence text,
      int from,
      int to,
      @Nullable Rollback rollback) {
    Operation.TextInsert insert =
        new Operation.TextInsert(
            new ElementId(author, seq),
            leftReplica == null ? null : new ElementId(leftReplica, leftSeq),
            rightReplica == null ? null : new ElementId(rightReplica, rightSeq),
            text.subSequence(from, to).toString());
    Refusal refusal = check(insert);
    if (refusal == null) {
      applyChecked(insert, rollback);
    }
    return refusal;
  }

  /**
   * Applies a deletion made elsewhere, as {@link #check} and {@link #applyChecked} would.
   *
   * @return why it can't be applied, in which case nothing was changed, or null
   */
  public @Nullable Refusal applyDelete(
      ReplicaId owner, long seq, int length, @Nullable Rollback rollback) {
    Operation.TextDelete delete =
        new Operation.TextDelete(List.of(new ElementRange(new ElementId(owner, seq), length)));
    Refusal refusal = check(delete);
    if (refusal == null) {
      applyChecked(delete, rollback);
    }
    return refusal;
  }

  @Override
  public @Nullable Refusal check(Operation operation) {
    if (operation instanceof Operation.TextInsert insert) {
      return Unicode.loneSurrogate(insert.text()) >= 0
          ? new Refusal.Invalid("LONE_SURROGATE", "the inserted text holds half a surrogate pair")
          : sequence.check(runOf(insert));
    }
    if (operation instanceof Operation.TextDelete delete) {
      return sequence.check(delete.ranges());
    }
    return Foreign.operation(ContainerType.TEXT);
  }

  @Override
  public TextDelta apply(Operation operation, @Nullable Rollback rollback) {
    Refusal refusal = check(operation);
    if (refusal != null) {
      throw new OperationException(refusal);
    }
    return applyChecked(operation, rollback);
  }

  @Override
  public TextDelta applyChecked(Operation operation, @Nullable Rollback rollback) {
    DeltaBuilder<String, TextDelta> delta = TextDelta.builder();
    if (operation instanceof Operation.TextInsert insert) {
      Sequence.Splice splice = sequence.insert(runOf(insert), rollback);
      if (splice != null) {
        delta.retain(splice.visibleIndex()).insert(insert.text()).delete(splice.deleted());
      }
    } else if (operation instanceof Operation.TextDelete delete) {
      delta.deleteAt(sequence.delete(delete.ranges(), rollback));
    }
    return delta.build();
  }

  @Override
  public TextDelta join(State state, @Nullable Rollback rollback) {
    if (!(state instanceof State.OfText text)) {
      throw Foreign.state(ContainerType.TEXT);
    }
    return SequenceJoin.join(
        sequence, sequenceOf(text), TextDelta.builder(), String::valueOf, rollback);
  }

  @Override
  public State.OfText state() {
    ArrayList<State.TextRun> runs = new ArrayList<>();
    for (Run<Character> run : sequence.elements().runs()) {
      runs.add(
          new State.TextRun(
              run.first(), run.length(), run.left(), run.right(), textOf(run.contents())));
    }
    return new State.OfText(runs);
  }

  @Override
  public void writeCanonical(CanonicalWriter out) {
    List<Run<Character>> runs = sequence.elements().runs();
    out.varint(runs.size());
    for (Run<Character> run : runs) {
      run.writeCanonical(out);
      String text = textOf(run.contents());
      if (text != null) {
        out.text(text);
      }
    }
  }

  void checkInvariants() {
    sequence.elements().checkInvariants();
    for (Run<Character> run : sequence.elements().runs()) {
      String text = textOf(run.contents());
      if (text != null && Unicode.loneSurrogate(text) >= 0) {
        throw new AssertionError("a run holds half a surrogate pair");
      }
    }
  }

  private void requireNoSplit(int index) {
    if (index > 0
        && index < length()
        && Character.isSurrogatePair(charAt(index - 1), charAt(index))) {
      throw new EditException(
          EditException.SURROGATE_SPLIT,
          "index "
              + index
              + " lies between the halves of a surrogate pair; use the one before or"
              + " after it");
    }
  }

  private static Sequence<Character> sequenceOf(State.OfText state) {
    ArrayList<Run<Character>> runs = new ArrayList<>();
    for (State.TextRun run : state.runs()) {
      String text = run.text();
      if (text != null && Unicode.loneSurrogate(text) >= 0) {
        throw new OperationException(
            new Refusal.Invalid(
                "LONE_SURROGATE", "the run from " + run.first() + " holds half a surrogate pair"));
      }
      runs.add(
          new Run<>(
              run.first(),
              run.length(),
              run.left(),
              run.right(),
              text == null ? null : units(text)));
    }
    return Sequence.of(runs, Character::isSurrogatePair);
  }

  private static Run<Character> runOf(Operation.TextInsert insert) {
    return Run.of(insert.first(), insert.left(), insert.right(), units(insert.text()));
  }

  private static List<Character> units(String text) {
    return text.chars().mapToObj(unit -> (char) unit).toList();
  }

  private static @Nullable String textOf(@Nullable List<Character> units) {
    if (units == null) {
      return null;
    }
    StringBuilder text = new StringBuilder(units.size());
    units.forEach(text::append);
    return text.toString();
  }

  /**
   * Makes the text equal to {@code newText} by inserting and deleting as {@link TextDelta#between}
   * says, so that what is alike keeps its identity. When replicas update concurrently, what each of
   * them inserted is there, and what any of them deleted is gone: edits of different places both
   * show, and where both replaced the same passage, both replacements stand one after the other.
   *
   * @param first the id of the first unit inserted; the others take those that follow
   * @param rollback takes the way back, or null if nobody will go it
   * @return what other replicas have to apply, from left to right; nothing if the text is equal
   * @throws EditException LONE_SURROGATE if {@code newText} holds half a pair; ID_NOT_NEWER if an
   *     id is in use or does not exist
   */
  public List<Operation> update(String newText, ElementId first, @Nullable Rollback rollback) {
    TextOperations operations = new TextOperations(first);
    update(newText, first.replica(), first.seq(), rollback, operations);
    return operations.all();
  }

  /**
   * Updates as {@link #update(String, ElementId, Rollback)}, without making operations.
   *
   * @param author who updates; with {@code seq} the id of the first unit inserted
   * @param edits is told what was done, from left to right; the ids of its insertions follow each
   *     other. If the update fails, what it was told of was taken back
   */
  public void update(
      String newText, ReplicaId author, long seq, @Nullable Rollback rollback, TextEdits edits) {
    TextDelta delta = TextDelta.between(toString(), newText);
    Rollback undo = new Rollback();
    boolean complete = false;
    try {
      follow(delta, author, seq, undo, edits);
      complete = true;
    } finally {
      if (!complete) {
        undo.run();
      }
    }
    if (rollback != null) {
      rollback.add(undo::run);
    }
  }

  private void follow(
      TextDelta delta, ReplicaId author, long seq, Rollback rollback, TextEdits edits) {
    int index = 0;
    long next = seq;
    for (DeltaStep<String> step : delta.steps()) {
      if (step instanceof DeltaStep.Retain<String> retain) {
        index += retain.count();
      } else if (step instanceof DeltaStep.Insert<String> insert) {
        insert(index, insert.piece(), author, next, rollback, edits);
        index += insert.piece().length();
        next += insert.piece().length();
      } else if (step instanceof DeltaStep.Delete<String> delete) {
        delete(index, delete.count(), rollback, edits);
      }
    }
  }
}
