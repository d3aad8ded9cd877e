package dev.plait.change;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names numbered in the order they were first used. Neighbours in a column mostly have the same
 * name, often the very same object, so the last one is tried first. Not thread-safe.
 */
final class Table<T> {
  /** Up to here looking at each is faster than hashing. */
  private static final int SCANNED = 8;

  /** The names, and perhaps some behind them that were there before {@link #clear}. */
  private final ArrayList<T> entries = new ArrayList<>(2);

  private final Map<T, Integer> indexes = new HashMap<>();
  private int size;
  private int last;

  T get(int index) {
    return entries.get(index);
  }

  /** The number of a name, which is added if it is new. */
  int indexOf(T name) {
    if (last < size && entries.get(last).equals(name)) {
      return last;
    }
    int index = find(name);
    if (index < 0) {
      index = size;
      add(name);
    }
    last = index;
    return index;
  }

  private void add(T name) {
    if (size == entries.size()) {
      entries.add(name);
    } else if (!name.equals(entries.get(size))) {
      entries.set(size, name);
    }
    size++;
    if (size > SCANNED) {
      addToIndex();
    }
  }

  private int find(T name) {
    if (size <= SCANNED) {
      for (int i = 0; i < size; i++) {
        if (entries.get(i).equals(name)) {
          return i;
        }
      }
      return -1;
    }
    @Nullable Integer index = indexes.get(name);
    return index == null ? -1 : index;
  }

  private void addToIndex() {
    for (int i = indexes.size(); i < size; i++) {
      indexes.put(entries.get(i), i);
    }
  }

  /** Forgets the names; a few stay where they are, as they may well come again. */
  void clear() {
    if (size > SCANNED) {
      entries.clear();
      indexes.clear();
    }
    size = 0;
    last = 0;
  }
}
