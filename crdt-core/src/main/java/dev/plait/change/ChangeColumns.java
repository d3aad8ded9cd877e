package dev.plait.change;

import dev.plait.clock.Dot;
import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.crdt.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * Why columns. A person who types makes one change a keystroke, and a paper has a quarter of a
 * million of them. As objects they would take a hundred times the room of the text. Most of what they
 * say is the same as in the change before: one operation, on the same container, one unit further, a
 * moment later. So changes of one replica are held side by side as columns, each column run-length
 * encoded, and operations on text that go on from each other are one row:
 *
 *   times        +100 x 8                              8 changes, 100 apart
 *   operations   1 x 8                                 one operation each
 *   rows         INSERT   5 ops of 1 unit, left, right   "h" "e" "l" "l" "o"
 *                DELETE   3 ops of 1 unit, back from o   "o" "l" "l"
 *   text         "hello"
 *
 * A row is what one typed without moving the cursor: every operation after the first has the unit
 * before it as left origin and the same right origin. An engine can apply a row, or any part of one,
 * as a whole. Operations of other types have columns of their own: see OtherOperations.
 *
 * What follows from something else is not stored: the counter of a change, the ids an operation uses.
 */
/**
 * Consecutive changes of one replica, as columns: what a document keeps as its history and what a
 * codec reads and writes.
 *
 * <p>Built by naming operations one after another and ending each change with {@link #endChange}.
 * Reading is by {@link ChangeWalk}, or change by change with {@link #changes}. An add costs
 * constant time and, when it goes on where the one before ended, no memory but that of its text.
 * Not thread-safe.
 */
public final class ChangeColumns {
  private final RunLengths steps = new RunLengths();
  private final RunLengths operationCounts = new RunLengths();
  private final OperationRows rows = new OperationRows();
  private final ArrayList<List<Dot>> dependencies = new ArrayList<>(0);
  private int[] dependents = {};
  private ReplicaId replica;
  private long firstCounter;
  private long firstSeq;
  private long previousTime;
  private long firstTime;
  private long lastTime;
  private int size;
  private int openOperations;

  /** No changes yet; the first one added will be the first of this replica. */
  public ChangeColumns(ReplicaId replica) {
    this(replica, 1, 1, 0);
  }

  /**
   * No changes yet.
   *
   * @param firstCounter the counter that the first change added gets, from 1
   * @param firstSeq the sequence number of the first id it may use, from 1
   * @param previousTime the time of the change before it, as bits of a {@link HybridTimestamp}; 0
   *     if there is none
   */
  public ChangeColumns(ReplicaId replica, long firstCounter, long firstSeq, long previousTime) {
    this.replica = replica;
    this.firstCounter = firstCounter;
    this.firstSeq = firstSeq;
    this.previousTime = previousTime;
    rows.reset(firstSeq);
  }

  /** Columns of these changes, which must be consecutive ones of one replica. */
  public static ChangeColumns of(List<Change> changes) {
    Change first = changes.get(0);
    ChangeColumns columns =
        new ChangeColumns(
            first.replica(), first.counter(), first.firstSeq(), first.previousTime().bits());
    changes.forEach(columns::add);
    return columns;
  }

  /** Forgets everything and starts over, as the constructor does. */
  public void reset(
      ReplicaId newReplica, long newFirstCounter, long newFirstSeq, long newPreviousTime) {
    if (!replica.equals(newReplica)) {
      replica = newReplica;
    }
    firstCounter = newFirstCounter;
    firstSeq = newFirstSeq;
    previousTime = newPreviousTime;
    size = 0;
    openOperations = 0;
    steps.clear();
    operationCounts.clear();
    if (!dependencies.isEmpty()) {
      dependencies.clear();
    }
    rows.reset(newFirstSeq);
  }

  // ---- what there is

  /** Whose changes these are. */
  public ReplicaId replica() {
    return replica;
  }

