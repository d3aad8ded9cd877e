package dev.plait.codec;

import dev.plait.error.PlaitException;
import org.jspecify.annotations.Nullable;

/**
 * Bytes from elsewhere break the format, a limit or the session protocol. Nothing was changed.
 *
 * <p>Codes: {@link #MALFORMED}, {@link #LIMIT_EXCEEDED}, {@link #UNSUPPORTED_VERSION}, {@link
 * #INVALID_CHANGE}, {@link #WRONG_DOCUMENT}, {@link #UNEXPECTED_MESSAGE}.
 */
public final class ProtocolException extends PlaitException {
  private static final long serialVersionUID = 1L;

  /** The bytes are not what the format says. */
  public static final String MALFORMED = "MALFORMED";

  /** A size or count is above its limit. */
  public static final String LIMIT_EXCEEDED = "LIMIT_EXCEEDED";

  /** A newer format or protocol than this release speaks. */
  public static final String UNSUPPORTED_VERSION = "UNSUPPORTED_VERSION";

  /** Well-formed bytes that say something no change or snapshot may say. */
  public static final String INVALID_CHANGE = "INVALID_CHANGE";

  /** The bytes belong to another document. */
  public static final String WRONG_DOCUMENT = "WRONG_DOCUMENT";

  /** A message that may not come at this point of a session. */
  public static final String UNEXPECTED_MESSAGE = "UNEXPECTED_MESSAGE";

  /**
   * @param code one of the constants of this class
   * @param message what was wrong and what is allowed
   */
  public ProtocolException(String code, String message) {
    this(code, message, null);
  }

  /**
   * @param code one of the constants of this class
   * @param message what was wrong and what is allowed
   * @param cause what the decoder below said
   */
  public ProtocolException(String code, String message, @Nullable Throwable cause) {
    super(code, message, cause);
  }
}
