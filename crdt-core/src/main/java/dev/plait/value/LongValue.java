package dev.plait.value;

/**
 * A whole number.
 *
 * @param value the number
 */
public record LongValue(long value) implements Value {

  @Override
  public ValueType type() {
    return ValueType.LONG;
  }

  @Override
  public int canonicalSize() {
    return 1 + Long.BYTES;
  }

  @Override
  public long asLong() {
    return value;
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
