package dev.plait.value;

/**
 * True or false.
 *
 * @param value which
 */
public record BooleanValue(boolean value) implements Value {
  static final BooleanValue TRUE = new BooleanValue(true);
  static final BooleanValue FALSE = new BooleanValue(false);

  @Override
  public ValueType type() {
    return ValueType.BOOLEAN;
  }

  @Override
  public int canonicalSize() {
    return 2;
  }

  @Override
  public boolean asBoolean() {
    return value;
  }

  @Override
  public String toString() {
    return value ? "true" : "false";
  }
}
