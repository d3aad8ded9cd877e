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
}
