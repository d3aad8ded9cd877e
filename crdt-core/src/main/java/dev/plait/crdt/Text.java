package dev.plait.crdt;

import dev.plait.canonical.CanonicalWriter;
import dev.plait.clock.ElementId;
import dev.plait.clock.ReplicaId;
import dev.plait.sequence.Join;
import dev.plait.sequence.Sequence;
import dev.plait.sequence.Verdict;
import dev.plait.value.ContainerType;
import dev.plait.value.Unicode;
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
 * <p><b>Cost.</b> An edit and a look at one place are O(log n) in the number of runs, and O(1)
 * amortised where the last edit was. A run takes about 20 bytes, deleted or not, a unit one or two,
 * and its place in the index about half a byte. Units that are deleted keep theirs until the text
 * is opened again from its state.
 *
 * <p>Not thread-safe, reading included: reads remember where they were.
 */
public final class Text implements Crdt {
  static final String LONE_SURROGATE = "LONE_SURROGATE";

  private final TextUnits units = new TextUnits();
  private final OrderedElements elements = new OrderedElements(units);
  private final Sequence sequence = elements.sequence();

  // The right origin that was looked up last: it stays the same while somebody types.
  private int rightLooked = Sequence.NONE;
  private @Nullable ReplicaId rightReplica;
  private long rightSeq;

  /** An empty text. */
  public Text() {}

  /**
   * A text in the given state, whose runs are taken over in their order, without replaying them.
   * Linear.
   *
   * @throws OperationException MALFORMED_STATE or LONE_SURROGATE if it can't be the state of a text
   */
  public static Text of(State.OfText state) {
    TextStates.requireWellFormed(state);
    Text text = new Text();
    RunColumns runs = state.columns();
    int[] firsts = text.elements.load(runs);
    String visible = state.visible();
    text.units.noteSurrogates(visible);
    int offset = 0;
    for (int run = 0; run < runs.size(); run++) {
      if (!runs.isDeleted(run)) {
        int end = offset + runs.length(run);
        text.units.put(firsts[run], visible, offset, end);
        offset = end;
      }
    }
    return text;
  }

  @Override
  public ContainerType type() {
    return ContainerType.TEXT;
  }

  // ---- reading

  /** How many units are visible. */
  public int length() {
    return sequence.visible();
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
    return units.get(sequence.elementAt(index));
  }

  /**
   * The units from {@code from} up to, not including, {@code to}.
   *
   * @throws EditException INDEX_OUT_OF_RANGE unless {@code 0 <= from <= to <= length()}
   */
  public String substring(int from, int to) {
    Bounds.requireRange(from, to, length());
    return units.read(sequence, from, to);
  }

  /** The whole text. */
  @Override
  public String toString() {
    return units.read(sequence, 0, length());
  }

  /**
   * A cursor at {@code index} that stays with the unit before or behind it. Cost: O(log n).
   *
   * @throws EditException INDEX_OUT_OF_RANGE outside {@code 0 <= index <= length()};
   *     SURROGATE_SPLIT between the halves of a pair
   */
  public Cursor cursorAt(int index, Cursor.Side side) {
    Bounds.requirePosition(index, length());
    requireNoSplit(index);
    return new Cursor(sequence.elementId(elements.anchor(index, side)), side);
  }

  /**
   * Where a cursor is now. Cost: O(log n).
   *
   * @throws EditException UNKNOWN_ELEMENT if the unit it stays with is not here
   */
  public int indexOf(Cursor cursor) {
    ElementId id = cursor.element();
    int element = id == null ? Sequence.NONE : sequence.find(id.replica(), id.seq());
    if (id != null && element == Sequence.NONE) {
      throw OrderedElements.unknown(id);
    }
    return elements.indexOf(element, cursor.side());
  }

  /** Takes passages of a text: visible units with consecutive ids. */
  @FunctionalInterface
  public interface Passages {
    /**
     * A passage.
     *
     * @param author with {@code seq} the id of its first unit
     * @param text its units
     */
    void passage(ReplicaId author, long seq, String text);
  }