  /** How many changes there are; one that was not ended is not counted. */
  public int size() {
    return size;
  }

  /** The counter of the first change. */
  public long firstCounter() {
    return firstCounter;
  }

  /** The counter of the last change; one less than that of the first when there is none. */
  public long lastCounter() {
    return firstCounter + size - 1;
  }

  /** The sequence number of the first id the first change uses, or would use. */
  public long firstSeq() {
    return firstSeq;
  }

  /** The sequence number of the next id. */
  public long nextSeq() {
    return rows.nextSeq();
  }

  /**
   * The time of the change before the first one, as bits of a {@link HybridTimestamp}; 0 if there
   * is none.
   */
  public long previousTime() {
    return previousTime;
  }

  /** The time of the first change, as bits of a {@link HybridTimestamp}. */
  public long firstTime() {
    return firstTime;
  }

  /** The time of the last change, as bits of a {@link HybridTimestamp}. */
  public long lastTime() {
    return lastTime;
  }

  /** How many changes depend on changes of other replicas. */
  public int dependentCount() {
    return dependencies.size();
  }

  /** The index, among the changes, of the n-th that depends on others. Ascends with n. */
  public int dependent(int n) {
    return dependents[n];
  }

  /** What the n-th change that depends on others depends on; never empty. */
  public List<Dot> dependencies(int n) {
    return dependencies.get(n);
  }

  /** The operations of all changes, the open one included. */
  public OperationRows rows() {
    return rows;
  }

  /** From the time of each change to that of the next; one fewer than there are changes. */
  public RunLengths steps() {
    return steps;
  }

  /** How many operations each change has. */
  public RunLengths operationCounts() {
    return operationCounts;
  }

  // ---- adding

  /**
   * Adds an operation of any type to the open change. Its ids must be the next ones.
   *
   * @param time of the open change, as bits of a {@link HybridTimestamp}
   */
  public void add(ContainerId container, Operation operation, long time) {
    if (operation instanceof Operation.TextInsert insert) {
      ElementId left = insert.left();
      ElementId right = insert.right();
      insertText(
          container,
          left == null ? null : left.replica(),
          left == null ? 0 : left.seq(),
          right == null ? null : right.replica(),
          right == null ? 0 : right.seq(),
          insert.text());
    } else if (operation instanceof Operation.TextDelete delete && !delete.ranges().isEmpty()) {
      deleteText(container, delete.ranges());
    } else {
      rows.addOther(replica, time, openOperations, container, operation);
      openOperations++;
    }
  }

  /**
   * Adds an insertion of text to the open change; a null replica stands for the start or the end.
   */
  public void insertText(
      ContainerId container,
      @Nullable ReplicaId leftReplica,
      long leftSeq,
      @Nullable ReplicaId rightReplica,
      long rightSeq,
      String text) {
    rows.addInsert(replica, container, leftReplica, leftSeq, rightReplica, rightSeq, text);
    openOperations++;
  }

  /** Adds a deletion of one range to the open change. */
  public void deleteText(ContainerId container, ReplicaId owner, long seq, int length) {
    rows.addDelete(container, owner, seq, length);
    openOperations++;
  }

  /** Adds one more range to the last deletion. */
  public void joinText(ReplicaId owner, long seq, int length) {
    rows.joinDelete(owner, seq, length);
  }

  /** Adds a deletion of one or more ranges to the open change. */
  public void deleteText(ContainerId container, List<ElementRange> ranges) {
    ElementRange first = ranges.get(0);
    if (ranges.size() == 1) {
      rows.addDelete(container, first.first().replica(), first.first().seq(), first.length());
    } else {
      rows.addLoneDelete(container, first.first().replica(), first.first().seq(), first.length());
      for (ElementRange range : ranges.subList(1, ranges.size())) {
        rows.joinDelete(range.first().replica(), range.first().seq(), range.length());
      }
    }
    openOperations++;
  }

