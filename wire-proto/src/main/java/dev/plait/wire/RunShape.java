package dev.plait.wire;

import dev.plait.clock.ElementId;
import dev.plait.crdt.State;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A run of a text or a list without its content. */
record RunShape(
    ElementId first,
    int length,
    @Nullable ElementId left,
    @Nullable ElementId right,
    boolean deleted) {

  static RunShape of(State.TextRun run) {
    return new RunShape(run.first(), run.length(), run.left(), run.right(), run.text() == null);
  }

  static RunShape of(State.ListRun run) {
    return new RunShape(run.first(), run.length(), run.left(), run.right(), run.items() == null);
  }

  /** Whether the two, side by side, are really one run. */
  boolean goesOnWith(RunShape next) {
    return next.first.replica().equals(first.replica())
        && next.first.seq() - first.seq() == length
        && next.left != null
        && next.left.replica().equals(first.replica())
        && next.left.seq() == next.first.seq() - 1
        && Objects.equals(next.right, right)
        && next.deleted == deleted;
  }
}
