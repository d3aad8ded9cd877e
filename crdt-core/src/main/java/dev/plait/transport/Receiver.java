package dev.plait.transport;

import org.jspecify.annotations.Nullable;

/**
 * One end of an open connection: the way in. Called one call at a time; the calls happen one after
 * the other even when they come from different threads. Must not throw.
 */
public interface Receiver {

  /** A frame has arrived. The array belongs to several readers perhaps: it is not modified. */
  void onFrame(byte[] frame);

  /** There is room again after {@link Link#offer} returned false. */
  void onWritable();

  /**
   * The link is closed, by either end or because it failed. No other call follows.
   *
   * @param reason null when one of the two ends closed it in good order, else what went wrong, for
   *     people
   */
  void onClosed(@Nullable String reason);
}
