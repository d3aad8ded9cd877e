package dev.plait.properties.oracle;

import dev.plait.clock.ElementId;
import org.jspecify.annotations.Nullable;

/** One element: its id and its two origins never change, its content goes when it is deleted. */
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

  PlainElement(
      ElementId id, @Nullable ElementId left, @Nullable ElementId right, @Nullable C content) {
    this.id = id;
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
    return copy;
  }
}
