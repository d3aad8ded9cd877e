package dev.plait.sync;

import dev.plait.clock.ReplicaId;

/**
 * What a peer may do. Asked by a session from within its methods, on their thread; must be quick,
 * must not throw, and must not call the session. The answers may change with time; what a peer has
 * got already stays with it.
 *
 * <p>A replica id is what the peer says of itself. Who wants to be sure makes a policy for each
 * link, from what the transport knows of its other end.
 */
public interface SyncPolicy {

  /** Code of the {@link SyncEnd} of a session with a peer that may not connect. */
  String CONNECT_DENIED = "CONNECT_DENIED";

  /** Code of a document that the peer has named and may not read. */
  String READ_DENIED = "READ_DENIED";

  /** Code of a document of which the peer has sent changes and may not. */
  String WRITE_DENIED = "WRITE_DENIED";

  /** Everybody may do everything. */
  static SyncPolicy allowAll() {
    return new SyncPolicy() {};
  }

  /** Whether to talk to this peer at all. Asked when it says Hello. */
  default boolean mayConnect(ReplicaId peer) {
    return true;
  }

  /**
   * Whether the peer may get a document, and presence in it. Asked for each document that a
   * subscription of the peer names or matches, when it subscribes and when the document comes up.
   */
  default boolean mayRead(ReplicaId peer, String document) {
    return true;
  }

  /** Whether changes of a document are taken from the peer. Asked each time some arrive. */
  default boolean mayWrite(ReplicaId peer, String document) {
    return true;
  }
}
