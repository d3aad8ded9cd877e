package dev.plait.clock;

import org.jspecify.annotations.Nullable;

/**
 * A moment on a hybrid logical clock: 48 bits of milliseconds since 1970-01-01T00:00Z, then 16 bits
 * that count what happened within the millisecond.
 *
 * <p>Compared as one unsigned number. The text form is the UTC time with milliseconds, a plus sign
 * and the counter: {@code 2026-11-21T03:17:09.123Z+5}; in years 1970 to 9999 texts of equal counter
 * sort like the moments. Any 64 bits are a timestamp; only those from {@link #MIN_VALID} to {@link
 * #MAX_VALID} may stand in a change. Immutable.
 *
 * @param bits milliseconds shifted left by 16, plus the counter
 */
public record HybridTimestamp(long bits) implements Comparable<HybridTimestamp> {

  /** The greatest counter: 65 535. */
  public static final int MAX_COUNTER = 0xffff;

  /** The greatest millisecond: 2<sup>48</sup>-1, in the year 10889. */
  public static final long MAX_MILLIS = (1L << 48) - 1;

  /** Before everything: all bits zero. */
  public static final HybridTimestamp ZERO = new HybridTimestamp(0);

  /** The first moment a change may carry: 2020-01-01T00:00Z. */
  public static final HybridTimestamp MIN_VALID = of(1_577_836_800_000L, 0);

  /** The last moment a change may carry: 2200-01-01T00:00Z. */
  public static final HybridTimestamp MAX_VALID = of(7_258_118_400_000L, 0);

  private static final int COUNTER_BITS = 16;

  /**
   * The timestamp of these parts.
   *
   * @param millis milliseconds since 1970, from 0 to {@link #MAX_MILLIS}
   * @param counter from 0 to {@link #MAX_COUNTER}
   * @throws ClockException TIMESTAMP_RANGE if a part is outside its range
   */
  public static HybridTimestamp of(long millis, int counter) {
    if (millis < 0 || millis > MAX_MILLIS || counter < 0 || counter > MAX_COUNTER) {
      throw new ClockException(
          ClockException.TIMESTAMP_RANGE,
          "no timestamp has millisecond "
              + millis
              + " and counter "
              + counter
              + "; milliseconds are from 0 to 2^48-1, counters from 0 to 65535");
    }
    return new HybridTimestamp(millis << COUNTER_BITS | counter);
  }

  /**
   * Reads the form that {@link #toString()} writes, and no other spelling of it.
   *
   * @throws ClockException TIMESTAMP_SYNTAX if it is anything else
   */
  public static HybridTimestamp parse(String text) {
    @Nullable HybridTimestamp timestamp = TimestampText.read(text);
    if (timestamp == null) {
      throw new ClockException(
          ClockException.TIMESTAMP_SYNTAX,
          "not a timestamp: \"" + text + "\"; one looks like " + MIN_VALID);
    }
    return timestamp;
  }

  /** The order of timestamps on their bare bits. */
  public static int compare(long bitsA, long bitsB) {
    return Long.compareUnsigned(bitsA, bitsB);
  }

  /** Milliseconds since 1970-01-01T00:00Z. */
  public long millis() {
    return bits >>> COUNTER_BITS;
  }

  /** What was counted within the millisecond: 0 to {@link #MAX_COUNTER}. */
  public int counter() {
    return (int) bits & MAX_COUNTER;
  }

  /**
   * The least timestamp after this one: the counter goes up by one and, when full, carries into the
   * millisecond.
   *
   * @throws ClockException TIMESTAMP_RANGE if this is the very last
   */
  public HybridTimestamp next() {
    if (bits == -1) {
      throw new ClockException(ClockException.TIMESTAMP_RANGE, "the last timestamp has no next");
    }
    return new HybridTimestamp(bits + 1);
  }

  /** Whether this is strictly later than the other. */
  public boolean isAfter(HybridTimestamp other) {
    return compareTo(other) > 0;
  }

  /**
   * Whether a change may carry it: from {@link #MIN_VALID} to {@link #MAX_VALID}, both included.
   */
  public boolean isValid() {
    return compareTo(MIN_VALID) >= 0 && compareTo(MAX_VALID) <= 0;
  }

  @Override
  public int compareTo(HybridTimestamp other) {
    return compare(bits, other.bits);
  }

  /** The form that {@link #parse(String)} reads, such as {@code 2026-11-21T03:17:09.123Z+5}. */
  @Override
  public String toString() {
    return TimestampText.write(millis(), counter());
  }
}
