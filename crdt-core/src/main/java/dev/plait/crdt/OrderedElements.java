package dev.plait.crdt;

import dev.plait.canonical.CanonicalWriter;
import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.ReplicaId;
import dev.plait.sequence.Glue;
import dev.plait.sequence.Join;
import dev.plait.sequence.RunSource;
import dev.plait.sequence.Sequence;
import dev.plait.sequence.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.eclipse.collections.impl.list.mutable.primitive.IntArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Text} and {@link dev.plait.crdt.List} have in common: a {@link Sequence} that speaks
 * of ids, refusals and rollbacks.
 */
final class OrderedElements implements Undo {
  static final String DUPLICATE_ID = "DUPLICATE_ID";
  static final String EMPTY_EDIT = "EMPTY_EDIT";

  private final Sequence sequence;

  OrderedElements(Glue glue) {
    this.sequence = new Sequence(glue);
  }

  Sequence sequence() {
    return sequence;
  }

  // ---- going back

  /** Makes the edits that follow ones that a rollback can take back, or not. */
  void enlist(@Nullable Rollback rollback) {
    sequence.setJournaling(rollback != null);
    if (rollback != null) {
      rollback.add(this, sequence.mark());
    }
  }

  @Override
  public void undo(long mark) {
    sequence.undoTo((int) mark);
  }

  @Override
  public void forgotten() {
    sequence.clearJournal();
  }

  // ---- insertions

  /** Why an insertion made elsewhere can't be applied, or null. */
  @Nullable Refusal check(
      ElementId first, int count, @Nullable ElementId left, @Nullable ElementId right) {
    if (count == 0) {
      return new Refusal.Invalid(EMPTY_EDIT, "an insertion must hold at least one element");
    }
    ReplicaId leftReplica = left == null ? null : left.replica();
    ReplicaId rightReplica = right == null ? null : right.replica();
    long leftSeq = left == null ? 0 : left.seq();
    long rightSeq = right == null ? 0 : right.seq();
    Verdict verdict =
        prepare(first.replica(), first.seq(), count, leftReplica, leftSeq, rightReplica, rightSeq);
    return verdict == null
        ? outOfIds(first.replica(), first.seq())
        : refusal(
            verdict, first.replica(), first.seq(), leftReplica, leftSeq, rightReplica, rightSeq);
  }

  /** The verdict on an insertion of ids; null if there are not enough of them. */
  @Nullable Verdict prepare(
      ElementId first, int count, @Nullable ElementId left, @Nullable ElementId right) {
    return prepare(
        first.replica(),
        first.seq(),
        count,
        left == null ? null : left.replica(),
        left == null ? 0 : left.seq(),
        right == null ? null : right.replica(),
        right == null ? 0 : right.seq());
  }

  /** The verdict on an insertion; null if there are not enough ids for it. */
  @Nullable Verdict prepare(
      ReplicaId author,
      long seq,
      int count,
      @Nullable ReplicaId leftReplica,
      long leftSeq,
      @Nullable ReplicaId rightReplica,
      long rightSeq) {
    return count - 1 > Long.MAX_VALUE - seq
        ? null
        : sequence.prepare(author, seq, count, leftReplica, leftSeq, rightReplica, rightSeq);
  }

  static Refusal outOfIds(ReplicaId author, long seq) {
    return new Refusal.Invalid(
        "ID_RANGE",
        "there are not enough ids from " + new ElementId(author, seq) + " on for the insertion");
  }

  /** What a verdict means; null if the insertion may go on. */
  static @Nullable Refusal refusal(
      Verdict verdict,
      ReplicaId author,
      long seq,
      @Nullable ReplicaId leftReplica,
      long leftSeq,
      @Nullable ReplicaId rightReplica,
      long rightSeq) {
    return switch (verdict) {
      case ACCEPTED, KNOWN -> null;
      case NO_LEFT_ORIGIN -> missing(leftReplica, leftSeq);
      case NO_RIGHT_ORIGIN -> missing(rightReplica, rightSeq);
      case DUPLICATE_ID, ORIGINS_CROSSED, FORGED_SIBLING ->
          new Refusal.Invalid(verdict.name(), reason(verdict, new ElementId(author, seq)));
    };
  }

