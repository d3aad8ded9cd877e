package dev.plait.document;

import dev.plait.change.ChangeColumns;
import dev.plait.change.ChangeWalk;
import dev.plait.change.ContainerId;
import dev.plait.change.OperationRows;
import dev.plait.change.OperationTimes;
import dev.plait.clock.ReplicaId;
import dev.plait.crdt.Rollback;
import dev.plait.crdt.Text;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Applies the operations of several changes of one replica at once, as many at a time as stand in
 * one row.
 *
 * <p>It only finds out that everything is in order, or that something is not; what exactly, and for
 * which change, is for the way change by change to say, which comes to the same result.
 */
final class BlockOperations {
  // How much of a word each part of a range takes when ranges are put in order. What does not fit
  // is
  // rare enough for the way change by change.
  private static final int ROW_BITS = 13;
  private static final int SEQ_BITS = 38;
  private static final int OWNER_BITS = 12;

  private final DocumentState state;
  private final Rollback rollback;
  private final BlockOthers others;

  /**
   * For the changes of a document.
   *
   * @param rollback takes the way back; to be run if {@link #apply} says no, and forgotten if not
   */
  BlockOperations(DocumentState state, Rollback rollback) {
    this.state = state;
    this.rollback = rollback;
    this.others = new BlockOthers(state, rollback);
  }

  /**
   * Applies the next changes of a walk, and moves it past them.
   *
   * @return whether all of them could be applied
   */
  boolean apply(ChangeColumns columns, ChangeWalk walk, int count) {
    OperationTimes times = columns.rows().others().size() == 0 ? null : walk.times();
    walk.enter(count);
    boolean only = true;
    while (walk.nextPart()) {
      ContainerId id = walk.container();
      Container known = state.containers.find(id);
      if (known == null && id.depth() > ContainerId.MAX_DEPTH) {
        return false;
      }
      Container container = known != null ? known : Container.empty(id);
      boolean alone = only && walk.isLastPart();
      only = false;
      if (!isInPlace(columns.replica(), walk, id)
          || !applyPart(columns, walk, times, container, alone)) {
        return false;
      }
      if (known == null) {
        state.containers.add(container);
        rollback.add(() -> state.containers.remove(container));
      }
    }
    return true;
  }

  private boolean applyPart(
      ChangeColumns columns,
      ChangeWalk walk,
      @Nullable OperationTimes times,
      Container container,
      boolean alone) {
    if (times != null && walk.kind() == OperationRows.OTHER) {
      return others.apply(columns, walk, times, container, alone);
    }
    if (times != null) {
      times.skip(walk.partOperations());
    }
    // What is refused as a whole has changed nothing.
    Rollback back = alone ? null : rollback;
    return container.crdt() instanceof Text text && applyText(columns, walk, text, back);
  }

  /**
   * Applies the only operation there is, if it is on a root that is there: on a text, or a write of
   * a map or edit of a set that stands in columns.
   */
  boolean applySingle(ChangeColumns columns) {
    OperationRows rows = columns.rows();
    ContainerId id = rows.container(0);
    Container container = id.parent() == null ? state.containers.find(id) : null;
    if (container == null) {
      return false;
    }
    if (rows.kind(0) == OperationRows.OTHER) {
      return others.applySingle(columns, container.crdt());
    }
    return container.crdt() instanceof Text text && applySingle(columns, text);
  }

  private static boolean applySingle(ChangeColumns columns, Text text) {
    OperationRows rows = columns.rows();
    ReplicaId named = rows.replica(0);
    if (rows.kind(0) != OperationRows.INSERT) {
      return named != null
          && rows.seq(0) > 0
          && text.applyDelete(named, rows.seq(0), rows.width(0), null) == null;
    }
    return text.applyInsert(
            columns.replica(),
            columns.firstSeq(),
            named,
            rows.seq(0),
            rows.rightReplica(0),
            rows.rightSeq(0),
            rows.text(),
            0,
            rows.width(0),
            null)
        == null;
  }

  private boolean isInPlace(ReplicaId author, ChangeWalk walk, ContainerId id) {
    return id.parent() == null
        || new OperationCheck(state, author, 0).checkPlace(id, walk.partSeq()) == null;
  }

  private static boolean applyText(
      ChangeColumns columns, ChangeWalk walk, Text text, @Nullable Rollback back) {
    if (walk.kind() == OperationRows.INSERT) {
      return applyInsertions(columns, walk, text, back);
    }
    if (walk.joined() > 0) {
      return applyJoined(columns.rows(), walk, text, back);
    }
    long length = (long) walk.partOperations() * walk.width();
    long lowest = walk.lowestSeq();
    return lowest > 0
        && length <= Integer.MAX_VALUE
        && text.applyDelete(walk.target(), lowest, (int) length, back) == null;
  }

  private static boolean applyInsertions(
      ChangeColumns columns, ChangeWalk walk, Text text, @Nullable Rollback back) {
    StringBuilder units = columns.rows().text();
    int width = walk.width();
    int from = walk.partText();
    int to = from + walk.partOperations() * width;
    // Two operations that hold one half of a pair each would pass as one.
    for (int end = from + width; end < to; end += width) {
      if (Character.isHighSurrogate(units.charAt(end - 1))) {
        return false;
      }
    }
    return text.applyInsert(
            columns.replica(),
            walk.partSeq(),
            walk.leftReplica(),
            walk.leftSeq(),
            walk.rightReplica(),
            walk.rightSeq(),
            units,
            from,
            to,
            back)
        == null;
  }

  private static boolean applyJoined(
      OperationRows rows, ChangeWalk walk, Text text, @Nullable Rollback back) {
    int first = walk.partRow();
    int last = first + walk.joined();
    if (!areApart(rows, first, last)) {
      return false;
    }
    for (int row = first; row <= last; row++) {
      ReplicaId owner = rows.replica(row);
      if (owner == null
          || rows.seq(row) <= 0
          || text.applyDelete(owner, rows.seq(row), rows.width(row), back) != null) {
        return false;
      }
    }
    return true;
  }

  /** Whether no two ranges of one deletion name the same unit. */
  private static boolean areApart(OperationRows rows, int first, int last) {
    long[] ordered = new long[last - first + 1];
    for (int row = first; row <= last; row++) {
      int owner = rows.replicaNumber(row);
      long seq = rows.seq(row);
      if (owner < 0 || owner >= 1 << OWNER_BITS || seq <= 0 || seq >= 1L << SEQ_BITS) {
        return false;
      }
      if (row - first >= 1 << ROW_BITS) {
        return false;
      }
      ordered[row - first] = ((long) owner << SEQ_BITS | seq) << ROW_BITS | (row - first);
    }
    Arrays.sort(ordered);
    for (int i = 1; i < ordered.length; i++) {
      int before = first + (int) (ordered[i - 1] & ((1 << ROW_BITS) - 1));
      int behind = first + (int) (ordered[i] & ((1 << ROW_BITS) - 1));
      if (rows.replicaNumber(before) == rows.replicaNumber(behind)
          && rows.seq(behind) - rows.seq(before) < rows.width(before)) {
        return false;
      }
    }
    return true;
  }
}
