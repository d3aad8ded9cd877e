package dev.plait.transport;

/**
 * A way to one peer.
 *
 * <p>A client's transport dials: it may be opened again each time its link has closed. A server
 * makes one transport for each caller; its link is that call and it opens once.
 *
 * <h2>What a transport promises</h2>
 *
 * <ul>
 *   <li>A frame arrives as it was offered, or not at all: whole, unaltered, and not joined with
 *       another. It may get lost, arrive more than once, or out of order; the better a transport
 *       does, the less is sent again.
 *   <li>Frames of one link never arrive at another: what a link has not delivered when it closes is
 *       gone.
 *   <li>Each link calls its {@link Receiver} one call at a time, and never inside a call of {@link
 *       #open}, {@link Link#offer} or {@link Link#close}; {@link Receiver#onClosed} comes exactly
 *       once and last.
 *   <li>It holds a bounded number of frames. When there is no room for one more it says so, and
 *       says when there is room again. While {@link Receiver#onFrame} has not returned, it reads no
 *       more than a bounded number of frames ahead.
 *   <li>It notices, sooner or later, that the other end is gone, and closes; sessions that agree
 *       are silent, so this takes a heartbeat of its own where the network does not tell.
 * </ul>
 *
 * <p>A frame is at most {@link dev.plait.codec.Limits#maxFrameBytes()} long; a transport may refuse
 * longer ones.
 */
public interface Transport {

  /**
   * Opens a link, or begins to: it may be returned before the other end answers. Frames may be
   * offered at once.
   *
   * @param receiver what is told of all that happens on the link
   * @throws TransportException if it is known at once that no link can be had; then the receiver is
   *     never called
   */
  Link open(Receiver receiver);
}
