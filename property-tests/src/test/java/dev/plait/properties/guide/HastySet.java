package dev.plait.properties.guide;

import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A set in which an add should survive a remove that has not seen it; but it does not. */
final class HastySet {
  private final TreeMap<String, String> valuesById = new TreeMap<>();
  private final TreeSet<String> removedIds = new TreeSet<>();

  /** What replicas tell each other. An add has an id that no other add has. */
  sealed interface Edit {
    record Add(String id, String value) implements Edit {}

    record Remove(String value) implements Edit {}
  }

  Edit apply(Edit edit) {
    if (edit instanceof Edit.Add add) {
      valuesById.put(add.id(), add.value());
    } else if (edit instanceof Edit.Remove remove) {
      valuesById.forEach(
          (id, value) -> {
            if (value.equals(remove.value())) {
              removedIds.add(id);
            }
          });
    }
    return edit;
  }

  void join(HastySet other) {
    valuesById.putAll(other.valuesById);
    removedIds.addAll(other.removedIds);
  }

  Set<String> values() {
    TreeMap<String, String> left = new TreeMap<>(valuesById);
    left.keySet().removeAll(removedIds);
    return new TreeSet<>(left.values());
  }

  String saved() {
    StringBuilder lines = new StringBuilder();
    valuesById.forEach(
        (id, value) -> lines.append(id + " " + value + " " + removedIds.contains(id) + "\n"));
    return lines.toString();
  }

  static HastySet from(String saved) {
    HastySet set = new HastySet();
    for (String line : saved.lines().toList()) {
      String[] words = line.split(" ", -1);
      set.valuesById.put(words[0], words[1]);
      if (Boolean.parseBoolean(words[2])) {
        set.removedIds.add(words[0]);
      }
    }
    return set;
  }
}
