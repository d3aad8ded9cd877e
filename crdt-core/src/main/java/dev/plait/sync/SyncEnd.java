package dev.plait.sync;

/**
 * Why a session is over. Immutable.
 *
 * @param byPeer whether the peer ended it, or this end did
 * @param code {@link #BYE}, or why it failed: {@link #SAME_REPLICA} or one of the codes of {@link
 *     dev.plait.codec.ProtocolException}; from a peer it may be any string
 * @param message what happened, for people
 */
public record SyncEnd(boolean byPeer, String code, String message) {

  /** In good order. */
  public static final String BYE = "BYE";

  /**
   * Both ends have the same replica id: one is a copy of the other, or it called itself. A copied
   * store needs a new id before it writes.
   */
  public static final String SAME_REPLICA = "SAME_REPLICA";

  /** Whether nothing went wrong. */
  public boolean isInGoodOrder() {
    return code.equals(BYE);
  }
}
