package dev.plait.crdt;

import dev.plait.clock.ElementId;
import org.jspecify.annotations.Nullable;

/**
 * One element of a {@link Sequence}: its id and its two origins never change, its content goes when
 * it is deleted.
 */
final class Element<C> {
  final ElementId id;

  /** The visible element its author inserted it after, null for the start. */
  final @Nullable ElementId left;

  /** What followed the left origin on its author's side, deleted or not, null for the end. */
  final @Nullable ElementId right;

  /** Null once deleted. */
  @Nullable C content;

  Element(ElementId id, @Nullable ElementId left, @Nullable ElementId right, @Nullable C content) {
    this.id = id;
    this.left = left;
    this.right = right;
    this.content = content;
  }

  boolean isVisible() {
    return content != null;
  }

  /** Whether this is the next element of the same replica. */
  boolean isNextAfter(ElementId other) {
    return id.seq() - 1 == other.seq() && id.replica().equals(other.replica());
  }
}
