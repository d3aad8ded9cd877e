package dev.plait.cli.demo;

import dev.plait.error.PlaitException;
import org.jspecify.annotations.Nullable;

/** The demo can't be given where it was asked for. */
final class DemoException extends PlaitException {
  private static final long serialVersionUID = 1L;

  /** The directory holds files of an earlier demo. */
  static final String DATA_IN_USE = "DATA_IN_USE";

  /** The directory can't be made or written. */
  static final String DATA_UNUSABLE = "DATA_UNUSABLE";

  DemoException(String code, String message, @Nullable Throwable cause) {
    super(code, message, cause);
  }
}