  /** How many operations the open change has. */
  public int openOperations() {
    return openOperations;
  }

  /** Takes the last operation of the open change away again. */
  public void removeLast() {
    rows.removeLast();
    openOperations--;
  }

  /**
   * Makes the operations added since the last end a change.
   *
   * @param time above that of the change before, as bits of a {@link HybridTimestamp}
   * @param dependsOn changes of other replicas
   */
  public void endChange(long time, List<Dot> dependsOn) {
    endChanges(1, openOperations, time, 0, dependsOn);
  }

  /**
   * Makes the operations added since the last end {@code count} changes with equally many
   * operations each.
   *
   * @param time of the first of them
   * @param step from the time of each to that of the next
   * @param dependsOn what the first of them depends on
   */
  public void endChanges(int count, int operations, long time, long step, List<Dot> dependsOn) {
    if (!dependsOn.isEmpty()) {
      addDependent(dependsOn);
    }
    if (size == 0) {
      firstTime = time;
    } else {
      steps.add(time - lastTime, 1);
    }
    if (count > 1) {
      steps.add(step, count - 1);
    }
    lastTime = time + step * (count - 1);
    operationCounts.add(operations, count);
    size += count;
    openOperations -= count * operations;
  }

  /**
   * Adds changes as {@link #endChanges} does, whose operations were or will be added to the {@link
   * #rows} directly.
   */
  public void addChanges(int count, int operations, long time, long step, List<Dot> dependsOn) {
    openOperations += count * operations;
    endChanges(count, operations, time, step, dependsOn);
  }

  private void addDependent(List<Dot> dependsOn) {
    int n = dependencies.size();
    if (n == dependents.length) {
      dependents = Arrays.copyOf(dependents, Math.max(4, 2 * n));
    }
    dependents[n] = size;
    dependencies.add(dependsOn);
  }

  /** Adds a whole change; its ids, counter and previous time must be the next ones. */
  public void add(Change change) {
    long time = change.time().bits();
    for (ContainerOperation operation : change.operations()) {
      add(operation.container(), operation.operation(), time);
    }
    endChange(time, change.dependencies());
  }

  /**
   * Adds changes of other columns; the first of them must be the next one here.
   *
   * @param walk stands before the first of them, and behind the last one afterwards
   * @param count how many
   */
  public void append(ChangeWalk walk, int count) {
    int left = count;
    while (left > 0) {
      List<Dot> dependsOn = walk.dependencies();
      int same = Math.min(left, walk.alike());
      int operations = walk.operations();
      long time = walk.time();
      long step = walk.step();
      addChanges(same, operations, time, step, dependsOn);
      walk.skipChanges(same, rows);
      left -= same;
    }
  }

  /**
   * Adds all changes of other columns, at least one; the first of them must be the next one here.
   */
  public void append(ChangeColumns others) {
    if (others.size > 1 || !rows.addOnly(others.replica, others.rows)) {
      append(others.walk(), others.size);
      return;
    }
    List<Dot> dependsOn = others.dependencies.isEmpty() ? List.of() : others.dependencies(0);
    int operations = (int) others.operationCounts.value(0);
    addChanges(1, operations, others.firstTime, 0, dependsOn);
  }

  // ---- reading

  /** A walk that starts before the first change. */
  public ChangeWalk walk() {
    return new ChangeWalk(this);
  }

  /** The changes from one index up to, not including, another, as objects. */
  public List<Change> changes(int from, int to) {
    ChangeWalk walk = walk();
    walk.skipChanges(from, null);
    ArrayList<Change> changes = new ArrayList<>(to - from);
    for (int i = from; i < to; i++) {
      changes.add(walk.change());
    }
    return changes;
  }

  @Override
  public String toString() {
    return "ChangeColumns["
        + replica.brief()
        + ":"
        + firstCounter
        + "-"
        + lastCounter()
        + ", "
        + rows.count()
        + " rows]";
  }
}
