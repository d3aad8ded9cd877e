package dev.plait.clock;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A growing set of dots in which gaps are kept, as runs: the past of somebody who received changes
 * out of order.
 *
 * <p>Costs memory by the number of runs, not of dots; finding a dot is logarithmic, adding one too
 * unless it opens or closes a gap, which then moves the runs after it. Mutable and not safe for use
 * by several threads.
 */
public final class DotSet {

  private final TreeMap<ReplicaId, Intervals> byReplica = new TreeMap<>();

  /** A set without dots. */
  public DotSet() {}

  /** Adds one dot; returns whether it was missing. */
  public boolean add(Dot dot) {
    return add(dot.replica(), dot.counter(), dot.counter());
  }

  /** Adds a run of dots; returns whether any of them was missing. */
  public boolean add(DotRange range) {
    return add(range.replica(), range.first(), range.last());
  }

  private boolean add(ReplicaId replica, long first, long last) {
    return byReplica.computeIfAbsent(replica, absent -> new Intervals()).add(first, last);
  }

  /** Adds all dots of the other set; returns whether any of them was missing. */
  public boolean addAll(DotSet other) {
    boolean changed = false;
    for (DotRange range : other.ranges()) {
      changed |= add(range);
    }
    return changed;
  }

  /** Whether the dot was added. */
  public boolean contains(Dot dot) {
    @Nullable Intervals intervals = byReplica.get(dot.replica());
    return intervals != null && intervals.contains(dot.counter());
  }

  /** The greatest version vector of which every dot is here: what lies before each first gap. */
  public VersionVector contiguous() {
    VersionVector.Builder vector = VersionVector.builder();
    byReplica.forEach(
        (replica, intervals) -> {
          if (intervals.first(0) == 1) {
            vector.advance(new Dot(replica, intervals.last(0)));
          }
        });
    return vector.build();
  }

  /** The runs, sorted by replica and counter; no two of them touch. */
  public List<DotRange> ranges() {
    List<DotRange> ranges = new ArrayList<>();
    for (Map.Entry<ReplicaId, Intervals> entry : byReplica.entrySet()) {
      Intervals intervals = entry.getValue();
      for (int i = 0; i < intervals.count(); i++) {
        ranges.add(new DotRange(entry.getKey(), intervals.first(i), intervals.last(i)));
      }
    }
    return Collections.unmodifiableList(ranges);
  }

  /** How many dots; {@link Long#MAX_VALUE} if there are more than a {@code long} can say. */
  public long size() {
    long size = 0;
    for (DotRange range : ranges()) {
      size = range.size() > Long.MAX_VALUE - size ? Long.MAX_VALUE : size + range.size();
    }
    return size;
  }

  /** Whether there is no dot. */
  public boolean isEmpty() {
    return byReplica.isEmpty();
  }

  /** A short form for people: the runs, sorted. */
  @Override
  public String toString() {
    return ranges().toString();
  }

  void checkInvariants() {
    byReplica.forEach(
        (replica, intervals) -> {
          if (intervals.count() == 0) {
            throw new AssertionError("no run for " + replica);
          }
          intervals.checkInvariants();
        });
  }
}
