package dev.plait.properties.oracle;

import dev.plait.clock.ElementId;
import dev.plait.clock.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * One element: its id and its two origins never change, its content goes when it is deleted.
 *
 * <p>In a list it is a slot: an element where it was inserted, or a position it was moved to. The
 * content of the element and what is known of it are with the slot where it is now.
 */
final class PlainElement<C> {
  final ElementId id;

  /** Null for the start. */
  final @Nullable ElementId left;

  /** Null for the end. */
  final @Nullable ElementId right;

  /** Null once deleted. */
  @Nullable C content;

  /** Whether it was visible when a delta was last taken. */
  boolean shown;

  /** Whether this is a position. */
  boolean isPosition;

  /** The element whose content this is. */
  ElementId holds;

  /** The stamp of the move that brought the element here; null if it was inserted here. */
  @Nullable Stamp movedAt;

  /** The stamp of the greatest replacement of the element; null if there was none. */
  @Nullable Stamp replacedAt;

  /** The replacement that was seen when a delta was last taken. */
  @Nullable Stamp shownAt;

  PlainElement(
      ElementId id, @Nullable ElementId left, @Nullable ElementId right, @Nullable C content) {
    this.id = id;
    this.holds = id;
    this.left = left;
    this.right = right;
    this.content = content;
  }

  boolean isVisible() {
    return content != null;
  }

  PlainElement<C> copy() {
    PlainElement<C> copy = new PlainElement<>(id, left, right, content);
    copy.shown = shown;
    copy.isPosition = isPosition;
    copy.holds = holds;
    copy.movedAt = movedAt;
    copy.replacedAt = replacedAt;
    copy.shownAt = shownAt;
    return copy;
  }
}
