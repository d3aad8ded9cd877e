package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

import com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;

/** The first four bytes of an author's id, where a session makes them enough. */
final class AuthorBytes {
  private AuthorBytes() {}

  static ByteString write(int author) {
    byte[] bytes = new byte[Integer.BYTES];
    for (int i = 0; i < Integer.BYTES; i++) {
      bytes[i] = (byte) (author >>> (Byte.SIZE * (Integer.BYTES - 1 - i)));
    }
    return ByteString.copyFrom(bytes);
  }

  /** Null if there are none: the author is the speaker. */
  static @Nullable Integer read(ByteString bytes) {
    if (bytes.isEmpty()) {
      return null;
    }
    if (bytes.size() != Integer.BYTES) {
      throw DECODING.malformed(
          "an author is named by " + Integer.BYTES + " bytes, not " + bytes.size());
    }
    int author = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      author = (author << Byte.SIZE) | (bytes.byteAt(i) & 0xff);
    }
    return author;
  }
}
