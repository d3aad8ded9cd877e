package dev.plait.cli.node;

import dev.plait.error.PlaitException;

/** A request that can't be understood or that asks for something that is not there. */
final class RequestException extends PlaitException {
  private static final long serialVersionUID = 1L;

  /** A line is longer than {@link Console#MAX_LINE_BYTES}. */
  static final String LINE_TOO_LONG = "LINE_TOO_LONG";

  /** The line is JSON, but no object. */
  static final String NOT_AN_OBJECT = "NOT_AN_OBJECT";

  /** There is no such op. */
  static final String UNKNOWN_OP = "UNKNOWN_OP";

  /** The op needs a field that is not there. */
  static final String MISSING_FIELD = "MISSING_FIELD";

  /** A field is of another type than its op takes. */
  static final String WRONG_FIELD = "WRONG_FIELD";

  /** A number is outside of what its op takes. */
  static final String FIELD_OUT_OF_RANGE = "FIELD_OUT_OF_RANGE";

  /** Nobody has changed a document of this name yet. */
  static final String UNKNOWN_DOCUMENT = "UNKNOWN_DOCUMENT";

  /** The document has no root of this name, or none of the type asked for. */
  static final String UNKNOWN_ROOT = "UNKNOWN_ROOT";

  /** Roots of several types have this name; the field {@code type} chooses. */
  static final String AMBIGUOUS_ROOT = "AMBIGUOUS_ROOT";

  /** The time given was up before all peers held the same. */
  static final String NOT_IN_SYNC = "NOT_IN_SYNC";

  RequestException(String code, String message) {
    super(code, message, null);
  }
}
