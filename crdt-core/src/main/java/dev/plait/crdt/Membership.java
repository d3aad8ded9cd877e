package dev.plait.crdt;

import dev.plait.value.Value;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;

/** Remembers which values were members before they were touched, to tell what changed. */
final class Membership {
  private final SetEntries entries;
  private final TreeMap<Value, Boolean> before = new TreeMap<>();

  Membership(SetEntries entries) {
    this.entries = entries;
  }

  /** Says that entries of this value are about to come or go. */
  void touch(Value value) {
    before.putIfAbsent(value, entries.holds(value));
  }

  /** What came and went since. */
  Patch.OfSet patch() {
    ArrayList<Value> added = new ArrayList<>();
    ArrayList<Value> removed = new ArrayList<>();
    for (Map.Entry<Value, Boolean> touched : before.entrySet()) {
      Value value = touched.getKey();
      if (touched.getValue() != entries.holds(value)) {
        (touched.getValue() ? removed : added).add(value);
      }
    }
    return new Patch.OfSet(added, removed);
  }
}
