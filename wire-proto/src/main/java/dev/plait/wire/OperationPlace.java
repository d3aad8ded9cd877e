package dev.plait.wire;

import dev.plait.change.OtherOperations;
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

  /** The operation of a column that stands here. */
  Operation operation(OtherOperations others, int index) {
    return others.operation(index, replica, time.bits(), ordinal, nextSeq);
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
    nextSeq = behind(direction, nextSeq, operation.idsUsed());
    ordinal++;
  }

  /** The sequence number that is free behind so many that are used from {@code seq} on. */
  static long behind(Direction direction, long seq, int used) {
    if (used > Long.MAX_VALUE - seq) {
      throw direction.invalid("the replica's sequence numbers end at 2^63-1");
    }
    return seq + used;
  }
}
