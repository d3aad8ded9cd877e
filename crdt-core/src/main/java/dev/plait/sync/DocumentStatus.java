package dev.plait.sync;

import dev.plait.clock.VersionVector;
import org.jspecify.annotations.Nullable;

/**
 * How far a session is with one document. Immutable.
 *
 * @param document which one
 * @param phase whether both ends hold the same
 * @param version what this end holds; in phase IN_SYNC the peer holds exactly the same, as far as
 *     either wants it
 * @param sent changes that went out in this session, those sent again included
 * @param received changes that came in in this session, those that came again included
 * @param toSend changes held here that the peer wants and is not known to hold
 * @param toReceive changes wanted here that the peer is known to hold
 * @param code why the document is refused, {@link SyncPolicy#READ_DENIED}, {@link
 *     SyncPolicy#WRITE_DENIED} or what else the peer said; null unless the phase is REFUSED
 */
public record DocumentStatus(
    String document,
    Phase phase,
    VersionVector version,
    long sent,
    long received,
    long toSend,
    long toReceive,
    @Nullable String code) {

  /** The answers there are. */
  public enum Phase {
    /** Something is to be sent, received, or heard of. */
    SYNCING,

    /**
     * Nothing is: of what the peer wants and may read, it said that it holds all that is held here;
     * of what is wanted here, all it said it holds is held here, and it has been told.
     */
    IN_SYNC,

    /**
     * The peer does not give the document, or does not take changes of it. What it allows, goes.
     */
    REFUSED,

    /**
     * All changes have been exchanged by their names, but the ends hold different changes of one
     * name: some replica has a copy that writes too. They can't become equal.
     */
    CONTRADICTED
  }

  /** Whether the phase is IN_SYNC. */
  public boolean isInSync() {
    return phase == Phase.IN_SYNC;
  }
}
