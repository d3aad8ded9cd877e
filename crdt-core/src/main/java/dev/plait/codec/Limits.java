package dev.plait.codec;

/**
 * The bounds on what is accepted from elsewhere, all in one place. Immutable.
 *
 * @param maxFrameBytes size of one session frame
 * @param maxSnapshotBytes size of one encoded snapshot
 * @param maxChangeBytes estimated size of one change, so that it fits a frame
 * @param maxChunkChanges changes in one chunk
 * @param maxChangeOperations operations in one change
 * @param maxListLength entries of any other repeated field
 * @param maxNesting levels of nested values, and of nested containers
 * @param maxNameBytes UTF-8 bytes of a document name, root name or map key
 * @param maxPendingChanges changes waiting for what they miss, per document
 * @param maxPendingBytes their size in bytes
 * @param maxPayloadBytes size of the changes of one chunk when inflated
 * @param maxInflation how many times as large as before, with 1 KiB more, anything may become when
 *     inflated
 * @param maxDocuments documents in one session
 * @param maxUnacknowledgedBytes changes and parts of snapshots that a peer may send ahead of their
 *     acknowledgement, per session
 * @param maxPresenceBytes size of what a replica shows of itself in one document
 */
public record Limits(
    int maxFrameBytes,
    int maxSnapshotBytes,
    int maxChangeBytes,
    int maxChunkChanges,
    int maxChangeOperations,
    int maxListLength,
    int maxNesting,
    int maxNameBytes,
    int maxPendingChanges,
    long maxPendingBytes,
    int maxPayloadBytes,
    int maxInflation,
    int maxDocuments,
    int maxUnacknowledgedBytes,
    int maxPresenceBytes) {
  /** The documented defaults. */
  public static Limits defaults() {
    return new Limits(
        1 << 20, 1 << 28, 1_000_000, 1 << 20, 1 << 17, 1 << 20, 16, 1 << 10, 10_000, 8L << 20,
        4 << 20, 64, 1 << 16, 4 << 20, 4 << 10);
  }

  /** A copy with another bound on pending changes. */
  public Limits withPending(int changes, long bytes) {
    return new Limits(
        maxFrameBytes,
        maxSnapshotBytes,
        maxChangeBytes,
        maxChunkChanges,
        maxChangeOperations,
        maxListLength,
        maxNesting,
        maxNameBytes,
        changes,
        bytes,
        maxPayloadBytes,
        maxInflation,
        maxDocuments,
        maxUnacknowledgedBytes,
        maxPresenceBytes);
  }
}
