package dev.plait.sequence;

import java.util.Arrays;

/** Ranges of elements with consecutive ints, in the order they were added. Not thread-safe. */
final class Ranges {
  private static final int ENTRY = 2;

  private int[] entries = new int[ENTRY];
  private int used;

  void clear() {
    used = 0;
  }

  /** Adds a range, as part of the last one if it goes on there. */
  void add(int first, int count) {
    int last = used - ENTRY;
    if (last >= 0 && entries[last] + entries[last + 1] == first) {
      entries[last + 1] += count;
      return;
    }
    if (used == entries.length) {
      entries = Arrays.copyOf(entries, 2 * used);
    }
    entries[used] = first;
    entries[used + 1] = count;
    used += ENTRY;
  }

  int size() {
    return used / ENTRY;
  }

  int first(int range) {
    return entries[range * ENTRY];
  }

  int count(int range) {
    return entries[range * ENTRY + 1];
  }
}
