package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

import dev.plait.codec.Limits;

/** How many things follow each other in the columns beside. */
final class Counts {
  private Counts() {}

  /** Checks a count; returns it. */
  static int checked(Direction direction, Limits limits, String what, int count) {
    if (count > limits.maxListLength()) {
      throw direction.tooMuch(
          "there are " + count + " " + what + "; at most " + limits.maxListLength());
    }
    return count;
  }

  /**
   * Reads how many things follow.
   *
   * @param atMost how many there may be, going by the bytes that are left
   */
  static int read(Limits limits, String what, Column counts, int atMost) {
    int count = checked(DECODING, limits, what, counts.nextInt());
    if (count > atMost) {
      throw DECODING.malformed("there are fewer " + what + " than a column beside them asks for");
    }
    return count;
  }
}
