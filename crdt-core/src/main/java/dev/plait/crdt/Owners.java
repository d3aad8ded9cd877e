package dev.plait.crdt;

import dev.plait.clock.ReplicaId;
import java.util.Arrays;
import org.eclipse.collections.impl.map.mutable.primitive.ObjectIntHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Replicas numbered in the order in which they were first named, so that columns hold an int for
 * each. The same one is mostly asked for again, so the last one is tried first. As long as nobody
 * is named this takes next to nothing. Not thread-safe.
 */
final class Owners {
  /** Up to here looking at each is faster than hashing. */
  private static final int SCANNED = 8;

  private static final ReplicaId[] NOBODY = {};

  private ReplicaId[] ids = NOBODY;
  private @Nullable ObjectIntHashMap<ReplicaId> numbers;
  private int size;
  private int recent;

  /** The number of a replica, which gets one if it has none. */
  int number(ReplicaId id) {
    int known = find(id);
    if (known >= 0) {
      return known;
    }
    int number = size;
    if (number == ids.length) {
      ids = Arrays.copyOf(ids, number == 0 ? 1 : 2 * number);
    }
    ids[number] = id;
    size++;
    recent = number;
    if (size > SCANNED) {
      hash(number);
    }
    return number;
  }

  private void hash(int number) {
    ObjectIntHashMap<ReplicaId> hashed = numbers;
    if (hashed == null) {
      hashed = new ObjectIntHashMap<>();
      for (int each = 0; each < number; each++) {
        hashed.put(ids[each], each);
      }
      numbers = hashed;
    }
    hashed.put(ids[number], number);
  }

  /** The number of a replica; -1 if it has none. */
  int find(ReplicaId id) {
    if (size > 0 && ids[recent].equals(id)) {
      return recent;
    }
    int number = search(id);
    if (number >= 0) {
      recent = number;
    }
    return number;
  }

  private int search(ReplicaId id) {
    ObjectIntHashMap<ReplicaId> hashed = numbers;
    if (hashed != null) {
      return hashed.getIfAbsent(id, -1);
    }
    for (int number = 0; number < size; number++) {
      if (ids[number].equals(id)) {
        return number;
      }
    }
    return -1;
  }

  /** The replica of a number. */
  ReplicaId get(int number) {
    return ids[number];
  }

  int size() {
    return size;
  }
}
