package dev.plait.sync;

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

  /** The session is over. The last call. */
  default void onEnd(SyncEnd end) {}
}
