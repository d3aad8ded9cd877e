package dev.plait.wire;

import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.VersionVector;
import dev.plait.document.Document;

/** Everything that a refusal must leave alone. */
record Standing(
    VersionVector version, long hash, HybridTimestamp clock, int pending, int quarantined) {
  static Standing of(Document document, HybridLogicalClock clock) {
    return new Standing(
        document.versionVector(),
        document.stateHash(),
        clock.peek(),
        document.pendingCount(),
        document.quarantinedCount());
  }
}
