package dev.plait.properties.simulation;

import dev.plait.clock.Dot;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.clock.VersionVector;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a machine has said it holds, by acknowledging or by telling its listeners: never less. */
final class Held {
  private final Map<String, OfDocument> documents = new TreeMap<>();

  /** What is held of one document. */
  static final class OfDocument {
    private final Map<ReplicaId, Long> counters = new HashMap<>();
    private final Set<Long> tokens = new HashSet<>();
    private @Nullable Stamp lastTwin;

    long get(ReplicaId replica) {
      return counters.getOrDefault(replica, 0L);
    }

    boolean contains(Dot dot) {
      return get(dot.replica()) >= dot.counter();
    }

    void advance(Dot dot) {
      counters.merge(dot.replica(), dot.counter(), Math::max);
    }

    void advance(VersionVector version) {
      version.dots().forEach(this::advance);
    }

    /** What is missing from a version; null if nothing is. */
    @Nullable Dot missingFrom(VersionVector version) {
      for (Map.Entry<ReplicaId, Long> each : counters.entrySet()) {
        if (version.get(each.getKey()) < each.getValue()) {
          return new Dot(each.getKey(), each.getValue());
        }
      }
      return null;
    }

    /** The numbers that transactions of this very machine have left in a set. */
    Set<Long> tokens() {
      return tokens;
    }

    @Nullable Stamp lastTwin() {
      return lastTwin;
    }

    void setLastTwin(@Nullable Stamp stamp) {
      lastTwin = stamp;
    }
  }

  OfDocument of(String document) {
    return documents.computeIfAbsent(document, any -> new OfDocument());
  }

  Map<String, OfDocument> all() {
    return documents;
  }

  Held copy() {
    Held copy = new Held();
    documents.forEach(
        (name, held) -> {
          OfDocument twin = copy.of(name);
          twin.counters.putAll(held.counters);
          twin.tokens.addAll(held.tokens);
          twin.lastTwin = held.lastTwin;
        });
    return copy;
  }
}
