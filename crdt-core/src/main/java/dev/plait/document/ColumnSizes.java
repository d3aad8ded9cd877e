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

  /** A step of time and how often it comes; a number of operations and how often it comes. */
  private static final int PER_STEP = 16;

  private static final int PER_COUNT = 10;

  /** How many units an operation goes over. */
  private static final int PER_WIDTH = 5;

  private @Nullable ContainerId named;
  private @Nullable ContainerId namedNext;
  private long step;
  private long stepNext;
  private long operations = 1;
  private long operationsNext;

  /** The size of the next change of a walk, which is moved past it. */
  long ofNext(ChangeWalk walk) {
    long size = dependenciesOf(walk);
    stepNext = walk.time() - walk.previousTime();
    size += stepNext == step ? 0 : PER_STEP;
    namedNext = named;
    operationsNext = 0;
    walk.enter(1);
    while (walk.nextPart()) {
      operationsNext += walk.partOperations();
      ContainerId container = walk.container();
      if (!container.equals(namedNext)) {
        size += ChangeSize.of(container);
        namedNext = container;
      }
      size += ofPart(walk);
    }
    return size + (operationsNext == operations ? 0 : PER_COUNT);
  }

  /** A change that depends on others is named, with how many they are. */
  private static long dependenciesOf(ChangeWalk walk) {
    int count = walk.dependencies().size();
    return count == 0 ? 0 : PER_COUNT + ChangeSize.ofReference() * count;
  }

  /** The change that was measured last is part of the chunk. */
  void taken() {
    named = namedNext;
    step = stepNext;
    operations = operationsNext;
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
    long size = (walk.width() == 1 ? 1L : PER_WIDTH) * operations;
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
