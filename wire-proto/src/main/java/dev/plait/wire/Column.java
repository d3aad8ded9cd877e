package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

/** A column of numbers that is being read. Confined to one call. */
final class Column {
  /** A column without numbers; it never moves, so all can share it. */
  static final Column EMPTY = new Column(new byte[0], 0, 0);

  private final byte[] bytes;
  private final int end;
  private int position;

  Column(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.position = from;
    this.end = to;
  }

  /** Whether there are more. */
  boolean hasNext() {
    return position < end;
  }

  /** The next number. */
  long next() {
    int at = position;
    if (at < end && bytes[at] >= 0) {
      position = at + 1;
      return bytes[at];
    }
    if (end - at >= 2 && bytes[at + 1] > 0) {
      position = at + 2;
      return Varints.ofTwo(bytes[at], bytes[at + 1]);
    }
    if (at == end) {
      throw DECODING.malformed("a column has fewer numbers than those beside it ask for");
    }
    position = Varints.end(bytes, at, end);
    return Varints.value(bytes, at, position);
  }

  /** The next number of those that may be negative. */
  long nextSigned() {
    return Varints.zagZig(next());
  }

  /** The next number, which takes at most 31 bits. */
  int nextInt() {
    long value = next();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw DECODING.invalid(
          "a count or index is from 0 to 2^31-1, not " + Long.toUnsignedString(value));
    }
    return (int) value;
  }

  /** The next byte of a column of single bytes. */
  int nextByte() {
    if (position == end) {
      throw DECODING.malformed("a column has fewer numbers than those beside it ask for");
    }
    return bytes[position++] & 0xff;
  }

  /** How many bytes are left. */
  int bytesLeft() {
    return end - position;
  }

  /** Checks that all numbers were read. */
  void checkUsedUp(String what) {
    if (position < end) {
      throw DECODING.malformed("there are more " + what + " than the columns beside them ask for");
    }
  }
}
