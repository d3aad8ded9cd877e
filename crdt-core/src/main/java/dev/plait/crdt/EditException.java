package dev.plait.crdt;

import dev.plait.error.PlaitException;

/**
 * A local edit that can't be made: nothing was changed.
 *
 * <p>Codes: {@link #INDEX_OUT_OF_RANGE}, {@link #SURROGATE_SPLIT}, {@link #LONE_SURROGATE}, {@link
 * #COUNTER_OVERFLOW}, {@link #VALUE_TOO_LARGE}, {@link #EMPTY_EDIT}, {@link #STAMP_NOT_NEWER},
 * {@link #ID_NOT_NEWER}.
 */
public final class EditException extends PlaitException {
  private static final long serialVersionUID = 1L;

  /** A cursor stays with an element that is not here. */
  public static final String UNKNOWN_ELEMENT = "UNKNOWN_ELEMENT";

  /** An index or length lies outside the sequence. */
  public static final String INDEX_OUT_OF_RANGE = "INDEX_OUT_OF_RANGE";

  /** An index lies between the two halves of a surrogate pair. */
  public static final String SURROGATE_SPLIT = "SURROGATE_SPLIT";

  /** Text holds half of a surrogate pair. */
  public static final String LONE_SURROGATE = "LONE_SURROGATE";

  /** The sum would leave the range of a long. */
  public static final String COUNTER_OVERFLOW = "COUNTER_OVERFLOW";

  /** A key, value or piece of text is larger than allowed. */
  public static final String VALUE_TOO_LARGE = "VALUE_TOO_LARGE";

  /** Nothing to insert, delete or add. */
  public static final String EMPTY_EDIT = "EMPTY_EDIT";

  /** The stamp handed in is not above the one it has to beat. */
  public static final String STAMP_NOT_NEWER = "STAMP_NOT_NEWER";

  /** The element id handed in was used before. */
  public static final String ID_NOT_NEWER = "ID_NOT_NEWER";

  /**
   * @param code one of the constants of this class
   * @param message what was wrong and what is allowed
   */
  public EditException(String code, String message) {
    super(code, message, null);
  }
}
