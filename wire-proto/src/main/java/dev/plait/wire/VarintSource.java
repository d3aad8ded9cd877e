package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

/** Bytes from which numbers are read one after another. Can be used again. Not thread-safe. */
class VarintSource {
  private static final byte[] NONE = {};

  byte[] bytes = NONE;
  int position;
  int end;

  /** Starts over with what lies between these offsets. */
  final void start(byte[] newBytes, int from, int to) {
    bytes = newBytes;
    position = from;
    end = to;
  }

  /** A number of up to 64 bits, in as few bytes as it needs. */
  final long varint() {
    int at = position;
    if (at < end && bytes[at] >= 0) {
      position = at + 1;
      return bytes[at];
    }
    return longVarint();
  }

  private long longVarint() {
    int at = position;
    if (end - at >= 2 && bytes[at + 1] > 0) {
      position = at + 2;
      return Varints.ofTwo(bytes[at], bytes[at + 1]);
    }
    if (end - at >= 3 && bytes[at + 1] < 0 && bytes[at + 2] > 0) {
      position = at + 3;
      return Varints.ofThree(bytes[at], bytes[at + 1], bytes[at + 2]);
    }
    position = Varints.end(bytes, at, end);
    return Varints.value(bytes, at, position);
  }

  /** Eight bytes, least significant first. */
  final long fixed64() {
    if (end - position < Long.BYTES) {
      throw DECODING.malformed("a number is cut off at byte " + end);
    }
    int at = position;
    position = at + Long.BYTES;
    return littleEndian(at) | littleEndian(at + Integer.BYTES) << Integer.SIZE;
  }

  /** Four bytes, least significant first, as an unsigned number. */
  private long littleEndian(int at) {
    return (bytes[at] & 0xffL)
        | (bytes[at + 1] & 0xffL) << 8
        | (bytes[at + 2] & 0xffL) << 16
        | (bytes[at + 3] & 0xffL) << 24;
  }
}
