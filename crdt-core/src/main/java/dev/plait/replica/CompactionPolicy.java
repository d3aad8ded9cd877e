package dev.plait.replica;

/**
 * When a replica makes smaller, in the background, what it keeps of a document. Immutable.
 *
 * <p>Merging loses nothing: it puts few large chunks in the place of many small ones. Giving up the
 * history does: whoever lacks changes that are only held as state is sent the whole state, which
 * costs more than the few changes it may lack, and a branch that a restored replica has made can't
 * be taken out any more. So the defaults give it up late, when it has grown large both by itself
 * and beside the state. And whatever the policy, the history of a document stays until peers have
 * said, since the replica was built, that they hold everything that was made here: a replica that
 * never meets a peer gives nothing up by itself.
 *
 * <p>Documents are looked at when they are used, and when a peer says what it holds. On demand
 * there are {@link Replica#compact} and {@link Replica#mergeChunks}.
 *
 * @param chunks chunks are merged when so many have been added since; at least 2, or {@link
 *     Long#MAX_VALUE} for never
 * @param historyBytes the history is kept up to so many bytes of chunks; from 0, or {@link
 *     Long#MAX_VALUE} for ever
 * @param historyRatio the history is kept up to so many times the bytes of a snapshot; from 1
 */
public record CompactionPolicy(long chunks, long historyBytes, int historyRatio) {
  private static final CompactionPolicy DEFAULTS = new CompactionPolicy(512, 4 << 20, 4);
  private static final CompactionPolicy NONE =
      new CompactionPolicy(Long.MAX_VALUE, Long.MAX_VALUE, 1);

  /**
   * Checks the numbers.
   *
   * @throws ReplicaException INVALID_COMPACTION
   */
  public CompactionPolicy {
    if (chunks < 2 || historyBytes < 0 || historyRatio < 1) {
      throw new ReplicaException(
          ReplicaException.INVALID_COMPACTION,
          "at least 2 chunks are merged, and a history is given up above 0 bytes or more and a"
              + " ratio of 1 or more, not "
              + chunks
              + " chunks, "
              + historyBytes
              + " bytes and a ratio of "
              + historyRatio);
    }
  }

  /**
   * Merges after 512 chunks; gives up a history of more than 4 MiB that takes more than 4 times
   * what a snapshot does.
   */
  public static CompactionPolicy defaults() {
    return DEFAULTS;
  }

  /** Nothing happens in the background. */
  public static CompactionPolicy none() {
    return NONE;
  }

  /** The same, but merges after so many chunks. */
  public CompactionPolicy withChunks(long number) {
    return new CompactionPolicy(number, historyBytes, historyRatio);
  }

  /** The same, but keeps a history up to so many bytes, and so many times a snapshot's. */
  public CompactionPolicy withHistory(long bytes, int ratio) {
    return new CompactionPolicy(chunks, bytes, ratio);
  }

  /** How many bytes a history may take beside a snapshot of so many. */
  long historyLimit(long snapshotBytes) {
    return Math.max(historyBytes, historyRatio * snapshotBytes);
  }
}
