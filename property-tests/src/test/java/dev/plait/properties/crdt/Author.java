package dev.plait.properties.crdt;

import dev.plait.clock.ElementId;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.crdt.Operation;

/** What a replica needs to make an edit: the stamp and the first element id of the next one. */
final class Author {
  private final ReplicaId replica;
  private long lamport;
  private int ordinal;
  private long nextSeq = 1;

  Author(ReplicaId replica) {
    this.replica = replica;
  }

  /** Begins the next edit: a change of its own, or the next operation of the previous one. */
  void begin(boolean sameChange) {
    if (sameChange) {
      ordinal++;
    } else {
      lamport++;
      ordinal = 0;
    }
  }

  /** Takes note of an operation of another replica. */
  void hear(long otherLamport) {
    lamport = Math.max(lamport, otherLamport);
  }

  /** Ends an edit; its element ids are used up. */
  void used(Operation operation) {
    nextSeq += operation.idsUsed();
  }

  /** Concurrent edits often have the same time, so that the replica has to decide. */
  Stamp stamp() {
    HybridTimestamp time = new HybridTimestamp(HybridTimestamp.MIN_VALID.bits() + lamport);
    return new Stamp(time, replica, ordinal);
  }

  ElementId firstId() {
    return new ElementId(replica, nextSeq);
  }

  long lamport() {
    return lamport;
  }
}
