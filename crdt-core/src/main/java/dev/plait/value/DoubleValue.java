package dev.plait.value;

/**
 * A floating-point number.
 *
 * @param value the number; there is one NaN, and -0.0 is not 0.0
 */
public record DoubleValue(double value) implements Value {

  /** Replaces every NaN by the one with the standard bits. */
  public DoubleValue {
    value = Double.isNaN(value) ? Double.NaN : value;
  }

  @Override
  public ValueType type() {
    return ValueType.DOUBLE;
  }

  @Override
  public int canonicalSize() {
    return 1 + Double.BYTES;
  }

  @Override
  public double asDouble() {
    return value;
  }

  /** Digits enough to name this double; always with a point, an exponent or a name. */
  @Override
  public String toString() {
    return DoubleText.of(value);
  }
}
