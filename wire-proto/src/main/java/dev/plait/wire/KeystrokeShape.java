package dev.plait.wire;

/** The fields of {@code Keystroke} and the number that says how the rest is to be read. */
final class KeystrokeShape {
  static final int SHAPE = 1;
  static final int MILLIS = 2;
  static final int TICKS = 3;
  static final int DEPENDENCY = 4;
  static final int REPLICAS = 5;
  static final int ID_REPLICAS = 6;
  static final int IDS = 7;
  static final int LENGTHS = 8;
  static final int TEXT = 9;

  /** The most ranges of one deletion that is said so; who selects more sends a chunk. */
  static final int MAX_RANGES = 256;

  /** The bit of a deletion. */
  static final int DELETION = 1;

  /** The left origin is the unit before the cursor; the deletion ends with that unit. */
  static final int BEFORE = 0;

  /** The left origin is the unit that the author made last. */
  static final int LEFT_LAST = 1;

  /** The deletion starts with the unit behind the cursor. */
  static final int TARGET_BEHIND = 1;

  /** There is no left origin. */
  static final int LEFT_START = 2;

  /** The left origin, right origin or first target is named. */
  static final int NAMED = 3;

  /** The right origin is the unit behind the cursor. */
  static final int RIGHT_BEHIND = 0;

  /** The right origin has the number after that of the left one. */
  static final int RIGHT_AFTER_LEFT = 1;

  /** There is no right origin. */
  static final int RIGHT_END = 2;

  private static final int LEFT_SHIFT = 1;
  private static final int RIGHT_SHIFT = 3;
  private static final int TWO_BITS = 3;
  private static final int HIGHEST = 31;

  private KeystrokeShape() {}

  static int insertion(int left, int right) {
    return left << LEFT_SHIFT | right << RIGHT_SHIFT;
  }

  static int deletion(int target) {
    return DELETION | target << LEFT_SHIFT;
  }

  /** Whether a number is a shape that this release knows. */
  static boolean isKnown(int shape) {
    return shape <= HIGHEST && !(isDeletion(shape) && right(shape) != 0);
  }

  static boolean isDeletion(int shape) {
    return (shape & DELETION) != 0;
  }

  /** How the left origin or the first target is said. */
  static int left(int shape) {
    return shape >>> LEFT_SHIFT & TWO_BITS;
  }

  /** How the right origin is said. */
  static int right(int shape) {
    return shape >>> RIGHT_SHIFT & TWO_BITS;
  }
}
