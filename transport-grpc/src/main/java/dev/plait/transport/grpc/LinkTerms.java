package dev.plait.transport.grpc;

import dev.plait.codec.Limits;
import dev.plait.transport.TransportException;

/**
 * What holds for every link of a client or a server.
 *
 * @param maxFrameBytes the longest frame that is sent or taken
 * @param stallMillis how long nothing may get through before the peer is cut off
 * @param keepAliveMillis after how much silence the peer is asked for a sign of life
 * @param keepAliveTimeoutMillis how long that sign may take
 */
record LinkTerms(
    int maxFrameBytes, long stallMillis, long keepAliveMillis, long keepAliveTimeoutMillis) {

  /** What gRPC makes of anything less. */
  private static final long LEAST_KEEP_ALIVE_MILLIS = 10_000;

  static final LinkTerms USUAL =
      new LinkTerms(Limits.defaults().maxFrameBytes(), 60_000, 30_000, 20_000);

  LinkTerms {
    atLeast("maxFrameBytes", maxFrameBytes, 1);
    atLeast("stallMillis", stallMillis, 1);
    atLeast("keepAliveMillis", keepAliveMillis, LEAST_KEEP_ALIVE_MILLIS);
    atLeast("keepAliveTimeoutMillis", keepAliveTimeoutMillis, 1);
    if (maxFrameBytes > Integer.MAX_VALUE - FrameMessage.OVERHEAD) {
      throw new TransportException(
          TransportException.INVALID_SETTINGS,
          "maxFrameBytes is "
              + maxFrameBytes
              + "; allowed are up to "
              + (Integer.MAX_VALUE - FrameMessage.OVERHEAD));
    }
  }

  static void atLeast(String name, long value, long least) {
    if (value < least) {
      throw new TransportException(
          TransportException.INVALID_SETTINGS,
          name + " is " + value + "; allowed are numbers from " + least);
    }
  }

  LinkTerms withMaxFrameBytes(int bytes) {
    return new LinkTerms(bytes, stallMillis, keepAliveMillis, keepAliveTimeoutMillis);
  }

  LinkTerms withStallMillis(long millis) {
    return new LinkTerms(maxFrameBytes, millis, keepAliveMillis, keepAliveTimeoutMillis);
  }

  LinkTerms withKeepAlive(long millis, long timeoutMillis) {
    return new LinkTerms(maxFrameBytes, stallMillis, millis, timeoutMillis);
  }

  int maxMessageBytes() {
    return maxFrameBytes + FrameMessage.OVERHEAD;
  }

  void checkLength(byte[] frame) {
    if (frame.length > maxFrameBytes) {
      throw new TransportException(
          TransportException.FRAME_TOO_LARGE,
          "a frame of "
              + frame.length
              + " bytes is too long; this transport takes "
              + maxFrameBytes);
    }
  }
}
