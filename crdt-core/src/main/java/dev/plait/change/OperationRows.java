package dev.plait.change;

import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.crdt.Operation;
import dev.plait.value.Content;
import dev.plait.value.Value;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The operations of {@link ChangeColumns}, one row for those on text that go on from each other.
 *
 * <p>Columns are read by row number; which of them have a meaning depends on the kind of row. The
 * ids that operations use are not stored: they are the next free ones, in order.
 */
public final class OperationRows {
  /**
   * {@code operations} insertions of {@code width} units each, the first with the two origins of
   * the row, each later one with the last unit of the one before as left origin.
   */
  public static final int INSERT = 0;

  /**
   * {@code operations} deletions of {@code width} units each, the first starting at the target,
   * each later one at the unit after those of the one before.
   */
  public static final int DELETE = 1;

  /** As {@link #DELETE}, but each later one ends directly before the units of the one before. */
  public static final int DELETE_BACK = 2;

  /** One more range of {@code width} units that the deletion of the row above deletes. */
  public static final int JOINED = 3;

  /** {@code operations} operations that are not on text: the next ones of {@link #others}. */
  public static final int OTHER = 4;

  private static final int FIRST_CAPACITY = 2;

  private final Table<ReplicaId> replicas = new Table<>();
  private final Table<ContainerId> containers = new Table<>();
  private final StringBuilder text = new StringBuilder();
  private final OtherOperations others = new OtherOperations();
  private byte[] kinds = new byte[FIRST_CAPACITY];
  private int[] containerIndexes = new int[FIRST_CAPACITY];
  private int[] operations = new int[FIRST_CAPACITY];
  private int[] widths = new int[FIRST_CAPACITY];
  private int[] replicaIndexes = new int[FIRST_CAPACITY];
  private long[] seqs = new long[FIRST_CAPACITY];
  private int[] rightIndexes = new int[FIRST_CAPACITY];
  private long[] rightSeqs = new long[FIRST_CAPACITY];
  private int count;
  private long nextSeq;

  OperationRows() {}

  void reset(long firstSeq) {
    replicas.clear();
    containers.clear();
    text.setLength(0);
    if (others.size() > 0) {
      others.clear();
    }
    count = 0;
    nextSeq = firstSeq;
  }

  // ---- what there is

  /** How many rows there are. */
  public int count() {
    return count;
  }

  /** Whether there is one operation, which deletes one range if it deletes, and nothing else. */
  public boolean isSingle() {
    return count == 1 && operations[0] == 1;
  }

  /** What a row holds: {@link #INSERT}, {@link #DELETE}, … */
  public int kind(int row) {
    return kinds[row];
  }

  /** The container of a row. */
  public ContainerId container(int row) {
    return containers.get(containerIndexes[row]);
  }

  /** How many operations a row holds; 1 for {@link #JOINED}. */
  public int operations(int row) {
    return operations[row];
  }

  /** How many units each operation of a row inserts or deletes; 0 for {@link #OTHER}. */
  public int width(int row) {
    return widths[row];
  }

  /**
   * The replica of the left origin of an {@link #INSERT}, null for the start; or of the target of a
   * deletion.
   */
  public @Nullable ReplicaId replica(int row) {
    return replicaIndexes[row] < 0 ? null : replicas.get(replicaIndexes[row]);
  }

  /** A number that the same rows have for the same {@link #replica} only; -1 if there is none. */
  public int replicaNumber(int row) {
    return replicaIndexes[row];
  }

  /** The sequence number that goes with {@link #replica}. */
  public long seq(int row) {
    return seqs[row];
  }

  /** The replica of the right origin of an {@link #INSERT}, null for the end. */
  public @Nullable ReplicaId rightReplica(int row) {
    return rightIndexes[row] < 0 ? null : replicas.get(rightIndexes[row]);
  }

  /** The sequence number that goes with {@link #rightReplica}. */
  public long rightSeq(int row) {
    return rightSeqs[row];
  }

  /** The text of all insertions, one after another. */
  public StringBuilder text() {
    return text;
  }

  /** The operations of all {@link #OTHER} rows, one after another. */
  public OtherOperations others() {
    return others;
  }

  /** The sequence number of the next id. */
  long nextSeq() {
    return nextSeq;
  }

  // ---- adding

  /** Adds one insertion of all of {@code inserted}. */
  void addInsert(
      ReplicaId author,
      ContainerId container,
      @Nullable ReplicaId leftReplica,
      long leftSeq,
      @Nullable ReplicaId rightReplica,
      long rightSeq,
      String inserted) {
    text.append(inserted);
    addInserts(
        author, container, leftReplica, leftSeq, rightReplica, rightSeq, 1, inserted.length());
  }

