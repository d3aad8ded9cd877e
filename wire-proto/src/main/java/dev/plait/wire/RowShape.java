package dev.plait.wire;

/** The byte that says how the row of a payload is to be read; see {@code ChunkPayload.rows}. */
final class RowShape {
  /** The bits of the kind, which is numbered as in {@code OperationRows}. */
  static final int KIND = 7;

  /** The bit of a row whose container is named. */
  static final int CONTAINER_NAMED = 0x80;

  /** The left origin is the unit that the author made last. */
  static final int LEFT_LAST = 0;

  /** The left origin is the cursor. */
  static final int LEFT_CURSOR = 1;

  /** There is no left origin. */
  static final int LEFT_START = 2;

  /** The left origin, right origin or target is in the columns of named ids. */
  static final int NAMED = 3;

  /** The right origin has the number after that of the left one. */
  static final int RIGHT_AFTER_LEFT = 0;

  /** The right origin is that of the insertion row before. */
  static final int RIGHT_SAME = 1;

  /** There is no right origin. */
  static final int RIGHT_END = 2;

  /** The first deletion of the row ends at the cursor. */
  static final int TARGET_BACK = 0;

  /** The first deletion of the row starts behind the cursor. */
  static final int TARGET_AHEAD = 1;

  private static final int LEFT_SHIFT = 3;
  private static final int RIGHT_SHIFT = 5;
  private static final int TWO_BITS = 3;

  private RowShape() {}

  static int of(int kind, int left, int right) {
    return kind | left << LEFT_SHIFT | right << RIGHT_SHIFT;
  }

  static int kind(int shape) {
    return shape & KIND;
  }

  /** How the left origin or the target is said. */
  static int left(int shape) {
    return shape >>> LEFT_SHIFT & TWO_BITS;
  }

  /** How the right origin is said. */
  static int right(int shape) {
    return shape >>> RIGHT_SHIFT & TWO_BITS;
  }
}
