package dev.plait.document;

import dev.plait.change.ChangeWalk;
import dev.plait.change.ContainerId;
import dev.plait.change.OperationRows;
import org.jspecify.annotations.Nullable;

/**
 * An upper estimate of the encoded size of changes that are put together in one chunk, where what
 * goes on from the change before costs little.
 */
final class ColumnSizes {
  /** What a chunk takes by itself. */
  static final long CHUNK = 256;

  private static final int PER_CHANGE = 24;
  private static final int PER_CONTINUED = 12;

  private @Nullable ContainerId named;
  private @Nullable ContainerId namedNext;

  /** The size of the next change of a walk, which is moved past it. */
  long ofNext(ChangeWalk walk) {
    long size = PER_CHANGE + ChangeSize.ofReference() * walk.dependencies().size();
    namedNext = named;
    walk.enter(1);
    while (walk.nextPart()) {
      ContainerId container = walk.container();
      if (!container.equals(namedNext)) {
        size += ChangeSize.of(container);
        namedNext = container;
      }
      size += ofPart(walk);
    }
    return size;
  }

  /** The change that was measured last is part of the chunk. */
  void taken() {
    named = namedNext;
  }

  private static long ofPart(ChangeWalk walk) {
    int operations = walk.partOperations();
    if (walk.kind() == OperationRows.OTHER) {
      long size = 0;
      for (int i = 0; i < operations; i++) {
        size += ChangeSize.of(walk.operation(i));
      }
      return size;
    }
    long size = (long) PER_CONTINUED * operations;
    if (walk.startsRow()) {
      size += ChangeSize.ofDeletion();
    }
    if (walk.kind() == OperationRows.INSERT) {
      int from = walk.partText();
      return size + utf8Length(walk.text(), from, from + operations * walk.width());
    }
    return size + walk.joined() * ChangeSize.ofDeletion();
  }

  /** At most; the halves of a pair count three each. */
  private static long utf8Length(CharSequence text, int from, int to) {
    long bytes = 0;
    for (int i = from; i < to; i++) {
      char unit = text.charAt(i);
      bytes += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
    }
    return bytes;
  }
}
