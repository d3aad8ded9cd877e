package dev.plait.change;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names numbered in the order they were first used. Neighbours in a column mostly have the same
 * name, often the very same object, so the last one is tried first. Not thread-safe.
 */
final class Table<T> {
  /** Up to here looking at each is faster than hashing. */
  private static final int SCANNED = 8;

  private final ArrayList<T> entries = new ArrayList<>(2);
  private final Map<T, Integer> indexes = new HashMap<>();
  private int last;

  List<T> entries() {
    return Collections.unmodifiableList(entries);
  }

  T get(int index) {
    return entries.get(index);
  }

  /** The number of a name, which is added if it is new. */
  int indexOf(T name) {
    int size = entries.size();
    if (last < size && entries.get(last).equals(name)) {
      return last;
    }
    int index = find(name);
    if (index < 0) {
      index = size;
      entries.add(name);
      if (size >= SCANNED) {
        addToIndex();
      }
    }
    last = index;
    return index;
  }

  private int find(T name) {
    if (entries.size() <= SCANNED) {
      return entries.indexOf(name);
    }
    @Nullable Integer index = indexes.get(name);
    return index == null ? -1 : index;
  }

  private void addToIndex() {
    for (int i = indexes.size(); i < entries.size(); i++) {
      indexes.put(entries.get(i), i);
    }
  }

  void clear() {
    entries.clear();
    indexes.clear();
    last = 0;
  }
}
