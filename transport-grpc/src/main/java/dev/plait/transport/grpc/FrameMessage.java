package dev.plait.transport.grpc;

import org.jspecify.annotations.Nullable;

/** The message Frame of {@code plait/sync/v1/sync.proto} as bytes: one field, or nothing. */
final class FrameMessage {

  /** The most that a message is longer than its frame: a tag, and a length of up to 31 bits. */
  static final int OVERHEAD = 6;

  /** Field 1, with a length. */
  private static final byte TAG = 0x0a;

  private static final int VARINT_BITS = 7;
  private static final int MAX_LENGTH_BYTES = OVERHEAD - 1;

  private FrameMessage() {}

  static byte[] encode(byte[] frame) {
    if (frame.length == 0) {
      return frame;
    }
    int head = 2;
    for (int rest = frame.length >>> VARINT_BITS; rest != 0; rest >>>= VARINT_BITS) {
      head++;
    }
    byte[] message = new byte[head + frame.length];
    message[0] = TAG;
    int rest = frame.length;
    for (int i = 1; i < head - 1; i++) {
      message[i] = (byte) (rest | 0x80);
      rest >>>= VARINT_BITS;
    }
    message[head - 1] = (byte) rest;
    System.arraycopy(frame, 0, message, head, frame.length);
    return message;
  }

  /** The frame, or null if this is no Frame. */
  static byte @Nullable [] decode(byte[] message) {
    if (message.length == 0) {
      return message;
    }
    if (message[0] != TAG) {
      return null;
    }
    long length = 0;
    for (int i = 1; i < message.length && i <= MAX_LENGTH_BYTES; i++) {
      length |= (message[i] & 0x7fL) << (VARINT_BITS * (i - 1));
      if (message[i] >= 0) {
        return length == message.length - i - 1L ? tail(message, i + 1) : null;
      }
    }
    return null;
  }

  private static byte[] tail(byte[] message, int from) {
    byte[] frame = new byte[message.length - from];
    System.arraycopy(message, from, frame, 0, frame.length);
    return frame;
  }
}
