package dev.plait.clock;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.eclipse.collections.impl.map.mutable.primitive.ObjectLongHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A causal past without gaps: for each replica, how many of its changes are held, from the first.
 *
 * <p>Vectors form a lattice: {@link #merge} is the least one that holds both, {@link #meet} the
 * greatest that both hold, and {@link #compare} is the partial order between them. Immutable and
 * safe to share; operations cost time in the number of replicas, {@link #get} and {@link #contains}
 * constant time. Use {@link Builder} to change many entries at once.
 *
 * <p>After Fidge 1988 and Mattern 1989.
 */
public final class VersionVector {

  /** The past of a document nobody has changed. */
  public static final VersionVector EMPTY = new VersionVector(new ObjectLongHashMap<>());

  private final ObjectLongHashMap<ReplicaId> counters;

  private VersionVector(ObjectLongHashMap<ReplicaId> counters) {
    this.counters = counters;
  }

  /** The past of a document nobody has changed. */
  public static VersionVector empty() {
    return EMPTY;
  }

  /** The least vector that holds these dots. */
  public static VersionVector of(Dot... dots) {
    return from(List.of(dots));
  }

  /** The least vector that holds these dots. */
  public static VersionVector from(Collection<Dot> dots) {
    Builder builder = builder();
    dots.forEach(builder::advance);
    return builder.build();
  }

  /** A builder that starts empty. */
  public static Builder builder() {
    return new Builder(EMPTY);
  }

  /** A builder that starts from this vector. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** The highest counter held of this replica; 0 when none is. */
  public long get(ReplicaId replica) {
    return counters.get(replica);
  }

  /** Whether the dot, and with it every earlier one of its replica, is held. */
  public boolean contains(Dot dot) {
    return dot.counter() <= get(dot.replica());
  }

  /** This vector raised so that it holds the dot; itself when it already does. */
  public VersionVector with(Dot dot) {
    return contains(dot) ? this : toBuilder().advance(dot).build();
  }

  /** The least vector that holds all that either one holds. */
  public VersionVector merge(VersionVector other) {
    if (dominates(other)) {
      return this;
    }
    if (other.dominates(this)) {
      return other;
    }
    Builder merged = toBuilder();
    for (ReplicaId replica : other.counters.keySet()) {
      merged.raise(replica, other.get(replica));
    }
    return merged.build();
  }

  /** The greatest vector that holds only what both hold. */
  public VersionVector meet(VersionVector other) {
    Builder met = builder();
    for (ReplicaId replica : counters.keySet()) {
      met.raise(replica, Math.min(get(replica), other.get(replica)));
    }
    return met.build();
  }

  /** How this past stands to the other. */
  public CausalOrder compare(VersionVector other) {
    boolean holdsOther = dominates(other);
    boolean heldByOther = other.dominates(this);
    if (holdsOther) {
      return heldByOther ? CausalOrder.EQUAL : CausalOrder.AFTER;
    }
    return heldByOther ? CausalOrder.BEFORE : CausalOrder.CONCURRENT;
  }

  /** Whether all that the other holds is held here too; also true when they are equal. */
  public boolean dominates(VersionVector other) {
    if (other.size() > size()) {
      return false;
    }
    for (ReplicaId replica : other.counters.keySet()) {
      if (other.get(replica) > get(replica)) {
        return false;
      }
    }
    return true;
  }

  /** What is held here and lacking there, sorted by replica. */
  public List<DotRange> missingFrom(VersionVector other) {
    List<DotRange> missing = new ArrayList<>();
    for (ReplicaId replica : replicas()) {
      long mine = get(replica);
      long theirs = other.get(replica);
      if (mine > theirs) {
        missing.add(new DotRange(replica, theirs + 1, mine));
      }
    }
    return Collections.unmodifiableList(missing);
  }

  /** How many replicas have at least one change here. */
  public int size() {
    return counters.size();
  }

  /** Whether nothing is held. */
  public boolean isEmpty() {
    return counters.isEmpty();
  }

  /** The replicas with at least one change here, sorted. */
  public List<ReplicaId> replicas() {
    List<ReplicaId> replicas = new ArrayList<>(counters.keySet());
    Collections.sort(replicas);
    return Collections.unmodifiableList(replicas);
  }

  /** The highest dot held of each replica, sorted. */
  public List<Dot> dots() {
    List<Dot> dots = new ArrayList<>(size());
    for (ReplicaId replica : replicas()) {
      dots.add(new Dot(replica, get(replica)));
    }
    return Collections.unmodifiableList(dots);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof VersionVector vector && counters.equals(vector.counters));
  }

  @Override
  public int hashCode() {
    return counters.hashCode();
  }

  /** A short form for people: the highest dots, sorted. */
  @Override
  public String toString() {
    return dots().toString();
  }

  /** Collects a vector step by step. Not safe for use by several threads. */
  public static final class Builder {

    private final ObjectLongHashMap<ReplicaId> counters;

    private Builder(VersionVector start) {
      counters = new ObjectLongHashMap<>(start.counters);
    }

    /** Makes sure that the dot is held. */
    public Builder advance(Dot dot) {
      raise(dot.replica(), dot.counter());
      return this;
    }

    private void raise(ReplicaId replica, long counter) {
      if (counter > counters.get(replica)) {
        counters.put(replica, counter);
      }
    }

    /** The vector collected so far; the builder may go on afterwards. */
    public VersionVector build() {
      return counters.isEmpty() ? EMPTY : new VersionVector(new ObjectLongHashMap<>(counters));
    }
  }
}
