package dev.plait.wire;

import java.util.Arrays;

/**
 * What the rows so far make likely for the next one; kept in the same way by writer and reader.
 * Replicas are indexes of the table, the author's is 0. Not thread-safe.
 */
final class RowMemory {
  /** In place of a replica: none. */
  static final int NONE = -1;

  static final int AUTHOR = 0;

  private long[] lasts;
  private int cursorReplica = NONE;
  private long cursorSeq;
  private int rightReplica = NONE;
  private long rightSeq;

  /** The memory before the first row. */
  RowMemory(int replicas) {
    lasts = new long[replicas];
  }

  /** Forgets all rows. */
  void restart(int replicas) {
    if (replicas > lasts.length) {
      lasts = new long[replicas];
    } else {
      lasts[AUTHOR] = 0;
      if (replicas > 1) {
        Arrays.fill(lasts, 0, replicas, 0);
      }
    }
    cursorReplica = NONE;
    cursorSeq = 0;
    rightReplica = NONE;
    rightSeq = 0;
  }

  int cursorReplica() {
    return cursorReplica;
  }

  long cursorSeq() {
    return cursorSeq;
  }

  int rightReplica() {
    return rightReplica;
  }

  long rightSeq() {
    return rightSeq;
  }

  /** What the named ids of a replica are written as the distance from. */
  long last(int replica) {
    return replica < lasts.length ? lasts[replica] : 0;
  }

  /** A unit was named. */
  void name(int replica, long seq) {
    if (replica >= lasts.length) {
      lasts = Arrays.copyOf(lasts, Math.max(replica + 1, 2 * lasts.length));
    }
    lasts[replica] = seq;
  }

  /** A row of insertions ended with this unit. */
  void insert(int newRightReplica, long newRightSeq, long lastSeq) {
    rightReplica = newRightReplica;
    rightSeq = newRightSeq;
    name(AUTHOR, lastSeq);
    cursorReplica = AUTHOR;
    cursorSeq = lastSeq;
  }

  /** A row of deletions went down to this unit. */
  void delete(int replica, long lowestSeq) {
    name(replica, lowestSeq - 1);
    cursorReplica = replica;
    cursorSeq = lowestSeq - 1;
  }
}
