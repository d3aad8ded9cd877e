package dev.plait.sync;

import dev.plait.clock.ReplicaId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a session is, at one moment. Immutable.
 *
 * @param peer the replica at the other end; null until it has said its name
 * @param documents all documents of either end that are known of, in the order they came up
 * @param isInSync the definite answer; see {@link SyncSession#isInSync()}
 * @param end why the session is over; null while it is not
 */
public record SyncStatus(
    @Nullable ReplicaId peer,
    List<DocumentStatus> documents,
    boolean isInSync,
    @Nullable SyncEnd end) {

  /** Copies the list. */
  public SyncStatus {
    documents = List.copyOf(documents);
  }
}
