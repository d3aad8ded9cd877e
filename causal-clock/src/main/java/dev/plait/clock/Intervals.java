package dev.plait.clock;

import java.util.Arrays;

/**
 * A set of numbers from 1 up as disjoint intervals, ascending, never touching one another, so that
 * equal sets have one representation.
 */
final class Intervals {

  private long[] firsts = new long[4];
  private long[] lasts = new long[4];
  private int count;

  int count() {
    return count;
  }

  long first(int index) {
    return firsts[index];
  }

  long last(int index) {
    return lasts[index];
  }

  boolean contains(long number) {
    int index = firstEndingAtOrAfter(number);
    return index < count && firsts[index] <= number;
  }

  /** Adds {@code first} to {@code last}; returns whether any of these was missing. */
  boolean add(long first, long last) {
    // The intervals from..to-1 overlap or touch the new one and melt into it.
    int from = firstEndingAtOrAfter(first - 1);
    int to = from;
    while (to < count && firsts[to] - 1 <= last) {
      to++;
    }
    if (from < to && firsts[from] <= first && last <= lasts[from]) {
      return false;
    }
    long mergedFirst = from < to ? Math.min(first, firsts[from]) : first;
    long mergedLast = from < to ? Math.max(last, lasts[to - 1]) : last;
    replace(from, to);
    firsts[from] = mergedFirst;
    lasts[from] = mergedLast;
    return true;
  }

  /** Makes room for exactly one interval where {@code from..to-1} were. */
  private void replace(int from, int to) {
    int grown = count + 1 - (to - from);
    if (grown > firsts.length) {
      firsts = Arrays.copyOf(firsts, 2 * firsts.length);
      lasts = Arrays.copyOf(lasts, 2 * lasts.length);
    }
    System.arraycopy(firsts, to, firsts, from + 1, count - to);
    System.arraycopy(lasts, to, lasts, from + 1, count - to);
    count = grown;
  }

  private int firstEndingAtOrAfter(long number) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (lasts[middle] < number) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  void checkInvariants() {
    for (int i = 0; i < count; i++) {
      boolean ordered = firsts[i] <= lasts[i];
      boolean apart = i == 0 ? firsts[i] >= 1 : firsts[i] - 1 > lasts[i - 1];
      if (!ordered || !apart) {
        throw new AssertionError("interval " + i + ": " + firsts[i] + ".." + lasts[i]);
      }
    }
  }
}
