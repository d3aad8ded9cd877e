package dev.plait.wire;

import dev.plait.codec.ProtocolException;

/**
 * Which way a codec is working, and so whose mistake a broken rule is.
 *
 * <p>The rules are the same both ways. Bytes that break one come from elsewhere and are refused
 * with a {@link ProtocolException}; objects that break one were built by a caller and are refused
 * with an {@link IllegalArgumentException}. Sizes above a limit can happen to an honest caller, so
 * they are a {@link ProtocolException} both ways.
 */
enum Direction {
  ENCODING,
  DECODING;

  /** The input is not what the format says. */
  RuntimeException malformed(String message) {
    return refuse(ProtocolException.MALFORMED, message);
  }

  /** The input says something that no change, snapshot or message may say. */
  RuntimeException invalid(String message) {
    return refuse(ProtocolException.INVALID_CHANGE, message);
  }

  /** The input was made by a release that knows more than this one. */
  RuntimeException unsupported(String message) {
    return refuse(ProtocolException.UNSUPPORTED_VERSION, message);
  }

  /** A size or count of the input is above its limit. */
  RuntimeException tooMuch(String message) {
    return new ProtocolException(ProtocolException.LIMIT_EXCEEDED, message);
  }

  private RuntimeException refuse(String code, String message) {
    return this == ENCODING
        ? new IllegalArgumentException(message)
        : new ProtocolException(code, message);
  }
}
