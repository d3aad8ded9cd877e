package dev.plait.change;

import java.util.Arrays;

/**
 * A column of numbers in which neighbours are often equal: stored as each number and how many times
 * it comes in a row. Not thread-safe.
 */
public final class RunLengths {
  private static final int FIRST_CAPACITY = 2;

  private long[] values = new long[FIRST_CAPACITY];
  private int[] counts = new int[FIRST_CAPACITY];
  private int runs;

  RunLengths() {}

  /** How many different runs there are; neighbours differ. */
  public int runs() {
    return runs;
  }

  /** The number that a run repeats. */
  public long value(int run) {
    return values[run];
  }

  /** How many times it comes. */
  public int count(int run) {
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
  public static final class Reader {
    private final RunLengths column;
    private int run;
    private int used;

    /** Starts before the first number. */
    public Reader(RunLengths column) {
      this.column = column;
    }

    /** Starts over. */
    public void rewind() {
      run = 0;
      used = 0;
    }

    /** The next number. */
    public long next() {
      long value = column.values[run];
      used++;
      if (used == column.counts[run]) {
        run++;
        used = 0;
      }
      return value;
    }

    /** The next number, without moving on. */
    public long peek() {
      return column.values[run];
    }

    /** The sum of the next {@code count} numbers, without moving on. */
    public long sumOfNext(int count) {
      int startRun = run;
      int startUsed = used;
      long sum = skip(count);
      run = startRun;
      used = startUsed;
      return sum;
    }

    /** How often the number that is next comes in a row from here. */
    public int repeats() {
      return column.counts[run] - used;
    }

    /** Passes over {@code count} numbers; returns their sum. */
    public long skip(int count) {
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
