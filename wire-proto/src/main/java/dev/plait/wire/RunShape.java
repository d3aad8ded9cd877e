package dev.plait.wire;

/** The byte that says how a run of a state is to be read; see {@code Runs.shapes}. */
final class RunShape {
  static final int DELETED = 1;

  /** The first element goes on from the run opened last. */
  static final int FIRST_TOP = 0;

  /** The first element goes on from an open run whose depth is in the column of depths. */
  static final int FIRST_OPEN = 1;

  static final int FIRST_NAMED = 3;

  /** The left origin is the last element of the run before. */
  static final int LEFT_PREVIOUS = 0;

  /** The left origin has the number before that of the first element. */
  static final int LEFT_OWN = 1;

  static final int LEFT_START = 2;
  static final int LEFT_NAMED = 3;

  /** The right origin is the first element of the next run. */
  static final int RIGHT_NEXT = 0;

  /** The right origin is that of the run before. */
  static final int RIGHT_SAME = 1;

  static final int RIGHT_END = 2;

  /** The right origin has the number after that of the left one. */
  static final int RIGHT_AFTER_LEFT = 3;

  /** The right origin goes on from an open run whose depth is in the column of depths. */
  static final int RIGHT_OPEN = 4;

  static final int RIGHT_NAMED = 7;

  private static final int FIRST_SHIFT = 1;
  private static final int LEFT_SHIFT = 3;
  private static final int RIGHT_SHIFT = 5;
  private static final int TWO_BITS = 3;

  private RunShape() {}

  static int of(boolean deleted, int first, int left, int right) {
    return (deleted ? DELETED : 0)
        | first << FIRST_SHIFT
        | left << LEFT_SHIFT
        | right << RIGHT_SHIFT;
  }

  static int first(int shape) {
    return shape >>> FIRST_SHIFT & TWO_BITS;
  }

  static int left(int shape) {
    return shape >>> LEFT_SHIFT & TWO_BITS;
  }

  static int right(int shape) {
    return shape >>> RIGHT_SHIFT;
  }
}
