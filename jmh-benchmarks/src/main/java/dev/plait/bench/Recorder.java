package dev.plait.bench;

import dev.plait.clock.ReplicaId;
import dev.plait.crdt.TextEdits;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects what edits of texts did, as {@link Operations}. Not thread-safe. */
final class Recorder implements TextEdits {
  private static final int FIRST_CAPACITY = 16;

  private final boolean joining;
  private @Nullable ReplicaId author;
  private long nextSeq;

  int size;
  ReplicaId[] replicas = new ReplicaId[FIRST_CAPACITY];
  long[] seqs = new long[FIRST_CAPACITY];
  int[] lengths = new int[FIRST_CAPACITY];
  @Nullable ReplicaId[] leftReplicas = new @Nullable ReplicaId[FIRST_CAPACITY];
  long[] leftSeqs = new long[FIRST_CAPACITY];
  @Nullable ReplicaId[] rightReplicas = new @Nullable ReplicaId[FIRST_CAPACITY];
  long[] rightSeqs = new long[FIRST_CAPACITY];
  int[] offsets = new int[FIRST_CAPACITY];
  final StringBuilder inserted = new StringBuilder();

  private Recorder(boolean joining) {
    this.joining = joining;
  }

  /** A recorder that keeps edits apart. */
  static Recorder ofEdits() {
    return new Recorder(false);
  }

  /** A recorder that makes one operation of edits that continue each other. */
  static Recorder ofRuns() {
    return new Recorder(true);
  }

  /** Says by whom, and from which sequence number on, the next insertion is made. */
  void next(ReplicaId replica, long seq) {
    author = replica;
    nextSeq = seq;
  }

  Operations operations() {
    return new Operations(this);
  }

  @Override
  public void inserted(
      @Nullable ReplicaId leftReplica,
      long leftSeq,
      @Nullable ReplicaId rightReplica,
      long rightSeq,
      String text) {
    ReplicaId replica = Objects.requireNonNull(author, "nobody was said to insert");
    int last = size - 1;
    if (joining
        && last >= 0
        && lengths[last] > 0
        && nextSeq == seqs[last] + lengths[last]
        && leftSeq == nextSeq - 1
        && rightSeq == rightSeqs[last]
        && replica.equals(replicas[last])
        && replica.equals(leftReplica)
        && Objects.equals(rightReplica, rightReplicas[last])) {
      lengths[last] += text.length();
    } else {
      int row = add(replica, nextSeq, text.length());
      leftReplicas[row] = leftReplica;
      leftSeqs[row] = leftSeq;
      rightReplicas[row] = rightReplica;
      rightSeqs[row] = rightSeq;
      offsets[row] = inserted.length();
    }
    inserted.append(text);
  }

  @Override
  public void deleted(ReplicaId owner, long seq, int length, int range) {
    int last = size - 1;
    if (joining && last >= 0 && lengths[last] < 0 && owner.equals(replicas[last])) {
      if (seq == seqs[last] - lengths[last]) {
        lengths[last] -= length;
        return;
      }
      if (seq + length == seqs[last]) {
        seqs[last] = seq;
        lengths[last] -= length;
        return;
      }
    }
    add(owner, seq, -length);
  }

  private int add(ReplicaId replica, long seq, int length) {
    int row = size;
    if (row == seqs.length) {
      grow(2 * row);
    }
    replicas[row] = replica;
    seqs[row] = seq;
    lengths[row] = length;
    size = row + 1;
    return row;
  }

  private void grow(int capacity) {
    replicas = Arrays.copyOf(replicas, capacity);
    seqs = Arrays.copyOf(seqs, capacity);
    lengths = Arrays.copyOf(lengths, capacity);
    leftReplicas = Arrays.copyOf(leftReplicas, capacity);
    leftSeqs = Arrays.copyOf(leftSeqs, capacity);
    rightReplicas = Arrays.copyOf(rightReplicas, capacity);
    rightSeqs = Arrays.copyOf(rightSeqs, capacity);
    offsets = Arrays.copyOf(offsets, capacity);
  }
}
