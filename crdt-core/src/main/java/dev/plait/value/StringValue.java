package dev.plait.value;

import org.jspecify.annotations.Nullable;

/** Well-formed Unicode text. */
public final class StringValue implements Value {
  private final String value;
  private final int canonicalSize;

  StringValue(String value) {
    this.value = CanonicalSize.checkedText(value);
    this.canonicalSize = CanonicalSize.checked(1 + CanonicalSize.text(value));
  }

  /** The text. */
  public String value() {
    return value;
  }

  @Override
  public ValueType type() {
    return ValueType.STRING;
  }

  @Override
  public int canonicalSize() {
    return canonicalSize;
  }

  @Override
  public String asString() {
    return value;
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof StringValue other && value.equals(other.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /** The text in quotes, with control characters escaped as in JSON. */
  @Override
  public String toString() {
    return ValueText.of(this);
  }
}
