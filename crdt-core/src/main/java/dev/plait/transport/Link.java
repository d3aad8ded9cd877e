package dev.plait.transport;

/**
 * One end of an open connection: the way out. Safe for use by as many threads as its transport
 * says; {@link #close()} by any.
 */
public interface Link extends AutoCloseable {

  /**
   * Hands over a frame to be sent. Neither side modifies the array from now on.
   *
   * @return true if the frame was taken; false if there is no room now: then nothing was taken and
   *     {@link Receiver#onWritable()} follows when there is. A closed link takes nothing, and no
   *     such call follows
   * @throws TransportException FRAME_TOO_LARGE if this transport never takes a frame so long
   */
  boolean offer(byte[] frame);

  /**
   * Closes the connection, returning at once; frames taken before are still sent if they can be. A
   * last {@link Receiver#onClosed} follows at both ends. Closing twice does nothing.
   */
  @Override
  void close();
}
