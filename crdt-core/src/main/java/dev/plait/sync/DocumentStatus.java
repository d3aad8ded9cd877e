package dev.plait.sync;

import dev.plait.clock.VersionVector;

/**
 * How far a session is with one document. Immutable.
 *
 * @param document which one
 * @param phase whether both ends hold the same
 * @param version what this end holds; in phase IN_SYNC the peer holds exactly the same
 * @param sent changes that went out in this session, those sent again included
 * @param received changes that came in in this session, those that came again included
 * @param toSend changes held here of which it is not known that the peer holds them
 * @param toReceive changes the peer is known to hold that are not held here
 */
public record DocumentStatus(
    String document,
    Phase phase,
    VersionVector version,
    long sent,
    long received,
    long toSend,
    long toReceive) {

  /** The two answers there are. */
  public enum Phase {
    /** Something is to be sent, received, or heard of. */
    SYNCING,

    /** The peer said that it holds exactly what is held here, and has been told the same. */
    IN_SYNC
  }

  /** Whether the phase is IN_SYNC. */
  public boolean isInSync() {
    return phase == Phase.IN_SYNC;
  }
}
