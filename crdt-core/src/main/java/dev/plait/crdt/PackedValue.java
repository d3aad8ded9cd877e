package dev.plait.crdt;

import dev.plait.value.StringValue;
import dev.plait.value.Value;
import dev.plait.value.ValueType;

/**
 * A value in two numbers, if it is a whole number or a string of up to fifteen Latin-1 characters,
 * as most members of sets are: then equal values, and no others, have equal numbers. All others
 * have zeros. Can be used again and again. Not thread-safe.
 */
final class PackedValue {
  private static final int MOST_UNITS = 15;
  private static final int IN_LOW = 8;
  private static final int LATIN_1 = 0xff;

  // The highest byte tells what it is: nothing, a string and how long it is, or a whole number.
  private static final int KIND_SHIFT = 56;
  private static final long FIRST_LENGTH = 1;
  private static final long WHOLE_NUMBER = 0x7f;

  long low;
  long high;

  /** Takes another value. */
  void pack(Value value) {
    low = 0;
    high = 0;
    if (value instanceof StringValue) {
      pack(value.asString());
    } else if (value.type() == ValueType.LONG) {
      low = value.asLong();
      high = WHOLE_NUMBER << KIND_SHIFT;
    }
  }

  private void pack(String text) {
    int units = text.length();
    if (units > MOST_UNITS) {
      return;
    }
    long first = 0;
    long second = 0;
    int seen = 0;
    for (int i = Math.min(units, IN_LOW) - 1; i >= 0; i--) {
      int unit = text.charAt(i);
      seen |= unit;
      first = first << Byte.SIZE | unit;
    }
    for (int i = units - 1; i >= IN_LOW; i--) {
      int unit = text.charAt(i);
      seen |= unit;
      second = second << Byte.SIZE | unit;
    }
    if (seen <= LATIN_1) {
      low = first;
      high = second | (FIRST_LENGTH + units) << KIND_SHIFT;
    }
  }

  /** Whether the numbers say all there is to say of the value. */
  boolean isWhole() {
    return high != 0;
  }
}
