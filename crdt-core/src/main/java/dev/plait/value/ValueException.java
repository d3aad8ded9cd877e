package dev.plait.value;

import dev.plait.error.PlaitException;

/**
 * A {@link Value} that can't be made, or that was read as something it is not.
 *
 * <p>Codes: {@link #WRONG_TYPE}, {@link #LONE_SURROGATE}, {@link #VALUE_TOO_DEEP}, {@link
 * #VALUE_TOO_LARGE}.
 */
public final class ValueException extends PlaitException {

  /** The value is of another type than the one asked for. */
  public static final String WRONG_TYPE = "WRONG_TYPE";

  /** A string or key holds half of a surrogate pair. */
  public static final String LONE_SURROGATE = "LONE_SURROGATE";

  /** Lists and maps are nested deeper than {@link Value#MAX_DEPTH}. */
  public static final String VALUE_TOO_DEEP = "VALUE_TOO_DEEP";

  /** The value takes more than {@link Value#MAX_SIZE} canonical bytes. */
  public static final String VALUE_TOO_LARGE = "VALUE_TOO_LARGE";

  private static final long serialVersionUID = 1L;

  private ValueException(String code, String message) {
    super(code, message, null);
  }

  static ValueException wrongType(ValueType wanted, ValueType found) {
    return new ValueException(
        WRONG_TYPE, "the value is a " + found.label() + ", not a " + wanted.label());
  }

  static ValueException loneSurrogate(int index) {
    return new ValueException(
        LONE_SURROGATE,
        "half of a surrogate pair at index " + index + "; strings and keys hold whole characters");
  }

  static ValueException tooDeep() {
    return new ValueException(
        VALUE_TOO_DEEP, "lists and maps are nested at most " + Value.MAX_DEPTH + " deep");
  }

  static ValueException tooLarge() {
    return new ValueException(
        VALUE_TOO_LARGE, "a value takes at most " + Value.MAX_SIZE + " canonical bytes");
  }
}