  /** Adds a row, or part of one, whose units were just appended to the text. */
  public void addInserts(
      ReplicaId author,
      ContainerId container,
      @Nullable ReplicaId leftReplica,
      long leftSeq,
      @Nullable ReplicaId rightReplica,
      long rightSeq,
      int added,
      int width) {
    if (goesOn(author, container, leftReplica, leftSeq, rightReplica, rightSeq, width)) {
      operations[count - 1] += added;
    } else {
      int row = newRow(INSERT, containers.indexOf(container), added, width);
      replicaIndexes[row] = leftReplica == null ? -1 : replicas.indexOf(leftReplica);
      seqs[row] = leftSeq;
      rightIndexes[row] = rightReplica == null ? -1 : replicas.indexOf(rightReplica);
      rightSeqs[row] = rightSeq;
    }
    nextSeq += (long) added * width;
  }

  /** Whether an insertion belongs into the last row; looked up without the tables. */
  private boolean goesOn(
      ReplicaId author,
      ContainerId container,
      @Nullable ReplicaId leftReplica,
      long leftSeq,
      @Nullable ReplicaId rightReplica,
      long rightSeq,
      int width) {
    int last = count - 1;
    if (last < 0
        || kinds[last] != INSERT
        || widths[last] != width
        || leftSeq != nextSeq - 1
        || rightSeqs[last] != rightSeq
        || !author.equals(leftReplica)
        || !container.equals(containers.get(containerIndexes[last]))) {
      return false;
    }
    int right = rightIndexes[last];
    return right < 0 ? rightReplica == null : replicas.get(right).equals(rightReplica);
  }

  /** Adds one deletion of one range. */
  void addDelete(ContainerId container, ReplicaId owner, long seq, int width) {
    addDeletes(container, owner, seq, DELETE, 1, width);
  }

  /** Adds a row of deletions, or part of one. */
  public void addDeletes(
      ContainerId container, ReplicaId owner, long seq, int kind, int added, int width) {
    int last = count - 1;
    int containerIndex = containers.indexOf(container);
    int target = replicas.indexOf(owner);
    if (last >= 0
        && (kinds[last] == DELETE || kinds[last] == DELETE_BACK)
        && widths[last] == width
        && containerIndexes[last] == containerIndex
        && replicaIndexes[last] == target) {
      long ahead = seq - seqs[last];
      long gone = (long) operations[last] * width;
      boolean single = operations[last] == 1;
      if (ahead == gone && (single || kinds[last] == DELETE) && (added == 1 || kind == DELETE)) {
        kinds[last] = DELETE;
        operations[last] += added;
        return;
      }
      if (ahead == -gone
          && (single || kinds[last] == DELETE_BACK)
          && (added == 1 || kind == DELETE_BACK)) {
        kinds[last] = DELETE_BACK;
        operations[last] += added;
        return;
      }
    }
    addDeleteRow(added == 1 ? DELETE : kind, containerIndex, added, width, target, seq);
  }

  /** Adds a deletion to which {@link #joinDelete} will add more ranges. */
  public void addLoneDelete(ContainerId container, ReplicaId owner, long seq, int width) {
    addDeleteRow(DELETE, containers.indexOf(container), 1, width, replicas.indexOf(owner), seq);
  }

  /** Adds a range to the last deletion, which gets a row of its own if it shares one. */
  public void joinDelete(ReplicaId owner, long seq, int width) {
    int last = count - 1;
    if (kinds[last] != JOINED && operations[last] > 1) {
      long distance = (long) (operations[last] - 1) * widths[last];
      long lastSeq = seqs[last] + (kinds[last] == DELETE_BACK ? -distance : distance);
      dropOperation(last);
      addDeleteRow(DELETE, containerIndexes[last], 1, widths[last], replicaIndexes[last], lastSeq);
    }
    addDeleteRow(JOINED, containerIndexes[count - 1], 1, width, replicas.indexOf(owner), seq);
  }

  private void addDeleteRow(
      int kind, int containerIndex, int added, int width, int target, long seq) {
    int row = newRow(kind, containerIndex, added, width);
    replicaIndexes[row] = target;
    seqs[row] = seq;
  }

