package dev.plait.document;

import dev.plait.change.ChangeColumns;
import dev.plait.change.ChangeWalk;
import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive changes of one replica on their way into a document, and how far they have come.
 *
 * <p>The columns of a block that is not keepable are used again for what comes next.
 */
final class Block {
  final ChangeColumns columns;
  final boolean keepable;

  /** Stands before the first change that is not decided. */
  final ChangeWalk walk;

  /** Goes ahead to try what comes. */
  final ChangeWalk ahead;

  /** What the next change waits for; null while it does not. */
  @Nullable Dot missing;

  /** The chunk that all of it came as; null if it did not. */
  @Nullable Chunk source;

  /** What it was kept aside as; null if it comes from elsewhere. */
  @Nullable HeldPiece piece;

  /** How many of its changes became part of the document. */
  int applied;

  private boolean fresh;
  private boolean taken;

  Block(ChangeColumns columns, boolean keepable) {
    this.columns = columns;
    this.keepable = keepable;
    this.walk = columns.walk();
    this.ahead = columns.walk();
  }

  /** The columns hold something new; {@link #begin} has to be called before it is walked. */
  void restart() {
    fresh = true;
    taken = false;
    missing = null;
    source = null;
    piece = null;
    applied = 0;
  }

  /** Puts the walk before the first change if the columns hold something new. */
  void begin() {
    if (fresh) {
      fresh = false;
      walk.rewind();
    }
  }

  /** Whether it is a single operation, the only one of a change that depends on nothing. */
  boolean isKeystroke() {
    return fresh
        && !keepable
        && columns.size() == 1
        && columns.dependentCount() == 0
        && columns.rows().isSingle();
  }

  /** All of it was applied without a walk. */
  void taken() {
    taken = true;
    applied = columns.size();
  }

  /** What is left of it was dealt with elsewhere. */
  void leave() {
    taken = true;
  }

  /** The chunk that all of it came as, if all of it was applied. */
  @Nullable Chunk whole() {
    return applied == columns.size() ? source : null;
  }

  /** The counter of the next change. */
  long counter() {
    return walk.counter();
  }

  /** How many changes are not decided yet. */
  int left() {
    return taken ? 0 : columns.size() - walk.index();
  }

  /**
   * How many changes from the next one on depend on nothing but what is applied and each other; if
   * none, the next one {@linkplain #missing waits}.
   */
  int ready(Authors authors) {
    missing = null;
    int end = columns.size();
    for (int i = walk.dependentsPassed(); i < columns.dependentCount(); i++) {
      int index = columns.dependent(i);
      Dot absent = absent(columns.dependencies(i), columns.firstCounter() + index, authors);
      if (absent != null) {
        missing = index == walk.index() ? absent : null;
        end = index;
        break;
      }
    }
    return end - walk.index();
  }

  private @Nullable Dot absent(List<Dot> dependencies, long counter, Authors authors) {
    for (Dot dependency : dependencies) {
      boolean there =
          dependency.replica().equals(columns.replica())
              ? dependency.counter() < counter
              : authors.includes(dependency);
      if (!there) {
        return dependency;
      }
    }
    return null;
  }
}
