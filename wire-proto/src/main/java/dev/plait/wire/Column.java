package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

import java.util.Arrays;

/** A column of numbers that is being read; can be used again for another. Not thread-safe. */
final class Column extends VarintSource {
  /** A column without numbers, for all to share: nobody gives it any. */
  static final Column EMPTY = new Column();

  /** A column without numbers. */
  Column() {}

  /** Starts over without numbers. */
  void clear() {
    position = 0;
    end = 0;
  }

  /** Whether there are more. */
  boolean hasNext() {
    return position < end;
  }

  /** The next number. */
  long next() {
    if (position == end) {
      throw DECODING.malformed("a column has fewer numbers than those beside it ask for");
    }
    return varint();
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

  /** The next bytes of a column of single bytes. */
  byte[] nextBytes(int length) {
    if (length > end - position) {
      throw DECODING.malformed("a column has fewer bytes than those beside it ask for");
    }
    int from = position;
    position += length;
    return Arrays.copyOfRange(bytes, from, position);
  }

  /** The sum of all numbers that are left, each of at most 31 bits; they stay to be read. */
  long sumInts() {
    int from = position;
    long sum = 0;
    while (position < end) {
      sum += nextInt();
    }
    position = from;
    return sum;
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