  /** Hands over the visible units from start to end with who inserted them. Linear. */
  public void forEachPassage(Passages out) {
    sequence.forEachVisible(
        0,
        length(),
        (first, count) ->
            out.passage(sequence.replica(first), sequence.seq(first), units.text(first, count)));
  }

  // ---- edits made here

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
    insertUnits(index, text, first.replica(), first.seq(), rollback);
    return new Operation.TextInsert(
        first,
        sequence.elementId(sequence.leftOrigin()),
        sequence.elementId(sequence.rightOrigin()),
        text);
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
    insertUnits(index, text, author, seq, rollback);
    int left = sequence.leftOrigin();
    int right = sequence.rightOrigin();
    boolean atStart = left == Sequence.NONE;
    // Whoever types has put the unit before, and needs no look at whose it is.
    boolean typed = sequence.isTyped();
    if (right != rightLooked) {
      rightLooked = right;
      rightReplica = right == Sequence.NONE ? null : sequence.replica(right);
      rightSeq = right == Sequence.NONE ? 0 : sequence.seq(right);
    }
    edits.inserted(
        atStart ? null : typed ? author : sequence.replica(left),
        atStart ? 0 : typed ? seq - 1 : sequence.seq(left),
        rightReplica,
        rightSeq,
        text);
  }

  private void insertUnits(
      int index, String text, ReplicaId author, long seq, @Nullable Rollback rollback) {
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
    Bounds.requireNewIds(sequence, author, seq, text.length());
    elements.enlist(rollback);
    int first = sequence.insert(index, author, seq, text.length());
    keep(first, text);
  }

  private void keep(int first, String text) {
    if (text.length() == 1) {
      units.put(first, text.charAt(0));
    } else {
      units.noteSurrogates(text);
      units.put(first, text, 0, text.length());
    }
  }

  /** As {@link #delete(int, int, Rollback)}, with no way back. */
  public Operation.TextDelete delete(int index, int length) {
    return delete(index, length, (Rollback) null);
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
    deleteUnits(index, length, rollback);
    return new Operation.TextDelete(elements.deletedRanges());
  }

  /** Deletes as {@link #delete(int, int, Rollback)}, without making an operation. */
  public void delete(int index, int length, @Nullable Rollback rollback, TextEdits edits) {
    deleteUnits(index, length, rollback);
    if (sequence.ranges() == 1) {
      int first = sequence.rangeFirst(0);
      edits.deleted(sequence.replica(first), sequence.seq(first), length, 0);
    } else {
      int[] number = new int[1];
      elements.forEachDeleted((owner, seq, count) -> edits.deleted(owner, seq, count, number[0]++));
    }
  }

  private void deleteUnits(int index, int length, @Nullable Rollback rollback) {
    int end = Bounds.requireSpan(index, length, length());
    requireNoSplit(index);
    requireNoSplit(end);
    elements.enlist(rollback);
    sequence.delete(index, length);
  }

  private void requireNoSplit(int index) {
    if (units.isPossible()
        && index > 0
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

  // ---- edits made elsewhere

  /**
   * Applies insertions made elsewhere, as {@link #check} and {@link #applyChecked} would one after
   * another: of the units of {@code text} from {@code from} to {@code to}, each with the one before
   * it as left origin. The units must be well-formed by themselves.
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
    Verdict verdict =
        elements.prepare(author, seq, to - from, leftReplica, leftSeq, rightReplica, rightSeq);
    if (verdict != Verdict.ACCEPTED) {
      return verdict == null
          ? OrderedElements.outOfIds(author, seq)
          : OrderedElements.refusal(
              verdict, author, seq, leftReplica, leftSeq, rightReplica, rightSeq);
    }
    elements.enlist(rollback);
    int first = sequence.insertPrepared(true);
    if (to - from == 1) {
      units.put(first, text.charAt(from));
    } else {
      keep(first, text.subSequence(from, to).toString());
    }
    return null;
  }

  /**
   * Applies a deletion made elsewhere, as {@link #check} and {@link #applyChecked} would.
   *
   * @return why it can't be applied, in which case nothing was changed, or null
   */
  public @Nullable Refusal applyDelete(
      ReplicaId owner, long seq, int length, @Nullable Rollback rollback) {
    elements.enlist(rollback);
    long missing = sequence.deleteOrMissing(owner, seq, length);
    return missing < 0 ? null : new Refusal.Missing(new ElementId(owner, missing));
  }

  @Override
  public @Nullable Refusal check(Operation operation) {
    if (operation instanceof Operation.TextInsert insert) {
      return Unicode.loneSurrogate(insert.text()) >= 0
          ? new Refusal.Invalid(LONE_SURROGATE, "the inserted text holds half a surrogate pair")
          : elements.check(insert.first(), insert.text().length(), insert.left(), insert.right());
    }
    if (operation instanceof Operation.TextDelete delete) {
      return elements.check(delete.ranges());
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
    if (operation instanceof Operation.TextInsert insert) {
      return insertChecked(insert, rollback);
    }
    DeltaBuilder<String, TextDelta> delta = TextDelta.builder();
    if (operation instanceof Operation.TextDelete delete) {
      elements.enlist(rollback);
      elements.delete(delete.ranges(), delta);
    }
    return delta.build();
  }

  private TextDelta insertChecked(Operation.TextInsert insert, @Nullable Rollback rollback) {
    String text = insert.text();
    if (elements.prepare(insert.first(), text.length(), insert.left(), insert.right())
        != Verdict.ACCEPTED) {
      return TextDelta.empty();
    }
    elements.enlist(rollback);
    keep(sequence.insertPrepared(true), text);
    int index = sequence.insertedPosition();
    return TextDelta.splice(index, sequence.gluedAway(), text);
  }

  // ---- states

  @Override
  public TextDelta join(State state, @Nullable Rollback rollback) {
    if (!(state instanceof State.OfText text)) {
      throw Foreign.state(ContainerType.TEXT);
    }
    TextStates.requireWellFormed(text);
    int mark = elements.join(text.columns(), new JoinedUnits(text), rollback);
    TextDelta delta = elements.delta(mark, TextDelta.builder(), units::text);
    elements.endJoin(rollback);
    return delta;
  }

  /** The units of a state that is being joined. */
  private final class JoinedUnits implements Join.Contents {
    private final String visible;
    private final int[] offsets;

    JoinedUnits(State.OfText state) {
      visible = state.visible();
      offsets = state.columns().visibleBefore();
      units.noteSurrogates(visible);
    }

    @Override
    public void inserted(int first, int run, int offset, int count) {
      int from = offsets[run] + offset;
      units.put(first, visible, from, from + count);
    }

    @Override
    public boolean isGlued(int run, int offset) {
      int at = offsets[run] + offset;
      return Character.isSurrogatePair(visible.charAt(at - 1), visible.charAt(at));
    }
  }

  @Override
  public State.OfText state() {
    return new State.OfText(elements.columns(), toString());
  }

  @Override
  public void writeCanonical(CanonicalWriter out) {
    out.varint(elements.runCount());
    sequence.forEachRun(
        (first, count, deleted, left, right) -> {
          elements.writeRun(out, first, count, deleted, left, right);
          if (!deleted) {
            out.text(textOf(first, count));
          }
        });
  }

  /** The units of a run, which may be several stretches of ints. */
  private String textOf(int first, int count) {
    return sequence.isStretch(first, count)
        ? units.text(first, count)
        : substring(sequence.position(first), sequence.position(first) + count);
  }

  void checkInvariants() {
    sequence.checkInvariants();
    if (Unicode.loneSurrogate(toString()) >= 0) {
      throw new AssertionError("the text holds half a surrogate pair");
    }
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
  public java.util.List<Operation> update(
      String newText, ElementId first, @Nullable Rollback rollback) {
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
    Rollback undo = rollback == null ? new Rollback() : rollback;
    int mark = undo.mark();
    boolean complete = false;
    try {
      follow(delta, author, seq, undo, edits);
      complete = true;
    } finally {
      if (!complete) {
        undo.runTo(mark);
      }
    }
    if (rollback == null) {
      undo.forget();
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
