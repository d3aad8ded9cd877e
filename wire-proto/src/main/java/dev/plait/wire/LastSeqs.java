package dev.plait.wire;

import java.util.Arrays;

/**
 * The sequence number that was named last of each replica, 0 for none; replicas are indexes of
 * their table. Not thread-safe.
 */
final class LastSeqs {
  private long[] seqs;

  /** Nothing named yet, of so many replicas; more may come. */
  LastSeqs(int replicas) {
    seqs = new long[replicas];
  }

  /** Goes back to nothing named. */
  void restart(int replicas) {
    if (replicas > seqs.length) {
      seqs = new long[replicas];
    } else if (replicas > 1) {
      Arrays.fill(seqs, 0, replicas, 0);
    } else {
      seqs[0] = 0;
    }
  }

  long of(int replica) {
    return replica < seqs.length ? seqs[replica] : 0;
  }

  void set(int replica, long seq) {
    if (replica >= seqs.length) {
      seqs = Arrays.copyOf(seqs, Math.max(replica + 1, 2 * seqs.length));
    }
    seqs[replica] = seq;
  }
}
