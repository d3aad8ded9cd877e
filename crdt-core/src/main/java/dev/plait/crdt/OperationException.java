package dev.plait.crdt;

import dev.plait.error.PlaitException;

/**
 * An operation from elsewhere was refused by {@code apply}: nothing was changed.
 *
 * <p>The code is that of the {@link Refusal}: {@code MISSING_ELEMENT}, or that of {@link
 * Refusal.Invalid}. Callers who expect such operations ask {@code check} first.
 */
public final class OperationException extends PlaitException {
  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  OperationException(Refusal refusal) {
    super(codeOf(refusal), describe(refusal), null);
    this.refusal = refusal;
  }

  /** What the check found. */
  public Refusal refusal() {
    return refusal;
  }

  private static String codeOf(Refusal refusal) {
    return refusal instanceof Refusal.Invalid invalid ? invalid.code() : "MISSING_ELEMENT";
  }

  private static String describe(Refusal refusal) {
    if (refusal instanceof Refusal.Invalid invalid) {
      return invalid.reason();
    }
    return "the operation names "
        + ((Refusal.Missing) refusal).element()
        + ", which is not here;"
        + " apply what its maker had seen first";
  }
}
