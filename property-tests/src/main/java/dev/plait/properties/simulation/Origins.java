package dev.plait.properties.simulation;

import dev.plait.change.Change;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.clock.VersionVector;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every change that was ever made, as its maker was given it: what nobody made must turn up
 * nowhere.
 */
final class Origins {
  private final World world;
  private final Map<String, Map<Dot, Change>> changes = new HashMap<>();

  /** Of each document, up to which number the changes of a replica are known. */
  private final Map<String, Map<ReplicaId, Long>> highest = new HashMap<>();

  private final Map<ReplicaId, HybridTimestamp> lastTimes = new HashMap<>();
  private final Map<Long, Stamp> twins = new HashMap<>();
  private final Set<String> branched = new HashSet<>();
  private long made;
  private long operations;

  Origins(World world) {
    this.world = world;
  }

  long made() {
    return made;
  }

  long operations() {
    return operations;
  }

  /** Takes note of a change that was just made, or found after the power failed while it was. */
  void add(String document, Change change) {
    made++;
    operations += change.operations().size();
    Map<Dot, Change> known = of(document);
    Dot previous = change.dot().previous();
    boolean isNew = known.putIfAbsent(change.dot(), change) == null;
    raise(document, change.replica());
    if (isBranched(document)) {
      return; // what was made again under new names is known to nobody here
    }
    if (!isNew) {
      world.problem("names", "two changes of \"" + document + "\" are called " + change.dot());
    } else if (previous != null && !known.containsKey(previous)) {
      world.problem("names", change.dot() + " of \"" + document + "\" leaves out " + previous);
    }
    HybridTimestamp last = lastTimes.put(change.replica(), change.time());
    if (last != null && !change.time().isAfter(last)) {
      world.problem("stamps", change + " is not later than its maker's last, at " + last);
    }
    for (Dot dependency : change.dependencies()) {
      Change before = known.get(dependency);
      if (before != null && !change.time().isAfter(before.time())) {
        world.problem("stamps", change + " is not later than what it builds on, " + before);
      }
    }
  }

  /** A change of a replica that does not know yet that its names stand for other changes. */
  void addBranch(String document, Change change) {
    made++;
    operations += change.operations().size();
    branched.add(document);
  }

  /**
   * Whether some changes of this document are made anew under other names, known to nobody here.
   */
  boolean isBranched(String document) {
    return branched.contains(document);
  }

  /** Whether any document ever had such changes. */
  boolean anyBranched() {
    return !branched.isEmpty();
  }

  void addTwin(long number, Change change) {
    twins.put(number, new Stamp(change.time(), change.replica(), 0));
  }

  /** When the two registers were given this number; null if that is not known (yet). */
  @Nullable Stamp twin(long number) {
    return twins.get(number);
  }

  /** When a replica made its last change; null if it has made none. */
  @Nullable HybridTimestamp lastTime(ReplicaId replica) {
    return lastTimes.get(replica);
  }

  @Nullable Change get(String document, Dot dot) {
    return of(document).get(dot);
  }

  /** How many changes of a replica are known, which have the numbers from 1. */
  long highest(String document, ReplicaId replica) {
    return highest.getOrDefault(document, Map.of()).getOrDefault(replica, 0L);
  }

  private void raise(String document, ReplicaId replica) {
    long count = highest(document, replica);
    while (of(document).containsKey(new Dot(replica, count + 1))) {
      count++;
    }
    highest.computeIfAbsent(document, any -> new HashMap<>()).put(replica, count);
  }

  /** The changes of a version in the order they were made; null if one of them is not known. */
  @Nullable Collection<Change> in(String document, VersionVector version) {
    Map<Dot, Change> found = new LinkedHashMap<>();
    for (Change change : of(document).values()) {
      if (version.contains(change.dot())) {
        found.put(change.dot(), change);
      }
    }
    long expected = 0;
    for (Dot dot : version.dots()) {
      expected += dot.counter();
    }
    return found.size() == expected ? found.values() : null;
  }

  /** Whether a version has every change that was ever made: none went down with its maker. */
  boolean areAllIn(String document, VersionVector version) {
    return !isBranched(document) && of(document).keySet().stream().allMatch(version::contains);
  }

  private Map<Dot, Change> of(String document) {
    return changes.computeIfAbsent(document, any -> new LinkedHashMap<>());
  }
}
