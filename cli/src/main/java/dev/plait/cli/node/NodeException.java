package dev.plait.cli.node;

import dev.plait.error.PlaitException;
import org.jspecify.annotations.Nullable;

/** A node can't start. */
final class NodeException extends PlaitException {
  private static final long serialVersionUID = 1L;

  /** The data directory can't be made or is none. */
  static final String DATA_UNUSABLE = "DATA_UNUSABLE";

  NodeException(String code, String message, @Nullable Throwable cause) {
    super(code, message, cause);
  }
}
