package dev.plait.cli.json;

import dev.plait.error.PlaitException;
import org.jspecify.annotations.Nullable;

/** Some JSON can't be read as what it should be. */
public final class JsonException extends PlaitException {
  private static final long serialVersionUID = 1L;

  /** It is not one JSON value in well-formed UTF-8, or an object has a key twice. */
  public static final String MALFORMED_JSON = "MALFORMED_JSON";

  /** A whole number does not fit 64 bits, or another number does not fit a double. */
  public static final String NUMBER_OUT_OF_RANGE = "NUMBER_OUT_OF_RANGE";

  /**
   * An object with a single key that begins with a dollar sign is none of those that stand for
   * something.
   */
  public static final String UNKNOWN_FORM = "UNKNOWN_FORM";

  JsonException(String code, String message, @Nullable Throwable cause) {
    super(code, message, cause);
  }
}
