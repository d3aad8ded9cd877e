package dev.plait.sync;

import dev.plait.clock.ReplicaId;

/**
 * Hears how a session gets on. Called from within the session's methods, on their thread, in the
 * order things happen; must not throw, and must not call the session.
 */
public interface SyncListener {

  /** One that does not care. */
  static SyncListener none() {
    return new SyncListener() {};
  }

  /** A document has come up, or its phase has changed. */
  default void onDocument(DocumentStatus status) {}

  /** The answer of {@link SyncSession#isInSync()} has changed; it begins as false. */
  default void onInSync(boolean inSync) {}

  /**
   * Somebody shows something of itself in a document. It may come late, twice, or by several ways:
   * what has no higher serial than what came before from the same origin is old.
   *
   * @param document one that this end wants
   * @param origin who shows it
   * @param serial grows with each that this origin shows
   * @param data empty if nothing is shown any more; must not be modified
   */
  default void onPresence(String document, ReplicaId origin, long serial, byte[] data) {}

  /** The session is over. The last call. */
  default void onEnd(SyncEnd end) {}
}