  private static @Nullable Refusal missing(@Nullable ReplicaId replica, long seq) {
    return replica == null ? null : new Refusal.Missing(new ElementId(replica, seq));
  }

  private static String reason(Verdict verdict, ElementId first) {
    return switch (verdict) {
      case DUPLICATE_ID -> first + " or one near it was used for another insertion";
      case ORIGINS_CROSSED ->
          "the right origin of " + first + " never stood directly after its left origin";
      default -> "the author of " + first + " had an element of its own between the two origins";
    };
  }

  // ---- deletions

  /** Why a deletion made elsewhere can't be applied, or null. */
  @Nullable Refusal check(List<ElementRange> ranges) {
    if (ranges.isEmpty()) {
      return new Refusal.Invalid(EMPTY_EDIT, "a deletion must name at least one element");
    }
    if (ranges.size() > 1) {
      Refusal overlap = checkOverlap(ranges);
      if (overlap != null) {
        return overlap;
      }
    }
    for (ElementRange range : ranges) {
      ReplicaId owner = range.first().replica();
      long missing = sequence.firstMissing(owner, range.first().seq(), range.length());
      if (missing >= 0) {
        return new Refusal.Missing(new ElementId(owner, missing));
      }
    }
    return null;
  }

  private static @Nullable Refusal checkOverlap(List<ElementRange> ranges) {
    ArrayList<ElementRange> sorted = new ArrayList<>(ranges);
    sorted.sort(Comparator.comparing(ElementRange::first));
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i - 1).contains(sorted.get(i).first())) {
        return new Refusal.Invalid(
            "OVERLAPPING_RANGES", "a deletion names " + sorted.get(i).first() + " more than once");
      }
    }
    return null;
  }

  /** Deletes what {@link #check(List)} accepts, and adds to a delta what that does to a reader. */
  void delete(List<ElementRange> ranges, DeltaBuilder<?, ?> delta) {
    IntArrayList doomed = new IntArrayList();
    for (ElementRange range : ranges) {
      sequence.forEachDoomed(
          range.first().replica(),
          range.first().seq(),
          range.length(),
          (position, count) -> {
            doomed.add(position);
            doomed.add(count);
          });
    }
    for (ElementRange range : ranges) {
      sequence.delete(range.first().replica(), range.first().seq(), range.length());
    }
    long[] intervals = new long[doomed.size() / 2];
    for (int i = 0; i < intervals.length; i++) {
      intervals[i] = (long) doomed.get(2 * i) << Integer.SIZE | doomed.get(2 * i + 1);
    }
    java.util.Arrays.sort(intervals);
    int next = 0;
    for (long interval : intervals) {
      int from = Math.max(next, (int) (interval >>> Integer.SIZE));
      int to = (int) (interval >>> Integer.SIZE) + (int) interval;
      if (to > from) {
        delta.retain(from - next).delete(to - from);
        next = to;
      }
    }
  }

  /** What was deleted here last, as ranges of ids. */
  List<ElementRange> deletedRanges() {
    ArrayList<ElementRange> ranges = new ArrayList<>(sequence.ranges());
    forEachDeleted(
        (owner, seq, length) -> ranges.add(new ElementRange(new ElementId(owner, seq), length)));
    return ranges;
  }

  /** Takes a range of ids. */
  interface Ranges {
    void range(ReplicaId owner, long seq, int length);
  }

  /** Hands over what was deleted here last, in ranges as long as they can be. */
  void forEachDeleted(Ranges out) {
    int range = 0;
    while (range < sequence.ranges()) {
      int first = sequence.rangeFirst(range);
      int count = sequence.rangeCount(range);
      int last = first + count - 1;
      range++;
      while (range < sequence.ranges() && sequence.follows(last, sequence.rangeFirst(range))) {
        count += sequence.rangeCount(range);
        last = sequence.rangeFirst(range) + sequence.rangeCount(range) - 1;
        range++;
      }
      out.range(sequence.replica(first), sequence.seq(first), count);
    }
  }

  // ---- cursors

  /** The visible element with which a cursor at an index stays; NONE at an edge. */
  int anchor(int index, Cursor.Side side) {
    if (side == Cursor.Side.BEFORE) {
      return index == sequence.visible() ? Sequence.NONE : sequence.elementAt(index);
    }
    return index == 0 ? Sequence.NONE : sequence.elementAt(index - 1);
  }

  /** Where a cursor is that stays with this element; NONE for an edge. */
  int indexOf(int element, Cursor.Side side) {
    boolean before = side == Cursor.Side.BEFORE;
    if (element == Sequence.NONE) {
      return before ? sequence.visible() : 0;
    }
    int position = sequence.position(element);
    return before || !sequence.isVisible(element) ? position : position + 1;
  }

  static EditException unknown(ElementId id) {
    return new EditException(
        EditException.UNKNOWN_ELEMENT,
        "the cursor stays with " + id + ", which is not here; it may not have arrived yet");
  }

  // ---- states

  /** Takes over the runs of a state; returns the first element of each. */
  int[] load(RunSource runs) {
    int[] firsts = new int[runs.size()];
    String fault = sequence.load(runs, firsts);
    if (fault != null) {
      throw Foreign.malformed(fault);
    }
    return firsts;
  }

  /**
   * Merges the runs of a state.
   *
   * @return where in the journal the merge begins; {@link #endJoin} has to be told
   * @throws OperationException if the runs contradict themselves or what is here; nothing changed
   */
  int join(RunSource runs, Join.Contents contents, @Nullable Rollback rollback) {
    String malformed = Sequence.fault(runs);
    if (malformed != null) {
      throw Foreign.malformed(malformed);
    }
    enlist(rollback);
    sequence.setJournaling(true);
    int mark = sequence.mark();
    Join.Fault fault = Join.merge(sequence, runs, contents);
    if (fault != null) {
      sequence.undoTo(mark);
      Verdict verdict = fault.verdict();
      throw new OperationException(
          new Refusal.Invalid(
              verdict == null ? Foreign.MALFORMED_STATE : verdict.name(), fault.reason()));
    }
    return mark;
  }

  /** What elements with consecutive ints show, as a piece of a delta. */
  interface PieceOf<P> {
    P piece(int first, int count);
  }

  /** What was changed since a mark, as a reader sees it. */
  <P, D> D delta(int mark, DeltaBuilder<P, D> delta, PieceOf<P> pieces) {
    sequence.forEachChange(
        mark,
        new Sequence.Changes() {
          @Override
          public void retained(int count) {
            delta.retain(count);
          }

          @Override
          public void inserted(int first, int count) {
            delta.insert(pieces.piece(first, count));
          }

          @Override
          public void deleted(int count) {
            delta.delete(count);
          }
        });
    return delta.build();
  }

  /** Ends a {@link #join} whose changes have been looked at. */
  void endJoin(@Nullable Rollback rollback) {
    if (rollback == null) {
      sequence.clearJournal();
    }
  }

  /** The runs, each as long as it can be. */
  RunColumns columns() {
    RunColumns.Builder columns = new RunColumns.Builder(sequence.spanCount());
    columns.replicas(sequence.replicas());
    sequence.forEachRun(
        (first, count, deleted, left, right) ->
            columns.add(
                sequence.owner(first),
                sequence.seq(first),
                count,
                deleted,
                left == Sequence.NONE ? RunSource.NONE : sequence.owner(left),
                left == Sequence.NONE ? 0 : sequence.seq(left),
                right == Sequence.NONE ? RunSource.NONE : sequence.owner(right),
                right == Sequence.NONE ? 0 : sequence.seq(right)));
    return columns.build();
  }

  /** How many runs there are. */
  int runCount() {
    int[] count = new int[1];
    sequence.forEachRun((first, length, deleted, left, right) -> count[0]++);
    return count[0];
  }

  /** Writes a run without what its elements hold. */
  void writeRun(CanonicalWriter out, int first, int count, boolean deleted, int left, int right) {
    out.replica(sequence.replica(first));
    out.varint(sequence.seq(first));
    out.varint(count);
    out.nullableElement(sequence.elementId(left));
    out.nullableElement(sequence.elementId(right));
    out.u8(deleted ? 1 : 0);
  }
}
