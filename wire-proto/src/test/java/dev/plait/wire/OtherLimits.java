package dev.plait.wire;

import dev.plait.codec.Limits;

/** The default limits with one of them changed. */
final class OtherLimits {
  private static final Limits DEFAULTS = Limits.defaults();

  private OtherLimits() {}

  static Limits nesting(int levels) {
    return of(
        DEFAULTS.maxFrameBytes(), DEFAULTS.maxChunkChanges(), DEFAULTS.maxListLength(), levels);
  }

  static Limits frameBytes(int bytes) {
    return of(bytes, DEFAULTS.maxChunkChanges(), DEFAULTS.maxListLength(), DEFAULTS.maxNesting());
  }

  static Limits chunkChanges(int changes) {
    return of(DEFAULTS.maxFrameBytes(), changes, DEFAULTS.maxListLength(), DEFAULTS.maxNesting());
  }

  static Limits listLength(int entries) {
    return of(DEFAULTS.maxFrameBytes(), DEFAULTS.maxChunkChanges(), entries, DEFAULTS.maxNesting());
  }

  private static Limits of(int frameBytes, int chunkChanges, int listLength, int nesting) {
    return new Limits(
        frameBytes,
        DEFAULTS.maxSnapshotBytes(),
        DEFAULTS.maxChangeBytes(),
        chunkChanges,
        DEFAULTS.maxChangeOperations(),
        listLength,
        nesting,
        DEFAULTS.maxNameBytes(),
        DEFAULTS.maxPendingChanges(),
        DEFAULTS.maxPendingBytes(),
        4 << 20,
        64,
        DEFAULTS.maxDocuments(),
        DEFAULTS.maxUnacknowledgedBytes(),
        DEFAULTS.maxPresenceBytes());
  }
}
