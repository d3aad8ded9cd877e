package dev.plait.crdt;

import dev.plait.clock.ElementId;
import org.jspecify.annotations.Nullable;

/**
 * A place in a text or list that stays with its element, whatever is edited around it: what a
 * caret, the end of a selection or the anchor of a comment is kept as.
 *
 * <p>Made from an index by {@code cursorAt} and turned back into one by {@code indexOf}, on any
 * replica that holds the element. When the element is deleted, the cursor is where it stood. A
 * cursor without an element is at the start or the end, whatever is put there. Immutable; it may be
 * kept, sent and stored.
 *
 * @param element the element it stays with; null for the start of the text ({@code AFTER}) or its
 *     end ({@code BEFORE})
 * @param side on which side of the element it is
 */
public record Cursor(@Nullable ElementId element, Side side) {

  /** A side of an element; it decides what becomes of an insertion exactly at the cursor. */
  public enum Side {
    /** Directly before the element: what is inserted at the cursor comes before the cursor. */
    BEFORE,
    /** Directly behind the element: what is inserted at the cursor comes behind the cursor. */
    AFTER
  }
}
