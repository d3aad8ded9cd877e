package dev.plait.wire;

import dev.plait.change.Change;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.codec.Limits;
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

  /** Checks all of a change that can be judged without the others and without its operations. */
  static void check(Direction direction, Limits limits, Change change) {
    checkDependencies(direction, change.dot().replica(), change.dependencies());
    checkTime(direction, change.time());
    if (change.firstSeq() < 1) {
      throw direction.invalid(
          "the first sequence number of a change is from 1, not " + change.firstSeq());
    }
    if (change.operations().isEmpty()) {
      throw direction.invalid("a change without operations; it takes at least one");
    }
    if (change.operations().size() > limits.maxChangeOperations()) {
      throw direction.tooMuch(
          "a change has "
              + change.operations().size()
              + " operations; at most "
              + limits.maxChangeOperations());
    }
  }

  /**
   * Checks that a change directly follows another.
   *
   * @param nextSeq the sequence number that is free behind {@code previous}
   */
  static void checkFollows(Direction direction, Change previous, long nextSeq, Change change) {
    boolean sameReplica = change.dot().replica().equals(previous.dot().replica());
    if (!sameReplica || change.dot().counter() - 1 != previous.dot().counter()) {
      throw direction.invalid(
          change.dot() + " does not follow " + previous.dot() + "; a chunk has no gaps");
    }
    if (!change.time().isAfter(previous.time())) {
      throw direction.invalid(
          change.dot() + " is not stamped later than " + previous.dot() + "; times ascend");
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
