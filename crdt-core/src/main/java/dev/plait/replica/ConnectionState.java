package dev.plait.replica;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link Connection} is doing. Immutable.
 *
 * @param phase what it does
 * @param untilMillis the wall clock's reading at which it tries again, in phase WAITING; 0 in all
 *     others
 * @param failure why the link before this was lost or never had, for people; null after a good end,
 *     before anything went wrong, and in phase CONNECTED
 */
public record ConnectionState(Phase phase, long untilMillis, @Nullable String failure) {

  /** What a connection can be doing. */
  public enum Phase {
    /** A link is being opened, or is open and the peer has not said its name yet. */
    CONNECTING,

    /** The peer has said its name; changes flow. */
    CONNECTED,

    /** There is no link; the next try comes at {@link ConnectionState#untilMillis()}. */
    WAITING,

    /** It was closed, or was accepted and its link has ended. Nothing follows. */
    CLOSED
  }
}
