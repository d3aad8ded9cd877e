package dev.plait.properties.oracle;

import dev.plait.canonical.CanonicalWriter;
import dev.plait.clock.ElementId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Elements with consecutive ids, the first with the two origins given, each later one with the
 * element before it as left origin and the same right origin.
 *
 * @param contents as many as {@code length}, or null when all are deleted
 */
record PlainRun<C>(
    ElementId first,
    int length,
    @Nullable ElementId left,
    @Nullable ElementId right,
    @Nullable List<C> contents) {

  PlainRun {
    contents = contents == null ? null : List.copyOf(contents);
  }

  static <C> PlainRun<C> of(
      ElementId first, @Nullable ElementId left, @Nullable ElementId right, List<C> contents) {
    return new PlainRun<>(first, contents.size(), left, right, contents);
  }

  /** Whether there is at least one element, with an id and, unless deleted, a content for each. */
  boolean isComplete() {
    return length >= 1
        && length - 1 <= Long.MAX_VALUE - first.seq()
        && (contents == null || contents.size() == length);
  }

  ElementId idAt(int offset) {
    return first.plus(offset);
  }

  @Nullable ElementId leftAt(int offset) {
    return offset == 0 ? left : idAt(offset - 1);
  }

  @Nullable C contentAt(int offset) {
    return contents == null ? null : contents.get(offset);
  }

  PlainRun<C> part(int from, int to) {
    List<C> part = contents == null ? null : contents.subList(from, to);
    return new PlainRun<>(idAt(from), to - from, leftAt(from), right, part);
  }

  /** Writes everything but the contents. */
  void writeCanonical(CanonicalWriter out) {
    out.element(first);
    out.varint(length);
    out.nullableElement(left);
    out.nullableElement(right);
    out.u8(contents == null ? 1 : 0);
  }
}
