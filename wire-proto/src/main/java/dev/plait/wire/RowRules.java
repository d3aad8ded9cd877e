package dev.plait.wire;

import dev.plait.change.ContainerId;
import dev.plait.change.OperationRows;
import dev.plait.value.ContainerType;

/**
 * What rows of operations on text must keep to. Replicas are indexes of the table, the author's is
 * 0. Not thread-safe.
 */
final class RowRules {
  private final Direction direction;
  private long nextSeq;
  private long operations;
  private boolean mayJoin;

  /** The rules before the first row. */
  RowRules(Direction direction, long firstSeq) {
    this.direction = direction;
    this.nextSeq = firstSeq;
  }

  /** Goes back to before the first row. */
  void restart(long firstSeq) {
    nextSeq = firstSeq;
    operations = 0;
    mayJoin = false;
  }

  /** The sequence number of the next unit. */
  long nextSeq() {
    return nextSeq;
  }

  /** How many operations there were in all rows. */
  long operations() {
    return operations;
  }

  /** Checks the sizes of a row, and counts its operations. */
  void checkSize(int kind, int rowOperations, int width) {
    if (rowOperations < 1) {
      throw direction.invalid("a row of no operations; it takes at least one");
    }
    if (kind != OperationRows.OTHER && width < 1) {
      throw direction.invalid(
          kind == OperationRows.INSERT
              ? "an insert of nothing; it takes at least one element"
              : "a deletion of nothing; it takes at least one element");
    }
    if (kind == OperationRows.JOINED) {
      if (!mayJoin) {
        throw direction.malformed(
            "a further range of a deletion stands behind something else than one deletion");
      }
      return;
    }
    operations += rowOperations;
    if (operations > Integer.MAX_VALUE) {
      throw direction.tooMuch("a chunk has more than 2^31-1 operations");
    }
    mayJoin = kind == OperationRows.DELETE && rowOperations == 1;
  }

  /** Checks that a row is meant for a text. */
  void checkContainer(ContainerId container) {
    if (container.type() != ContainerType.TEXT) {
      throw direction.invalid(
          "an operation on a text is meant for a "
              + container.type().label()
              + "; both must be the same");
    }
  }

  /** Checks an origin or, of what is deleted, the highest unit. */
  void checkNamed(int replica, long seq) {
    if (seq < 1) {
      throw direction.invalid("a unit has number " + seq + "; they are from 1 to 2^63-1");
    }
    if (replica == RowMemory.AUTHOR && seq >= nextSeq) {
      throw direction.invalid(
          "an operation names unit " + seq + " of its own replica, which makes it later");
    }
  }

  /** Checks what a row deletes; returns the lowest unit. */
  long checkDeleted(int kind, int rowOperations, int width, int replica, long seq) {
    long all = (long) rowOperations * width;
    long lowest = kind == OperationRows.DELETE_BACK ? seq - (all - width) : seq;
    if (lowest < 1 || all - 1 > Long.MAX_VALUE - lowest) {
      throw direction.invalid("units from " + lowest + " are deleted; they are from 1 to 2^63-1");
    }
    checkNamed(replica, lowest + (all - 1));
    return lowest;
  }

  /** Counts the units that a row makes, after all else was checked. */
  void insert(long units) {
    checkRoom(units);
    nextSeq += units;
  }

  /** Checks that there are so many sequence numbers left. */
  private void checkRoom(long units) {
    if (units > Long.MAX_VALUE - nextSeq) {
      throw direction.invalid("the replica's sequence numbers end at 2^63-1");
    }
  }

  /** Checks that none of the operations of a row ends inside a pair of surrogates. */
  void checkCuts(CharSequence text, int from, int rowOperations, int width) {
    long to = from + (long) rowOperations * width;
    for (long cut = from; cut <= to; cut += width) {
      if (cut < text.length() && Character.isLowSurrogate(text.charAt((int) cut))) {
        throw direction.invalid(
            "an inserted text ends with half of a surrogate pair; it takes whole characters");
      }
    }
  }
}
