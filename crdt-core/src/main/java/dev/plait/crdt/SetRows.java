package dev.plait.crdt;

import dev.plait.value.Value;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rows of {@link SetEntries}: each has a value and, in a line of five longs, the id of its
 * entry, the hash of its value, the rows before and behind it in the chain of its value, and the
 * value once more as a {@link PackedValue}. Rows that were left are used again, the last one first.
 * Not thread-safe.
 */
final class SetRows {
  /** In place of a row: none. */
  static final int NONE = -1;

  private static final int FIRST_CAPACITY = 2;

  /** Beside so many rows there is one more, lest the first add to an opened set copies all. */
  private static final int SPARE = 16;

  // Many containers stay empty, and most stay small: what holds nothing takes nothing.
  private static final long[] NO_LONGS = {};
  private static final @Nullable Value[] NO_VALUES = {};

  // What a row takes in the lines.
  private static final int WIDTH = 5;
  private static final int SEQ = 0;
  private static final int OWNER_AND_HASH = 1;
  private static final int NEXT_AND_PREVIOUS = 2;
  private static final int LOW = 3;
  private static final int HIGH = 4;

  private static final int HALF = 32;
  private static final long LOWER_HALF = 0xffff_ffffL;
  private static final long ALONE = chain(NONE, NONE);

  private @Nullable Value[] values = NO_VALUES;
  private long[] lines = NO_LONGS;
  private int size;

  /** Rows from here on were never used. */
  private int end;

  /** The first of the rows that were left, chained as their next ones. */
  private int free = NONE;

  // ---- looking

  /** How many rows are used. */
  int size() {
    return size;
  }

  /** Behind all rows that were ever used. */
  int end() {
    return end;
  }

  /** The value of a row; null if it was left. */
  @Nullable Value valueOrNull(int row) {
    return values[row];
  }

  /** The value of a row that is used. */
  Value value(int row) {
    return Objects.requireNonNull(values[row]);
  }

  boolean isUsed(int row) {
    return values[row] != null;
  }

  /** Whether a row is of a value, which is packed here. */
  boolean holds(int row, PackedValue packed, Value value) {
    return lines[row * WIDTH + LOW] == packed.low
        && lines[row * WIDTH + HIGH] == packed.high
        && (packed.isWhole() || value.equals(values[row]));
  }

  long seq(int row) {
    return lines[row * WIDTH + SEQ];
  }

  int owner(int row) {
    return (int) (lines[row * WIDTH + OWNER_AND_HASH] >>> HALF);
  }

  int hash(int row) {
    return (int) lines[row * WIDTH + OWNER_AND_HASH];
  }

  int next(int row) {
    return (int) (lines[row * WIDTH + NEXT_AND_PREVIOUS] >>> HALF);
  }

  int previous(int row) {
    return (int) lines[row * WIDTH + NEXT_AND_PREVIOUS];
  }

  /** Whether there is no other row in its chain. */
  boolean isAlone(int row) {
    return lines[row * WIDTH + NEXT_AND_PREVIOUS] == ALONE;
  }

  // ---- changing

  /** Makes room for so many rows more. */
  void reserve(int more) {
    int rows = end + more;
    if (rows > values.length) {
      resize(rows + rows / SPARE);
    }
  }

  /** A row for a value, which is packed here; alone in its chain. */
  int take(int owner, long seq, Value value, PackedValue packed, int hash) {
    int row = free;
    if (row != NONE) {
      free = next(row);
    } else {
      row = end;
      if (row == values.length) {
        resize(Math.max(FIRST_CAPACITY, 2 * row));
      }
      end++;
    }
    size++;
    values[row] = value;
    name(row, owner, seq, hash);
    link(row, NONE, NONE);
    lines[row * WIDTH + LOW] = packed.low;
    lines[row * WIDTH + HIGH] = packed.high;
    return row;
  }

  private void resize(int rows) {
    values = Arrays.copyOf(values, rows);
    lines = Arrays.copyOf(lines, rows * WIDTH);
  }

  /** Says whose entry a row is, and by which hash its value is found. */
  void name(int row, int owner, long seq, int hash) {
    lines[row * WIDTH + SEQ] = seq;
    lines[row * WIDTH + OWNER_AND_HASH] = (long) owner << HALF | (hash & LOWER_HALF);
  }

  /** Says which rows stand beside it in its chain. */
  void link(int row, int next, int previous) {
    lines[row * WIDTH + NEXT_AND_PREVIOUS] = chain(next, previous);
  }

  private static long chain(int next, int previous) {
    return (long) next << HALF | (previous & LOWER_HALF);
  }

  /** Takes a row out of its chain, and leaves it. */
  void leave(int row) {
    int next = next(row);
    int previous = previous(row);
    if (next != NONE) {
      link(next, next(next), previous);
    }
    if (previous != NONE) {
      link(previous, next, previous(previous));
    }
    size--;
    values[row] = null;
    link(row, free, NONE);
    free = row;
  }
}
