package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

/** Numbers in groups of seven bits, lowest first, in as few bytes as they need. */
final class Varints {
  private static final int MAX_BYTES = 10;
  private static final int GROUP_BITS = 7;
  private static final int GROUP = (1 << GROUP_BITS) - 1;

  private Varints() {}

  /** Where the number ends that starts at {@code from}; refuses those that could be shorter. */
  static int end(byte[] bytes, int from, int to) {
    int last = Math.min(to, from + MAX_BYTES) - 1;
    int at = from;
    while (at <= last && bytes[at] < 0) {
      at++;
    }
    boolean tooLong = at - from == MAX_BYTES - 1 && at <= last && bytes[at] > 1;
    if (at > last || tooLong) {
      throw DECODING.malformed("the number at byte " + from + " is cut off or over 64 bits");
    }
    if (at > from && bytes[at] == 0) {
      throw DECODING.malformed("the number at byte " + from + " takes more bytes than it needs");
    }
    return at + 1;
  }

  /** The number between these offsets. */
  static long value(byte[] bytes, int from, int end) {
    long value = 0;
    for (int at = end - 1; at >= from; at--) {
      value = value << GROUP_BITS | (bytes[at] & GROUP);
    }
    return value;
  }

  /** The number in two bytes; most that need more than one need no more than two. */
  static long ofTwo(byte first, byte second) {
    return (first & GROUP) | (second << GROUP_BITS);
  }

  /** The number in three bytes: sequence numbers and counters of a long text. */
  static long ofThree(byte first, byte second, byte third) {
    return (first & GROUP) | ((second & GROUP) << GROUP_BITS) | (third << (2 * GROUP_BITS));
  }

  /** Writes a number; returns where it ends. */
  static int write(long value, byte[] into, int from) {
    int at = from;
    long rest = value;
    while ((rest & ~(long) GROUP) != 0) {
      into[at++] = (byte) ((rest & GROUP) | (GROUP + 1));
      rest >>>= GROUP_BITS;
    }
    into[at] = (byte) rest;
    return at + 1;
  }

  /** Small numbers of either sign as small numbers: 0, -1, 1, -2, … become 0, 1, 2, 3, … */
  static long zigZag(long value) {
    return (value << 1) ^ (value >> (Long.SIZE - 1));
  }

  /** The reverse of {@link #zigZag}. */
  static long zagZig(long value) {
    return (value >>> 1) ^ -(value & 1);
  }
}
