package dev.plait.wire;

import dev.plait.change.ChangeColumns;
import dev.plait.change.RunLengths;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;

/**
 * When the operations of columns were made, and at which position of their change: followed from
 * one to a later one. Confined to one call.
 */
final class OperationMoments {
  private final ReplicaId replica;
  private final RunLengths.Reader steps;
  private final RunLengths.Reader counts;
  private int changesLeft;
  private HybridTimestamp time;
  private long ofChange;
  private long firstOfChange;

  OperationMoments(ChangeColumns changes) {
    this.replica = changes.replica();
    this.steps = new RunLengths.Reader(changes.steps());
    this.counts = new RunLengths.Reader(changes.operationCounts());
    this.changesLeft = changes.size() - 1;
    this.time = new HybridTimestamp(changes.firstTime());
    this.ofChange = counts.skip(1);
  }

  /**
   * The place of an operation.
   *
   * @param operation how many come before it in all changes; never less than in the call before
   * @param nextSeq the sequence number of what it makes
   */
  OperationPlace place(Direction direction, long operation, long nextSeq) {
    if (operation - firstOfChange >= ofChange) {
      moveOn(operation);
    }
    if (operation - firstOfChange >= ofChange) {
      throw direction.malformed("there are more operations than the changes have");
    }
    return new OperationPlace(direction, replica, time, (int) (operation - firstOfChange), nextSeq);
  }

  private void moveOn(long operation) {
    long moved = time.bits();
    while (operation - firstOfChange >= ofChange && changesLeft > 0) {
      firstOfChange += ofChange;
      ofChange = counts.skip(1);
      moved += steps.skip(1);
      changesLeft--;
    }
    time = new HybridTimestamp(moved);
  }
}
