package dev.plait.clock;

import dev.plait.error.PlaitException;

/** A name, a counter or a time that is outside what the clock package allows. */
public final class ClockException extends PlaitException {

  /** A text is not a replica id: 32 lower-case hexadecimal digits. */
  public static final String REPLICA_ID_SYNTAX = "REPLICA_ID_SYNTAX";

  /** A byte array is not a replica id: exactly 16 bytes. */
  public static final String REPLICA_ID_LENGTH = "REPLICA_ID_LENGTH";

  /** A text is not a dot: a replica id, a colon and a counter from 1. */
  public static final String DOT_SYNTAX = "DOT_SYNTAX";

  /** A text is not an element id: a replica id, a number sign and a sequence number from 1. */
  public static final String ELEMENT_ID_SYNTAX = "ELEMENT_ID_SYNTAX";

  /** A text is not a hybrid timestamp. */
  public static final String TIMESTAMP_SYNTAX = "TIMESTAMP_SYNTAX";

  /** A counter, sequence number, ordinal, length or range bound is outside its range. */
  public static final String COUNTER_RANGE = "COUNTER_RANGE";

  /** A timestamp, or a part of one, is outside its range. */
  public static final String TIMESTAMP_RANGE = "TIMESTAMP_RANGE";

  /** The next stamp would lie beyond {@link HybridTimestamp#MAX_VALID}. */
  public static final String CLOCK_EXHAUSTED = "CLOCK_EXHAUSTED";

  /** A clock was to be built with a setting that makes no sense. */
  public static final String CLOCK_SETTING = "CLOCK_SETTING";

  private static final long serialVersionUID = 1L;

  ClockException(String code, String message) {
    super(code, message, null);
  }
}
