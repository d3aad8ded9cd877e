package dev.plait.document;

import dev.plait.clock.Dot;
import dev.plait.clock.DotRange;

/**
 * What became of changes that were handed to a document. Every change ends in exactly one of these;
 * consecutive changes of one replica with the same fate are reported together.
 */
public sealed interface ApplyOutcome {

  /** The changes this is about. */
  DotRange changes();

  /** They are part of the document now. */
  record Applied(DotRange changes) implements ApplyOutcome {}

  /** They were part of the document before. */
  record Duplicate(DotRange changes) implements ApplyOutcome {}

  /**
   * They wait in the inbox.
   *
   * @param missing the change they wait for first
   */
  record Pending(DotRange changes, Dot missing) implements ApplyOutcome {}

  /**
   * Their stamp is too far ahead of the local wall clock: they are kept and applied later.
   *
   * @param untilMillis the wall clock reading, in milliseconds since 1970, from which they may be
   */
  record Quarantined(DotRange changes, long untilMillis) implements ApplyOutcome {}

  /**
   * They are kept aside durably and handed on to peers, but are not part of the document.
   *
   * @param code a stable code
   * @param reason what they wait for, for people
   */
  record Held(DotRange changes, String code, String reason) implements ApplyOutcome {
    /**
     * Their author's changes contradict each other: two programs have made changes under one name.
     */
    public static final String EQUIVOCATION = "EQUIVOCATION";

    /** A newer release wrote them, and only such a one can apply them. */
    public static final String NEWER_FORMAT = "NEWER_FORMAT";

    /** They build on something that is kept aside. */
    public static final String AFTER_HELD = "AFTER_HELD";
  }

  /**
   * They were not taken.
   *
   * @param code a stable code
   * @param reason what was wrong, for people
   * @param permanent true if every replica rejects them for ever; false if a local limit was
   *     reached and they may be offered again
   */
  record Rejected(DotRange changes, String code, String reason, boolean permanent)
      implements ApplyOutcome {
    /** The inbox is full; the changes were not kept and can be offered again. */
    public static final String INBOX_FULL = "INBOX_FULL";

    /** The quarantine is full; the changes were not kept and can be offered again. */
    public static final String QUARANTINE_FULL = "QUARANTINE_FULL";

    /** The stamp lies outside 2020 to 2200. */
    public static final String STAMP_OUT_OF_RANGE = "STAMP_OUT_OF_RANGE";

    /** The stamp is not above that of the author's previous change. */
    public static final String STAMP_NOT_INCREASING = "STAMP_NOT_INCREASING";

    /** The element ids do not continue those of the author's previous change. */
    public static final String IDS_OUT_OF_SEQUENCE = "IDS_OUT_OF_SEQUENCE";

    /**
     * Another change of the same name is held here: two programs have made changes under one name.
     * Not permanent, since other replicas hold this one.
     */
    public static final String EQUIVOCATION = "EQUIVOCATION";

    /** An operation names an element its container can't have. */
    public static final String UNKNOWN_ELEMENT = "UNKNOWN_ELEMENT";

    /** An operation does not fit the type of its container. */
    public static final String WRONG_OPERATION = "WRONG_OPERATION";

    /** The change depends on itself or a later change of its own author. */
    public static final String SELF_DEPENDENCY = "SELF_DEPENDENCY";
  }
}
