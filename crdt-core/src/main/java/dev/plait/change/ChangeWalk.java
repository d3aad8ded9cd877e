package dev.plait.change;

import dev.plait.clock.Dot;
import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.crdt.Operation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in {@link ChangeColumns}, between two changes, that moves on as changes are read.
 *
 * <p>Changes are read one by one with {@link #change}, or several at once: {@link #enter} says how
 * many, and {@link #nextPart} then steps through their operations, as many at a time as stand in
 * one row. The columns may grow meanwhile, but must not be reset. Not thread-safe.
 */
public final class ChangeWalk {
  private final ChangeColumns columns;
  private final OperationRows rows;
  private final RunLengths.Reader steps;
  private final RunLengths.Reader counts;
  private int index;
  private int dependent;

  /** The time of the change before the next one; 0 if there is none. */
  private long timeBefore;

  private int row;
  private int usedOfRow;
  private int textOffset;
  private int other;
  private long seq;

  private int enteredOperations;
  private int operationsLeft;
  private int partRow;
  private int partStart;
  private int partOperations;
  private int partJoined;
  private long partSeq;
  private int partText;
  private int partOther;

  // The last of the part's operations that was asked for, so that asking for all is no detour.
  private int reachedOther;
  private long reachedSeq;

  ChangeWalk(ChangeColumns columns) {
    this.columns = columns;
    this.rows = columns.rows();
    this.steps = new RunLengths.Reader(columns.steps());
    this.counts = new RunLengths.Reader(columns.operationCounts());
    rewind();
  }

  /** Goes back to the first change, also after the columns were reset. */
  public void rewind() {
    steps.rewind();
    counts.rewind();
    index = 0;
    dependent = 0;
    row = 0;
    usedOfRow = 0;
    textOffset = 0;
    other = 0;
    timeBefore = columns.previousTime();
    seq = columns.firstSeq();
    operationsLeft = 0;
  }

  /** Goes to the place where another walk through the same columns is, between two changes. */
  public void goTo(ChangeWalk other) {
    steps.goTo(other.steps);
    counts.goTo(other.counts);
    index = other.index;
    dependent = other.dependent;
    timeBefore = other.timeBefore;
    row = other.row;
    usedOfRow = other.usedOfRow;
    textOffset = other.textOffset;
    this.other = other.other;
    seq = other.seq;
    operationsLeft = 0;
  }

  // ---- the next change

  /** How many changes were read. */
  public int index() {
    return index;
  }

  /** Whether there are more. */
  public boolean hasNext() {
    return index < columns.size();
  }

  /** The counter of the next change. */
  public long counter() {
    return columns.firstCounter() + index;
  }

  /** The time of the next change, as bits of a {@link HybridTimestamp}. */
  public long time() {
    return index == 0 ? columns.firstTime() : timeBefore + steps.peek();
  }

  /**
   * The time of its maker's change before the next one, as bits of a {@link HybridTimestamp}; 0 if
   * there is none.
   */
  public long previousTime() {
    return timeBefore;
  }

  /** The sequence number of the first id the next change uses, or would use. */
  public long seq() {
    return seq;
  }

  /** What the next change depends on, besides the one before it. */
  public List<Dot> dependencies() {
    return dependsNow() ? columns.dependencies(dependent) : List.of();
  }

  private boolean dependsNow() {
    return dependent < columns.dependentCount() && columns.dependent(dependent) == index;
  }

  /**
   * How many changes from the next one on come before one that depends on others; at least 1, that
   * is, what the next one depends on does not count.
   */
  public int untilDependent() {
    int following = dependsNow() ? dependent + 1 : dependent;
    int end = following < columns.dependentCount() ? columns.dependent(following) : columns.size();
    return end - index;
  }

  /** How many of the changes that depend on others were passed. */
  public int dependentsPassed() {
    return dependent;
  }

  /** How many operations the next change has. */
  int operations() {
    return (int) counts.peek();
  }

  /** From the time of the next change to that of the one after; 0 for the last one. */
  long step() {
    return index + 1 < columns.size() ? steps.peek(stepsToNext()) : 0;
  }

  /**
   * How many changes from the next one on have equally many operations, equal steps of time between
   * them, and, except for the first, no dependencies.
   */
  int alike() {
    int same = Math.min(untilDependent(), counts.repeats());
    return index + 1 < columns.size() ? Math.min(same, steps.repeats(stepsToNext()) + 1) : 1;
  }

  private int stepsToNext() {
    return index == 0 ? 0 : 1;
  }

  /**
   * Whether the times of the next {@code count} changes ascend, from above {@code moreThan} to no
   * more than {@code atMost}. Looks without moving.
   *
   * @param moreThan as bits of a {@link HybridTimestamp}, like {@code atMost} not negative
   */
  public boolean ascends(int count, long moreThan, long atMost) {
    long first = time();
    return first > moreThan
        && first <= atMost
        && steps.climbs(stepsToNext(), count - 1, first, atMost);
  }

  // ---- reading changes

  /** The next change as an object. */
  public Change change() {
    long counter = counter();
    List<Dot> dependsOn = dependencies();
    long before = timeBefore;
    long stamp = time();
    long firstSeq = seq;
    enter(1);
    if (operationsLeft == 1 && nextPart()) {
      return new Change(
          columns.replica(),
          counter,
          dependsOn,
          before,
          stamp,
          firstSeq,
          container(),
          operation(0));
    }
    ArrayList<ContainerOperation> operations = new ArrayList<>(operationsLeft);
    while (nextPart()) {
      for (int i = 0; i < partOperations; i++) {
        operations.add(new ContainerOperation(container(), operation(i)));
      }
    }
    return new Change(
        new Dot(columns.replica(), counter),
        dependsOn,
        new HybridTimestamp(before),
        new HybridTimestamp(stamp),
        firstSeq,
        operations);
  }

  /** When the operations of the next change and of those behind it were made. */
  public OperationTimes times() {
    RunLengths.Reader behind = new RunLengths.Reader(columns.steps());
    behind.goTo(steps);
    if (index > 0) {
      behind.skip(1);
    }
    RunLengths.Reader each = new RunLengths.Reader(columns.operationCounts());
    each.goTo(counts);
    return new OperationTimes(behind, each, time());
  }

  /**
   * Goes to behind the next {@code count} changes, whose operations {@link #nextPart} then steps
   * through; to be entered again only when all were.
   */
  public void enter(int count) {
    int end = index + count;
    operationsLeft = (int) counts.skip(count);
    enteredOperations = operationsLeft;
    timeBefore =
        index == 0 ? columns.firstTime() + steps.skip(count - 1) : timeBefore + steps.skip(count);
    index = end;
    while (dependent < columns.dependentCount() && columns.dependent(dependent) < end) {
      dependent++;
    }
  }

  /** Passes over changes. */
  public void skip(int count) {
    skipChanges(count, null);
  }

  /** Passes over changes, and adds their operations to other rows if these are given. */
  void skipChanges(int count, @Nullable OperationRows into) {
    if (count == 0) {
      return;
    }
    enter(count);
    while (nextPart()) {
      if (into != null) {
        copyPart(into);
      }
    }
  }

  private void copyPart(OperationRows into) {
    int kind = kind();
    if (kind == OperationRows.INSERT) {
      into.text().append(rows.text(), partText, partText + partOperations * width());
      into.addInserts(
          columns.replica(),
          container(),
          leftReplica(),
          leftSeq(),
          rows.rightReplica(partRow),
          rows.rightSeq(partRow),
          partOperations,
          width());
    } else if (kind == OperationRows.OTHER) {
      into.addOthers(container(), rows.others(), partOther, partOperations);
    } else if (joined() > 0) {
      into.addLoneDelete(container(), target(), targetSeq(), width());
      for (int i = 1; i <= joined(); i++) {
        into.joinDelete(target(partRow + i), rows.seq(partRow + i), rows.width(partRow + i));
      }
    } else {
      into.addDeletes(container(), target(), targetSeq(), kind, partOperations, width());
    }
  }

  // ---- the operations of the changes entered

  /** Moves to the next operations of one row, if there are more in the changes entered. */
  public boolean nextPart() {
    if (operationsLeft == 0) {
      return false;
    }
    if (row < rows.count() && usedOfRow == rows.operations(row)) {
      leaveRow();
    }
    partRow = row;
    partStart = usedOfRow;
    partSeq = seq;
    partText = textOffset;
    partOther = other;
    reachedOther = other;
    reachedSeq = seq;
    int ofRow = rows.operations(row);
    partOperations = Math.min(operationsLeft, ofRow - usedOfRow);
    operationsLeft -= partOperations;
    usedOfRow += partOperations;
    int kind = rows.kind(row);
    if (kind == OperationRows.INSERT) {
      int units = partOperations * rows.width(row);
      seq += units;
      textOffset += units;
    } else if (kind == OperationRows.OTHER) {
      other += partOperations;
      OtherOperations others = rows.others();
      for (int i = partOther; i < other; i++) {
        seq += others.idsUsed(i);
      }
    }
    partJoined = kind == OperationRows.DELETE ? countJoined() : 0;
    return true;
  }

  private int countJoined() {
    int end = partRow + 1;
    while (end < rows.count() && rows.kind(end) == OperationRows.JOINED) {
      end++;
    }
    return end - partRow - 1;
  }

  /** Only when there is something behind it: the last row may still grow. */
  private void leaveRow() {
    row++;
    while (rows.kind(row) == OperationRows.JOINED) {
      row++;
    }
    usedOfRow = 0;
  }

  /** What kind of operations the part holds; never {@link OperationRows#JOINED}. */
  public int kind() {
    return rows.kind(partRow);
  }

  /** The container of the part. */
  public ContainerId container() {
    return rows.container(partRow);
  }

  /** Whether no part follows in the changes entered. */
  public boolean isLastPart() {
    return operationsLeft == 0;
  }

  /** Whether the part does not go on where another operation of its row ended. */
  public boolean startsRow() {
    return partStart == 0;
  }

  /** How many operations the part holds. */
  public int partOperations() {
    return partOperations;
  }

  /** How many units each operation of the part inserts or deletes. */
  public int width() {
    return rows.width(partRow);
  }

  /** The sequence number of the first id the part uses. */
  public long partSeq() {
    return partSeq;
  }

  /** The text of all insertions of the columns. */
  public CharSequence text() {
    return rows.text();
  }

  /** Where in the text of the rows the units start that the part inserts. */
  public int partText() {
    return partText;
  }

  /** The replica of the left origin of the first insertion; null for the start. */
  public @Nullable ReplicaId leftReplica() {
    return partStart > 0 ? columns.replica() : rows.replica(partRow);
  }

  /** The sequence number that goes with {@link #leftReplica}. */
  public long leftSeq() {
    return partStart > 0 ? partSeq - 1 : rows.seq(partRow);
  }

  /** The replica of the right origin of the insertions; null for the end. */
  public @Nullable ReplicaId rightReplica() {
    return rows.rightReplica(partRow);
  }

  /** The sequence number that goes with {@link #rightReplica}. */
  public long rightSeq() {
    return rows.rightSeq(partRow);
  }

  /** The replica whose units the first deletion of the part deletes. */
  public ReplicaId target() {
    return target(partRow);
  }

  private ReplicaId target(int at) {
    ReplicaId target = rows.replica(at);
    if (target == null) {
      throw new IllegalStateException("row " + at + " names no unit to delete");
    }
    return target;
  }

  /** The lowest sequence number that the first deletion of the part deletes. */
  public long targetSeq() {
    return seqOfDeletion(0);
  }

  /** The lowest sequence number that any deletion of the part deletes. */
  public long lowestSeq() {
    return kind() == OperationRows.DELETE_BACK ? seqOfDeletion(partOperations - 1) : targetSeq();
  }

  private long seqOfDeletion(int operation) {
    long distance = (long) (partStart + operation) * width();
    return rows.seq(partRow) + (kind() == OperationRows.DELETE_BACK ? -distance : distance);
  }

  /** How many more ranges the deletion has, if it is only one; they are the rows that follow. */
  public int joined() {
    return partJoined;
  }

  /** The rows' number of the part. */
  public int partRow() {
    return partRow;
  }

  /** Where the {@link OtherOperations} of the part start. */
  public int partOther() {
    return partOther;
  }

  /** One of the operations of the part, as an object, if a single change was entered. */
  public Operation operation(int number) {
    int kind = kind();
    if (kind == OperationRows.OTHER) {
      return other(number);
    }
    if (kind == OperationRows.INSERT) {
      return insertion(number);
    }
    if (joined() == 0) {
      return new Operation.TextDelete(target(), seqOfDeletion(number), width());
    }
    ArrayList<ElementRange> ranges = new ArrayList<>();
    for (int at = partRow; at <= partRow + joined(); at++) {
      ranges.add(range(target(at), rows.seq(at), rows.width(at)));
    }
    return new Operation.TextDelete(ranges);
  }

  private Operation other(int number) {
    OtherOperations others = rows.others();
    int index = partOther + number;
    if (index < reachedOther) {
      reachedOther = partOther;
      reachedSeq = partSeq;
    }
    while (reachedOther < index) {
      reachedSeq += others.idsUsed(reachedOther++);
    }
    int ordinal = enteredOperations - operationsLeft - partOperations + number;
    return others.operation(index, columns.replica(), timeBefore, ordinal, reachedSeq);
  }

  private Operation insertion(int number) {
    int width = width();
    long first = partSeq + (long) number * width;
    int from = partText + number * width;
    boolean continues = partStart + number > 0;
    ReplicaId left = continues ? columns.replica() : rows.replica(partRow);
    return new Operation.TextInsert(
        columns.replica(),
        first,
        left,
        continues ? first - 1 : rows.seq(partRow),
        rows.rightReplica(partRow),
        rows.rightSeq(partRow),
        rows.text().substring(from, from + width));
  }

  private static ElementRange range(ReplicaId replica, long seq, int length) {
    return new ElementRange(new ElementId(replica, seq), length);
  }
}
