package dev.plait.wire;

/** Lengths of time: mostly whole milliseconds, which then take fewer bytes. */
final class Steps {
  /** The bits of a timestamp below its milliseconds. */
  static final int MILLIS_SHIFT = 16;

  private static final long FRACTION = (1L << MILLIS_SHIFT) - 1;

  private Steps() {}

  /** How a step is written. */
  static long written(long step) {
    return (step & FRACTION) == 0 ? step >>> MILLIS_SHIFT << 1 : step << 1 | 1;
  }

  /** The step that is written so; -1 if none is. */
  static long read(long written) {
    long number = written >>> 1;
    if ((written & 1) == 0) {
      return number > Long.MAX_VALUE >>> MILLIS_SHIFT ? -1 : number << MILLIS_SHIFT;
    }
    return (number & FRACTION) == 0 ? -1 : number;
  }
}
