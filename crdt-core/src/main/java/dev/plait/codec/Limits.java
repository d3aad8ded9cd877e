package dev.plait.codec;

/**
 * The bounds on what is accepted from elsewhere, all in one place; {@code docs/formats.md} has them
 * as a table.
 *
 * <p>Each is checked before anything is allocated for what it bounds. What is above a limit is
 * refused with {@link ProtocolException#LIMIT_EXCEEDED}, or waits, or is not asked for. Replicas
 * need not have the same limits, but one with lower ones may be unable to take what others made.
 * Immutable.
 *
 * @param maxFrameBytes bytes of one session frame; default 1 MiB
 * @param maxSnapshotBytes bytes of one encoded snapshot or bundle, also when inflated, and elements
 *     in all its runs; default 256 MiB
 * @param maxChangeBytes estimated bytes of one change, so that it fits a frame; default 1,000,000
 * @param maxChunkChanges changes in one chunk; default 2^20
 * @param maxChangeOperations operations in one change; default 2^17
 * @param maxListLength entries of any other repeated field; default 2^20
 * @param maxNesting levels of nested values, and of nested containers; default 16
 * @param maxNameBytes UTF-8 bytes of a document name, root name or map key; default 1 KiB
 * @param maxPendingChanges changes waiting for what they miss, per document, and as many that wait
 *     for their time; default 10,000
 * @param maxPendingBytes bytes of the changes waiting for what they miss, per document; default 8
 *     MiB
 * @param maxPayloadBytes bytes of the changes of one chunk when inflated; default 4 MiB
 * @param maxInflation how many times as large as before, with 1 KiB more, anything may become when
 *     inflated; default 64
 * @param maxDocuments documents that one session talks about; default 2^16
 * @param maxUnacknowledgedBytes bytes of changes and snapshots a peer may send ahead of our
 *     acknowledgements, per session; default 4 MiB
 * @param maxPresenceBytes bytes of what one replica shows of itself in one document; default 4 KiB
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
    return builder().build();
  }

  /** Starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A copy with another bound on pending changes. */
  public Limits withPending(int changes, long bytes) {
    return toBuilder().maxPendingChanges(changes).maxPendingBytes(bytes).build();
  }

  /** Starts from these limits. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.maxFrameBytes = maxFrameBytes;
    builder.maxSnapshotBytes = maxSnapshotBytes;
    builder.maxChangeBytes = maxChangeBytes;
    builder.maxChunkChanges = maxChunkChanges;
    builder.maxChangeOperations = maxChangeOperations;
    builder.maxListLength = maxListLength;
    builder.maxNesting = maxNesting;
    builder.maxNameBytes = maxNameBytes;
    builder.maxPendingChanges = maxPendingChanges;
    builder.maxPendingBytes = maxPendingBytes;
    builder.maxPayloadBytes = maxPayloadBytes;
    builder.maxInflation = maxInflation;
    builder.maxDocuments = maxDocuments;
    builder.maxUnacknowledgedBytes = maxUnacknowledgedBytes;
    builder.maxPresenceBytes = maxPresenceBytes;
    return builder;
  }

  /**
   * Sets some limits and leaves the others; what each means, {@link Limits} says. Not immutable.
   */
  public static final class Builder {
    private int maxFrameBytes = 1 << 20;
    private int maxSnapshotBytes = 1 << 28;
    private int maxChangeBytes = 1_000_000;
    private int maxChunkChanges = 1 << 20;
    private int maxChangeOperations = 1 << 17;
    private int maxListLength = 1 << 20;
    private int maxNesting = 16;
    private int maxNameBytes = 1 << 10;
    private int maxPendingChanges = 10_000;
    private long maxPendingBytes = 8L << 20;
    private int maxPayloadBytes = 4 << 20;
    private int maxInflation = 64;
    private int maxDocuments = 1 << 16;
    private int maxUnacknowledgedBytes = 4 << 20;
    private int maxPresenceBytes = 4 << 10;

    private Builder() {}

    /** Sets {@link Limits#maxFrameBytes}. */
    public Builder maxFrameBytes(int bytes) {
      maxFrameBytes = bytes;
      return this;
    }

    /** Sets {@link Limits#maxSnapshotBytes}. */
    public Builder maxSnapshotBytes(int bytes) {
      maxSnapshotBytes = bytes;
      return this;
    }

    /** Sets {@link Limits#maxChangeBytes}. */
    public Builder maxChangeBytes(int bytes) {
      maxChangeBytes = bytes;
      return this;
    }

    /** Sets {@link Limits#maxChunkChanges}. */
    public Builder maxChunkChanges(int changes) {
      maxChunkChanges = changes;
      return this;
    }

    /** Sets {@link Limits#maxChangeOperations}. */
    public Builder maxChangeOperations(int operations) {
      maxChangeOperations = operations;
      return this;
    }

    /** Sets {@link Limits#maxListLength}. */
    public Builder maxListLength(int entries) {
      maxListLength = entries;
      return this;
    }

    /** Sets {@link Limits#maxNesting}. */
    public Builder maxNesting(int levels) {
      maxNesting = levels;
      return this;
    }

    /** Sets {@link Limits#maxNameBytes}. */
    public Builder maxNameBytes(int bytes) {
      maxNameBytes = bytes;
      return this;
    }

    /** Sets {@link Limits#maxPendingChanges}. */
    public Builder maxPendingChanges(int changes) {
      maxPendingChanges = changes;
      return this;
    }

    /** Sets {@link Limits#maxPendingBytes}. */
    public Builder maxPendingBytes(long bytes) {
      maxPendingBytes = bytes;
      return this;
    }

    /** Sets {@link Limits#maxPayloadBytes}. */
    public Builder maxPayloadBytes(int bytes) {
      maxPayloadBytes = bytes;
      return this;
    }

    /** Sets {@link Limits#maxInflation}. */
    public Builder maxInflation(int times) {
      maxInflation = times;
      return this;
    }

    /** Sets {@link Limits#maxDocuments}. */
    public Builder maxDocuments(int documents) {
      maxDocuments = documents;
      return this;
    }

    /** Sets {@link Limits#maxUnacknowledgedBytes}. */
    public Builder maxUnacknowledgedBytes(int bytes) {
      maxUnacknowledgedBytes = bytes;
      return this;
    }

    /** Sets {@link Limits#maxPresenceBytes}. */
    public Builder maxPresenceBytes(int bytes) {
      maxPresenceBytes = bytes;
      return this;
    }

    /** The limits set and the others. */
    public Limits build() {
      return new Limits(
          maxFrameBytes,
          maxSnapshotBytes,
          maxChangeBytes,
          maxChunkChanges,
          maxChangeOperations,
          maxListLength,
          maxNesting,
          maxNameBytes,
          maxPendingChanges,
          maxPendingBytes,
          maxPayloadBytes,
          maxInflation,
          maxDocuments,
          maxUnacknowledgedBytes,
          maxPresenceBytes);
    }
  }
}
