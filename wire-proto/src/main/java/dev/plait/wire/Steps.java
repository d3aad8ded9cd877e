package dev.plait.wire;

/** Steps of time: mostly whole milliseconds, which then take fewer bytes. */
final class Steps {
  /** The bits of a timestamp below its milliseconds. */
  static final int MILLIS_SHIFT = 16;

  private static final long FRACTION = (1L << MILLIS_SHIFT) - 1;

  private Steps() {}

  /** How a step is written. */
  static long written(long step) {
    return (step & FRACTION) == 0 ? step >>> MILLIS_SHIFT << 1 : step << 1 | 1;
  }

  /**
   * Whether what is written is a step from 1 to {@code most}, in the one way in which {@link
   * #written} writes it.
   */
  static boolean isWithin(long written, long most) {
    long number = written >>> 1;
    boolean whole = (written & 1) == 0;
    return number > 0
        && number <= (whole ? most >>> MILLIS_SHIFT : most)
        && (whole || (number & FRACTION) != 0);
  }

  /** The step that is written so. */
  static long read(long written) {
    return (written & 1) == 0 ? written >>> 1 << MILLIS_SHIFT : written >>> 1;
  }
}
