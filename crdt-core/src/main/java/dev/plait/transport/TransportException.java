package dev.plait.transport;

import dev.plait.error.PlaitException;
import org.jspecify.annotations.Nullable;

/**
 * A link could not be opened or used. Nothing was sent.
 *
 * <p>Codes: {@link #UNREACHABLE}, {@link #ALREADY_OPEN}, {@link #FRAME_TOO_LARGE}, {@link
 * #INVALID_CONDITIONS}, {@link #INVALID_SETTINGS}, {@link #INVALID_CREDENTIALS}, {@link
 * #CANNOT_LISTEN}, {@link #TRANSPORT_CLOSED}.
 */
public final class TransportException extends PlaitException {

  private static final long serialVersionUID = 1L;

  /** The other end cannot be reached now; trying again later may help. */
  public static final String UNREACHABLE = "UNREACHABLE";

  /** The transport has an open link already and supports only one. */
  public static final String ALREADY_OPEN = "ALREADY_OPEN";

  /** The frame is longer than the transport ever takes. */
  public static final String FRAME_TOO_LARGE = "FRAME_TOO_LARGE";

  /** A network was asked to behave in a way that makes no sense. */
  public static final String INVALID_CONDITIONS = "INVALID_CONDITIONS";

  /** A transport or server was asked to work in a way it cannot. */
  public static final String INVALID_SETTINGS = "INVALID_SETTINGS";

  /** A certificate, a key or what is to be trusted can't be read or used. */
  public static final String INVALID_CREDENTIALS = "INVALID_CREDENTIALS";

  /** A server cannot take calls at the address it was given. */
  public static final String CANNOT_LISTEN = "CANNOT_LISTEN";

  /** The transport was closed and opens no more links. */
  public static final String TRANSPORT_CLOSED = "TRANSPORT_CLOSED";

  /**
   * Creates a failure.
   *
   * @param code one of the constants of this class
   * @param message what was wrong and what is allowed
   */
  public TransportException(String code, String message) {
    this(code, message, null);
  }

  /**
   * Creates a failure with a cause.
   *
   * @param code one of the constants of this class
   * @param message what was wrong and what is allowed
   * @param cause what the network below said
   */
  public TransportException(String code, String message, @Nullable Throwable cause) {
    super(code, message, cause);
  }
}
