package dev.plait.wire;

import dev.plait.codec.Limits;

/** The default limits with one of them changed. */
final class OtherLimits {
  private OtherLimits() {}

  static Limits nesting(int levels) {
    return Limits.builder().maxNesting(levels).build();
  }

  static Limits frameBytes(int bytes) {
    return Limits.builder().maxFrameBytes(bytes).build();
  }

  static Limits chunkChanges(int changes) {
    return Limits.builder().maxChunkChanges(changes).build();
  }

  static Limits listLength(int entries) {
    return Limits.builder().maxListLength(entries).build();
  }
}
