package dev.plait.transport.grpc;

/** One end of a gRPC call, as a link uses it: by one thread at a time. */
interface Wire {

  /** Whether less than a small amount of bytes waits to be sent; else a call of onReady follows. */
  boolean isReady();

  /** Sends a message, or keeps it until it can be sent. */
  void send(byte[] message);

  /** Lets one more message come in. */
  void request();

  /** Ends this end's stream in good order, behind all that was sent. */
  void finish();

  /** Breaks off the call at once; what was not sent is gone. */
  void reset(String reason);
}
