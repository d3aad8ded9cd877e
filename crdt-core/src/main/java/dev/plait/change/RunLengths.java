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

  /**
   * A place in the column, from which it is read on. The column may grow meanwhile, in its last run
   * too: a run is left only when there is one behind it to read.
   */
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

    /** Goes to the place where another reader of the column is. */
    void goTo(Reader other) {
      run = other.run;
      used = other.used;
    }

    /** The run that holds the next number, which there must be. */
    private int runOfNext() {
      if (used == column.counts[run]) {
        run++;
        used = 0;
      }
      return run;
    }

    /** The next number, without moving on. */
    public long peek() {
      return column.values[runOfNext()];
    }

    /** The number that is next ({@code skipped} 0) or the one behind it (1), without moving on. */
    long peek(int skipped) {
      int at = runOfNext();
      return column.values[used + skipped < column.counts[at] ? at : at + 1];
    }

    /** How often the number that is next comes in a row from here. */
    public int repeats() {
      return column.counts[runOfNext()] - used;
    }

    /** How often the number of {@link #peek(int)} comes in a row from there. */
    int repeats(int skipped) {
      int at = runOfNext();
      int left = column.counts[at] - used - skipped;
      return left > 0 ? left : column.counts[at + 1];
    }

    /**
     * Whether the numbers from {@link #peek(int)} on, {@code count} of them, are positive and their
     * sum with {@code start} is at most {@code atMost}. Does not move on.
     */
    boolean climbs(int skipped, int count, long start, long atMost) {
      if (count == 0) {
        return true;
      }
      int at = runOfNext();
      int from = used + skipped;
      long reached = start;
      for (int left = count; left > 0; at++) {
        int here = Math.min(left, column.counts[at] - from);
        if (here > 0) {
          long value = column.values[at];
          if (value <= 0 || value > (atMost - reached) / here) {
            return false;
          }
          reached += value * here;
          left -= here;
        }
        from = Math.max(0, from - column.counts[at]);
      }
      return true;
    }

    /** Passes over {@code count} numbers; returns their sum. */
    public long skip(int count) {
      long sum = 0;
      int left = count;
      while (left > 0) {
        int at = runOfNext();
        int part = Math.min(left, column.counts[at] - used);
        sum += column.values[at] * part;
        used += part;
        left -= part;
      }
      return sum;
    }
  }
}
