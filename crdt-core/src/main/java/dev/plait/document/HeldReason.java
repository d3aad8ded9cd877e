package dev.plait.document;

import dev.plait.clock.Dot;
import org.jspecify.annotations.Nullable;

/**
 * Why changes are kept aside.
 *
 * @param code the code that is told; of a rejection, the code of that
 * @param text for people
 * @param missing the change after whose application they are looked at again; or null
 */
record HeldReason(Kind kind, String code, String text, @Nullable Dot missing) {
  /** What has to happen before they can be applied. */
  enum Kind {
    /** Nothing: they were loaded and not looked at yet. */
    OPEN,
    /** Their time has to come. */
    TIME,
    /** Another release has to read them. */
    FORMAT,
    /** Their author contradicts itself. */
    AUTHOR,
    /** Something they depend on has to be applied. */
    AFTER,
    /** Nothing will help; they were acknowledged, so they stay. */
    REJECTED
  }

  static final HeldReason OPEN = new HeldReason(Kind.OPEN, "", "", null);

  static final HeldReason TIME = new HeldReason(Kind.TIME, "", "", null);

  static HeldReason format(int revision) {
    return new HeldReason(
        Kind.FORMAT,
        ApplyOutcome.Held.NEWER_FORMAT,
        "a newer release wrote it (revision " + revision + "); this one keeps and relays it",
        null);
  }

  static HeldReason author(Dot contradicted) {
    return new HeldReason(
        Kind.AUTHOR,
        ApplyOutcome.Held.EQUIVOCATION,
        "there are two changes " + contradicted + "; nothing later of their author is applied",
        null);
  }

  static HeldReason after(Dot missing) {
    return new HeldReason(
        Kind.AFTER,
        ApplyOutcome.Held.AFTER_HELD,
        "it builds on " + missing + ", which is not applied",
        missing);
  }

  static HeldReason rejected(String code, String text) {
    return new HeldReason(Kind.REJECTED, code, text, null);
  }

  /** Whether what is missing is a change above this counter. */
  boolean isAfter(long counter) {
    return missing != null && missing.counter() > counter;
  }
}
