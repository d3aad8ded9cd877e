package dev.plait.error;

import org.jspecify.annotations.Nullable;

/**
 * The root of every failure Plait reports on purpose.
 *
 * <p>The type says which part of the library failed, the {@linkplain #code() code} says why in a
 * form that never changes between releases, and the message says in words what was wrong and what
 * is allowed instead. A call that ends in a {@code PlaitException} has changed nothing.
 */
public abstract class PlaitException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * Creates a failure.
   *
   * @param code stable name of the reason, in UPPER_SNAKE
   * @param message what was wrong and what is allowed, for people
   * @param cause the failure underneath, or null when there is none
   */
  protected PlaitException(String code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** The stable name of the reason, in UPPER_SNAKE; safe to compare, log and document. */
  public final String code() {
    return code;
  }

  /** The type, the code and the message. */
  @Override
  @SuppressWarnings("OverrideThrowableToString") // the message alone is what people are shown
  public final String toString() {
    return getClass().getName() + " [" + code + "]: " + getMessage();
  }
}
