package dev.plait.change;

import java.util.Arrays;

/**
 * A column of numbers in which neighbours are often equal: stored as each number and how many times
 * it comes in a row. Not thread-safe.
 */
final class RunLengths {
  private static final int FIRST_CAPACITY = 2;

  private long[] values = new long[FIRST_CAPACITY];
  private int[] counts = new int[FIRST_CAPACITY];
  private int runs;

  /** How many different runs there are. */
  int runs() {
    return runs;
  }

  long value(int run) {
    return values[run];
  }

  int count(int run) {
    return counts[run];
  }

  /** Adds a number {@code times} times at the end. */
  void add(long value, int times) {
    if (runs > 0 && values[runs - 1] == value) {
      counts[runs - 1] += times;
      return;
    }
    if (runs == values.length) {
      values = Arrays.copyOf(values, 2 * runs);
      counts = Arrays.copyOf(counts, 2 * runs);
    }
    values[runs] = value;
    counts[runs] = times;
    runs++;
  }

  void clear() {
    runs = 0;
  }

  /** A place in the column, from which it is read on. */
  static final class Reader {
    private final RunLengths column;
    private int run;
    private int used;

    Reader(RunLengths column) {
      this.column = column;
    }

    /** Starts over. */
    void rewind() {
      run = 0;
      used = 0;
    }

    /** The next number. */
    long next() {
      long value = column.values[run];
      used++;
      if (used == column.counts[run]) {
        run++;
        used = 0;
      }
      return value;
    }

    /** The next number, without moving on. */
    long peek() {
      return column.values[run];
    }

    /** The sum of the next {@code count} numbers, without moving on. */
    long sumOfNext(int count) {
      int startRun = run;
      int startUsed = used;
      long sum = skip(count);
      run = startRun;
      used = startUsed;
      return sum;
    }

    /** How often the number that is next comes in a row from here. */
    int repeats() {
      return column.counts[run] - used;
    }

    /** Passes over {@code count} numbers; returns their sum. */
    long skip(int count) {
      long sum = 0;
      int left = count;
      while (left > 0) {
        int part = Math.min(left, column.counts[run] - used);
        sum += column.values[run] * part;
        used += part;
        left -= part;
        if (used == column.counts[run]) {
          run++;
          used = 0;
        }
      }
      return sum;
    }
  }
}
