package dev.plait.replica;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of the changes that came to a replica over its connections since it was built.
 * Immutable.
 *
 * @param applied how many became part of a document, also after they had waited
 * @param duplicates how many had been part of their document before
 * @param rejected how many were not taken, by the code of {@link
 *     dev.plait.document.ApplyOutcome.Rejected}; one that was offered again counts again.
 *     STAMP_AHEAD counts snapshots that can't be joined yet
 */
public record ReplicaStatistics(long applied, long duplicates, SortedMap<String, Long> rejected) {

  /** Copies the map. */
  public ReplicaStatistics {
    rejected = Collections.unmodifiableSortedMap(new TreeMap<>(rejected));
  }
}
