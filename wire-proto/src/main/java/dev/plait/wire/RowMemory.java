package dev.plait.wire;

/**
 * What the rows so far make likely for the next one; kept in the same way by writer and reader.
 * Replicas are indexes of the table, the author's is 0. Not thread-safe.
 */
final class RowMemory {
  /** In place of a replica: none. */
  static final int NONE = -1;

  static final int AUTHOR = 0;

  private final LastSeqs lasts;
  private int cursorReplica = NONE;
  private long cursorSeq;
  private int rightReplica = NONE;
  private long rightSeq;

  /** The memory before the first row. */
  RowMemory(int replicas) {
    lasts = new LastSeqs(replicas);
  }

  /** Forgets all rows. */
  void restart(int replicas) {
    lasts.restart(replicas);
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
    return lasts.of(replica);
  }

  /** A unit was named. */
  void name(int replica, long seq) {
    lasts.set(replica, seq);
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
