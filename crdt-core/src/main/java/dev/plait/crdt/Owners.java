package dev.plait.crdt;

import dev.plait.clock.ReplicaId;
import java.util.ArrayList;
import org.eclipse.collections.impl.map.mutable.primitive.ObjectIntHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Replicas numbered in the order in which they were first named, so that columns hold an int for
 * each. The same one is mostly asked for again, so the last one is tried first. Not thread-safe.
 */
final class Owners {
  private final ArrayList<ReplicaId> ids = new ArrayList<>(2);
  private final ObjectIntHashMap<ReplicaId> numbers = new ObjectIntHashMap<>();
  private @Nullable ReplicaId recent;
  private int recentNumber;

  /** The number of a replica, which gets one if it has none. */
  int number(ReplicaId id) {
    int number = find(id);
    if (number < 0) {
      number = ids.size();
      ids.add(id);
      numbers.put(id, number);
      recent = id;
      recentNumber = number;
    }
    return number;
  }

  /** The number of a replica; -1 if it has none. */
  int find(ReplicaId id) {
    ReplicaId last = recent;
    if (last != null && last.equals(id)) {
      return recentNumber;
    }
    int number = numbers.getIfAbsent(id, -1);
    if (number >= 0) {
      recent = id;
      recentNumber = number;
    }
    return number;
  }

  /** The replica of a number. */
  ReplicaId get(int number) {
    return ids.get(number);
  }

  int size() {
    return ids.size();
  }
}