  /**
   * Adds an operation that is not on text.
   *
   * @param author whose change it belongs to
   * @param time when that was made, as bits of a {@link HybridTimestamp}
   * @param ordinal how many operations of the change come before it
   */
  void addOther(
      ReplicaId author, long time, int ordinal, ContainerId container, Operation operation) {
    others.add(operation, author, time, ordinal, nextSeq);
    countOther(container);
  }

  /** Adds an operation that is not on text, to be kept as an object. */
  public void addObject(ContainerId container, Operation operation) {
    others.addObject(operation);
    countOther(container);
  }

  /** Adds an {@link Operation.MapPut}. */
  public void addPut(ContainerId container, String key, Content content) {
    others.addPut(key, content);
    countOther(container);
  }

  /** Adds an {@link Operation.MapRemove}. */
  public void addTake(ContainerId container, String key) {
    others.addTake(key);
    countOther(container);
  }

  /** Adds an {@link Operation.SetAdd} that replaces one entry, or none if there is no replica. */
  public void addAdd(ContainerId container, Value value, @Nullable ReplicaId replaced, long seq) {
    others.addAdd(value, replaced, seq);
    countOther(container);
  }

  /** Adds an {@link Operation.SetRemove} of one entry. */
  public void addRemove(ContainerId container, ReplicaId observed, long seq) {
    others.addRemove(observed, seq);
    countOther(container);
  }

  /** Adds some of the {@link #others} of other rows. */
  void addOthers(ContainerId container, OtherOperations from, int first, int added) {
    for (int i = first; i < first + added; i++) {
      others.add(from, i);
      countOther(container);
    }
  }

  /** The row of an operation that was just added to the others. */
  private void countOther(ContainerId container) {
    int containerIndex = containers.indexOf(container);
    int last = count - 1;
    if (last >= 0 && kinds[last] == OTHER && containerIndexes[last] == containerIndex) {
      operations[last]++;
    } else {
      newRow(OTHER, containerIndex, 1, 0);
    }
    nextSeq += others.idsUsed(others.size() - 1);
  }

  /** Adds what other rows hold, if that is a single one; whether it was. */
  boolean addOnly(ReplicaId author, OperationRows other) {
    if (other.count != 1) {
      return false;
    }
    if (other.kinds[0] == OTHER) {
      addOthers(other.container(0), other.others, 0, other.operations[0]);
      return true;
    }
    ReplicaId named = other.replica(0);
    int added = other.operations[0];
    int width = other.widths[0];
    if (other.kinds[0] == INSERT) {
      if (other.text.length() == 1) {
        text.append(other.text.charAt(0));
      } else {
        text.append(other.text);
      }
      addInserts(
          author,
          other.container(0),
          named,
          other.seqs[0],
          other.rightReplica(0),
          other.rightSeqs[0],
          added,
          width);
    } else if (named != null) {
      addDeletes(other.container(0), named, other.seqs[0], other.kinds[0], added, width);
    }
    return true;
  }

  private int newRow(int kind, int containerIndex, int added, int width) {
    int row = count;
    if (row == kinds.length) {
      grow(2 * row);
    }
    kinds[row] = (byte) kind;
    containerIndexes[row] = containerIndex;
    operations[row] = added;
    widths[row] = width;
    count = row + 1;
    return row;
  }

  private void grow(int capacity) {
    kinds = Arrays.copyOf(kinds, capacity);
    containerIndexes = Arrays.copyOf(containerIndexes, capacity);
    operations = Arrays.copyOf(operations, capacity);
    widths = Arrays.copyOf(widths, capacity);
    replicaIndexes = Arrays.copyOf(replicaIndexes, capacity);
    seqs = Arrays.copyOf(seqs, capacity);
    rightIndexes = Arrays.copyOf(rightIndexes, capacity);
    rightSeqs = Arrays.copyOf(rightSeqs, capacity);
  }

  // ---- taking back

  /** Takes the last operation away again. */
  void removeLast() {
    while (kinds[count - 1] == JOINED) {
      count--;
    }
    int last = count - 1;
    if (kinds[last] == INSERT) {
      text.setLength(text.length() - widths[last]);
      nextSeq -= widths[last];
    } else if (kinds[last] == OTHER) {
      nextSeq -= others.idsUsed(others.size() - 1);
      others.removeLast();
    }
    dropOperation(last);
  }

  private void dropOperation(int row) {
    operations[row]--;
    if (operations[row] == 0) {
      count--;
    } else if (operations[row] == 1 && kinds[row] == DELETE_BACK) {
      kinds[row] = DELETE; // one deletion has no direction
    }
  }
}
