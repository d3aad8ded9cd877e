package dev.plait.wire;

import dev.plait.change.Change;
import dev.plait.change.ContainerOperation;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import java.util.List;

/** What a change must keep to, alone and behind the one before it in the same chunk. */
final class ChangeRules {
  private ChangeRules() {}

  /** Checks the dependencies of a change of this replica. */
  static void checkDependencies(Direction direction, ReplicaId replica, List<Dot> dependencies) {
    if (!DotColumns.areAscending(dependencies)) {
      throw direction.invalid(
          "dependencies name each replica at most once, in ascending order: " + dependencies);
    }
    for (Dot dependency : dependencies) {
      if (dependency.replica().equals(replica)) {
        throw direction.invalid(
            "a change depends on "
                + dependency
                + " of its own replica; its own previous change is implied");
      }
    }
  }

  static void checkTime(Direction direction, HybridTimestamp time) {
    if (!time.isValid()) {
      throw direction.invalid(
          "a change is stamped "
              + time
              + "; stamps are from "
              + HybridTimestamp.MIN_VALID
              + " to "
              + HybridTimestamp.MAX_VALID);
    }
  }

  /** Checks what a change that is to be written says of the one before it. */
  static void checkPreviousTime(long counter, long previousTime, long time) {
    boolean fits =
        counter == 1
            ? previousTime == 0
            : new HybridTimestamp(previousTime).isValid()
                && HybridTimestamp.compare(previousTime, time) < 0;
    if (!fits) {
      throw Direction.ENCODING.invalid(
          "change "
              + counter
              + " is stamped "
              + new HybridTimestamp(time)
              + " after "
              + new HybridTimestamp(previousTime)
              + "; times ascend, and only the first change is after "
              + HybridTimestamp.ZERO);
    }
  }

  /**
   * Checks that changes follow each other without gaps, one after another, and that their
   * operations make the ids which are next.
   */
  static void checkRow(Direction direction, List<Change> changes) {
    if (changes.isEmpty()) {
      throw direction.invalid("a chunk of no changes; it takes at least one");
    }
    long nextSeq = checkIds(direction, changes.get(0));
    for (int i = 1; i < changes.size(); i++) {
      checkFollows(direction, changes.get(i - 1), nextSeq, changes.get(i));
      nextSeq = checkIds(direction, changes.get(i));
    }
  }

  private static long checkIds(Direction direction, Change change) {
    checkTime(direction, change.time());
    if (change.firstSeq() < 1) {
      throw direction.invalid(
          "the first sequence number of a change is from 1, not " + change.firstSeq());
    }
    OperationPlace place =
        new OperationPlace(direction, change.dot().replica(), change.time(), 0, change.firstSeq());
    for (ContainerOperation operation : change.operations()) {
      OperationRules.checkImplied(direction, operation.operation(), place);
      place.pass(operation.operation());
    }
    return place.nextSeq();
  }

  /**
   * Checks that a change directly follows another.
   *
   * @param nextSeq the sequence number that is free behind {@code previous}
   */
  private static void checkFollows(
      Direction direction, Change previous, long nextSeq, Change change) {
    boolean sameReplica = change.dot().replica().equals(previous.dot().replica());
    if (!sameReplica || change.dot().counter() - 1 != previous.dot().counter()) {
      throw direction.invalid(
          change.dot() + " does not follow " + previous.dot() + "; a chunk has no gaps");
    }
    if (!change.time().isAfter(previous.time())) {
      throw direction.invalid(
          change.dot() + " is not stamped later than " + previous.dot() + "; times ascend");
    }
    if (!change.previousTime().equals(previous.time())) {
      throw direction.invalid(
          change.dot()
              + " names "
              + change.previousTime()
              + " as the time of the change before it, which is "
              + previous.time());
    }
    if (change.firstSeq() != nextSeq) {
      throw direction.invalid(
          change.dot()
              + " starts at sequence number "
              + change.firstSeq()
              + "; the one before it ended at "
              + nextSeq);
    }
  }
}
