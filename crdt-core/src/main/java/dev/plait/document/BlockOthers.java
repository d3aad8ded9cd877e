package dev.plait.document;

import dev.plait.change.ChangeColumns;
import dev.plait.change.ChangeWalk;
import dev.plait.change.OperationTimes;
import dev.plait.change.OtherOperations;
import dev.plait.clock.ReplicaId;
import dev.plait.crdt.AddWinsSet;
import dev.plait.crdt.Crdt;
import dev.plait.crdt.LwwMap;
import dev.plait.crdt.Operation;
import dev.plait.crdt.Rollback;
import org.jspecify.annotations.Nullable;

/**
 * Applies operations of blocks that are not on text: writes of maps and edits of sets straight from
 * their columns, all others as objects. Like {@link BlockOperations} it only says whether
 * everything is in order.
 */
final class BlockOthers {
  private final DocumentState state;
  private final Rollback rollback;

  /** Whose ids were asked for last, as mostly the same are asked for again. */
  private @Nullable ReplicaId asked;

  /** The first of them that was not given out yet. */
  private long unissued;

  BlockOthers(DocumentState state, Rollback rollback) {
    this.state = state;
    this.rollback = rollback;
  }

  /**
   * Applies those of the part where a walk is.
   *
   * @param times stands before the first of them, and at the last one afterwards
   * @param alone whether they are all that may be refused; then they are looked at first and need
   *     no way back
   */
  boolean apply(
      ChangeColumns columns,
      ChangeWalk walk,
      OperationTimes times,
      Container container,
      boolean alone) {
    asked = null;
    Rollback back = alone && areAllowed(columns, walk, container.crdt()) ? null : rollback;
    OtherOperations others = columns.rows().others();
    ReplicaId author = columns.replica();
    Crdt crdt = container.crdt();
    int first = walk.partOther();
    int end = first + walk.partOperations();
    long nextSeq = walk.partSeq();
    for (int i = first; i < end; i++) {
      times.next();
      if (others.kind(i) == OtherOperations.OBJECT) {
        if (!applyObject(others.object(i), author, times, container, nextSeq)) {
          return false;
        }
      } else if (back == null || isAllowed(others, i, author, nextSeq, crdt)) {
        apply(others, i, author, times.time(), times.ordinal(), nextSeq, crdt, back);
      } else {
        return false;
      }
      nextSeq += others.idsUsed(i);
    }
    return true;
  }

  /** Applies the only operation there is, if it stands in columns. */
  boolean applySingle(ChangeColumns columns, Crdt crdt) {
    asked = null;
    OtherOperations others = columns.rows().others();
    if (others.kind(0) == OtherOperations.OBJECT
        || !isAllowed(others, 0, columns.replica(), columns.firstSeq(), crdt)) {
      return false;
    }
    apply(others, 0, columns.replica(), columns.firstTime(), 0, columns.firstSeq(), crdt, null);
    return true;
  }

  /** Whether all operations of a part stand in columns, and none will be refused. */
  private boolean areAllowed(ChangeColumns columns, ChangeWalk walk, Crdt crdt) {
    OtherOperations others = columns.rows().others();
    int first = walk.partOther();
    int end = first + walk.partOperations();
    long nextSeq = walk.partSeq();
    for (int i = first; i < end; i++) {
      if (others.kind(i) == OtherOperations.OBJECT
          || !isAllowed(others, i, columns.replica(), nextSeq, crdt)) {
        return false;
      }
      nextSeq += others.idsUsed(i);
    }
    return true;
  }

  /** What {@link OperationCheck} asks, of an operation whose own names follow from its place. */
  private boolean isAllowed(
      OtherOperations others, int index, ReplicaId author, long nextSeq, Crdt crdt) {
    if (others.kind(index) <= OtherOperations.TAKE) {
      return crdt instanceof LwwMap && LwwMap.isKey(others.key(index));
    }
    ReplicaId named = others.replica(index);
    return crdt instanceof AddWinsSet
        && (named == null || others.seq(index) < firstUnissued(named, author, nextSeq));
  }

  private long firstUnissued(ReplicaId owner, ReplicaId author, long nextSeq) {
    if (owner.equals(author)) {
      return nextSeq;
    }
    if (!owner.equals(asked)) {
      asked = owner;
      unissued = state.authors.get(owner).nextSeq;
    }
    return unissued;
  }

  private static void apply(
      OtherOperations others,
      int index,
      ReplicaId author,
      long time,
      int ordinal,
      long nextSeq,
      Crdt crdt,
      @Nullable Rollback back) {
    if (crdt instanceof LwwMap map) {
      map.applyWrite(others.key(index), others.content(index), author, time, ordinal, back);
      return;
    }
    AddWinsSet set = (AddWinsSet) crdt;
    ReplicaId named = others.replica(index);
    if (others.kind(index) == OtherOperations.ADD) {
      long seq = named == null ? 0 : others.seq(index);
      set.applyAdd(author, nextSeq, others.value(index), named, seq, back);
    } else if (named != null) {
      set.applyRemove(named, others.seq(index), back);
    }
  }

  private boolean applyObject(
      Operation operation,
      ReplicaId author,
      OperationTimes times,
      Container container,
      long nextSeq) {
    OperationCheck check = new OperationCheck(state, author, times.time());
    if (check.check(container.id(), operation, times.ordinal(), nextSeq, container.crdt())
        != null) {
      return false;
    }
    container.crdt().applyUntold(operation, rollback);
    return true;
  }
}
