package dev.plait.document;

import dev.plait.change.Change;
import dev.plait.change.Snapshot;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.HybridTimestamp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction, import or join is about to change in a document; to be kept all or not at
 * all.
 *
 * @param document the document
 * @param clock a reading above every stamp given out and taken in so far
 * @param applied the changes that become part of the document, in causal order
 * @param quarantined changes to keep aside
 * @param released changes that were kept aside and are not any longer
 * @param snapshot the whole new state, where changes were merged as state; null otherwise
 */
public record DocumentCommit(
    String document,
    HybridTimestamp clock,
    List<Change> applied,
    List<Change> quarantined,
    List<Dot> released,
    @Nullable Snapshot snapshot) {
  public DocumentCommit {
    applied = List.copyOf(applied);
    quarantined = List.copyOf(quarantined);
    released = List.copyOf(released);
  }

  /** Whether there is anything to keep. */
  public boolean isEmpty() {
    return applied.isEmpty() && quarantined.isEmpty() && released.isEmpty() && snapshot == null;
  }

  /** What a transaction commits. */
  static DocumentCommit of(String document, Change change) {
    return new DocumentCommit(document, change.time(), List.of(change), List.of(), List.of(), null);
  }

  /** What an import commits. */
  static DocumentCommit of(
      String document, HybridLogicalClock clock, Import run, @Nullable Snapshot snapshot) {
    HybridTimestamp reading = clock.peek();
    HybridTimestamp latest = new HybridTimestamp(run.latest());
    reading = latest.isAfter(reading) ? latest : reading;
    if (snapshot != null) {
      for (Snapshot.Author author : snapshot.authors()) {
        reading = author.lastTime().isAfter(reading) ? author.lastTime() : reading;
      }
    }
    return new DocumentCommit(
        document, reading, run.applied(), run.quarantined(), run.released(), snapshot);
  }
}
