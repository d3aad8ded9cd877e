package dev.plait.properties.guide;

import java.util.Map;
import java.util.TreeMap;

/** A flag that anybody raises and lowers; raised and lowered at the same time, it is up. */
final class Flag {
  /** By name of a replica: how often it has raised the flag; how many of these were undone. */
  private final TreeMap<String, Integer> raised = new TreeMap<>(), lowered = new TreeMap<>();

  /** What replicas tell each other: who has raised the flag, or whose raising was undone. */
  record Edit(boolean raises, Map<String, Integer> counts) {}

  Edit raise(String name) {
    return apply(new Edit(true, Map.of(name, raised.getOrDefault(name, 0) + 1)));
  }

  Edit lower() {
    return apply(new Edit(false, Map.copyOf(raised)));
  }

  Edit apply(Edit edit) {
    TreeMap<String, Integer> counts = edit.raises() ? raised : lowered;
    edit.counts().forEach((name, count) -> counts.merge(name, count, Math::max));
    return edit;
  }

  void join(Flag other) {
    apply(new Edit(true, other.raised));
    apply(new Edit(false, other.lowered));
  }

  boolean isUp() {
    return raised.entrySet().stream().anyMatch(by -> by.getValue() > undone(by.getKey()));
  }

  private int undone(String name) {
    return lowered.getOrDefault(name, 0);
  }

  String saved() {
    StringBuilder lines = new StringBuilder();
    raised.forEach((name, count) -> lines.append(name + " " + count + " " + undone(name) + "\n"));
    return lines.toString();
  }

  static Flag from(String saved) {
    Flag flag = new Flag();
    for (String line : saved.lines().toList()) {
      String[] words = line.split(" ", -1);
      flag.raised.put(words[0], Integer.valueOf(words[1]));
      flag.lowered.put(words[0], Integer.valueOf(words[2]));
    }
    return flag;
  }
}
