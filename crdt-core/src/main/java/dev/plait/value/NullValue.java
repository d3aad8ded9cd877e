package dev.plait.value;

/** The value that stands for nothing. */
public record NullValue() implements Value {
  static final NullValue NIL = new NullValue();

  @Override
  public ValueType type() {
    return ValueType.NULL;
  }

  @Override
  public int canonicalSize() {
    return 1;
  }

  @Override
  public String toString() {
    return "null";
  }
}
