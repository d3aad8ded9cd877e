package dev.plait.bench;

import dev.plait.clock.ReplicaId;
import dev.plait.crdt.Refusal;
import dev.plait.crdt.Text;
import org.jspecify.annotations.Nullable;

/**
 * Operations on a text as columns, in the order in which they were made: what a decoder hands to a
 * text without an object for each. Immutable.
 */
final class Operations {
  private final int size;
  private final ReplicaId[] replicas;
  private final long[] seqs;
  private final int[] lengths;
  private final @Nullable ReplicaId[] leftReplicas;
  private final long[] leftSeqs;
  private final @Nullable ReplicaId[] rightReplicas;
  private final long[] rightSeqs;
  private final int[] offsets;
  private final String inserted;

  /** Takes the columns of a recorder over, which must not be used any more. */
  Operations(Recorder from) {
    size = from.size;
    replicas = from.replicas;
    seqs = from.seqs;
    lengths = from.lengths;
    leftReplicas = from.leftReplicas;
    leftSeqs = from.leftSeqs;
    rightReplicas = from.rightReplicas;
    rightSeqs = from.rightSeqs;
    offsets = from.offsets;
    inserted = from.inserted.toString();
  }

  int size() {
    return size;
  }

  /** Applies all of them to a text that has what they build on. */
  void applyTo(Text text) {
    for (int i = 0; i < size; i++) {
      applyTo(text, i);
    }
  }

  /** Applies one of them. */
  void applyTo(Text text, int operation) {
    int length = lengths[operation];
    ReplicaId replica = replicas[operation];
    long seq = seqs[operation];
    int from = offsets[operation];
    Refusal refusal =
        length < 0
            ? text.applyDelete(replica, seq, -length, null)
            : text.applyInsert(
                replica,
                seq,
                leftReplicas[operation],
                leftSeqs[operation],
                rightReplicas[operation],
                rightSeqs[operation],
                inserted,
                from,
                from + length,
                null);
    if (refusal != null) {
      throw new IllegalStateException("operation " + operation + " is refused: " + refusal);
    }
  }
}
