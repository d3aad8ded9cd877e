package dev.plait.wire;

import dev.plait.clock.ElementId;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.crdt.Operation;

/**
 * Where the next operation stands: in whose change, made when, at which position, with which
 * sequence number free. Moves on with every operation. Confined to one call.
 */
final class OperationPlace {
  private final Direction direction;
  private final ReplicaId replica;
  private final HybridTimestamp time;
  private int ordinal;
  private long nextSeq;

  /**
   * A place in a change.
   *
   * @param ordinal how many operations of the change stand before it
   * @param nextSeq the sequence number of what comes next, from 1
   */
  OperationPlace(
      Direction direction, ReplicaId replica, HybridTimestamp time, int ordinal, long nextSeq) {
    this.direction = direction;
    this.replica = replica;
    this.time = time;
    this.ordinal = ordinal;
    this.nextSeq = nextSeq;
  }

  /** The stamp of an operation that stands here. */
  Stamp stamp() {
    return new Stamp(time, replica, ordinal);
  }

  /** When an operation that stands here was made. */
  HybridTimestamp time() {
    return time;
  }

  /** The first thing an operation that stands here makes. */
  ElementId firstId() {
    return new ElementId(replica, nextSeq);
  }

  /** Whether an operation that stands here can have seen the element. */
  boolean canName(ElementId id) {
    return id.seq() < nextSeq || !id.replica().equals(replica);
  }

  /** The sequence number that is free behind the last operation. */
  long nextSeq() {
    return nextSeq;
  }

  /** Steps behind an operation. */
  void pass(Operation operation) {
    int used = operation.idsUsed();
    if (used > Long.MAX_VALUE - nextSeq) {
      throw direction.invalid("the replica's sequence numbers end at 2^63-1");
    }
    nextSeq += used;
    ordinal++;
  }
}
