package dev.plait.clock;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * Two arrays side by side, sorted by replica. A session asks several times for each frame whether one
 * vector holds another, and most vectors name a handful of replicas: two sorted arrays are walked
 * side by side without a hash, and in the order in which they are written. It is the look-up of a
 * single replica that pays for it, with a binary search.
 */
/**
 * A causal past without gaps: for each replica, how many of its changes are held, from the first.
 *
 * <p>Vectors form a lattice: {@link #merge} is the least one that holds both, {@link #meet} the
 * greatest that both hold, and {@link #compare} is the partial order between them. Immutable and
 * safe to share. With n replicas {@link #get} and {@link #contains} cost O(log n), everything else
 * O(n); see {@link Builder} for what comes out of order, and to change many entries at once.
 *
 * <p>After Fidge 1988 and Mattern 1989.
 */
public final class VersionVector {
  private static final ReplicaId[] NOBODY = {};
  private static final long[] NOTHING = {};

  /** The past of a document nobody has changed. */
  public static final VersionVector EMPTY = new VersionVector(NOBODY, NOTHING);

  private final ReplicaId[] replicas;
  private final long[] counters;

  private VersionVector(ReplicaId[] replicas, long[] counters) {
    this.replicas = replicas;
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
    return new Builder(NOBODY, NOTHING);
  }

  /** A builder that starts from this vector. */
  public Builder toBuilder() {
    return new Builder(replicas, counters);
  }

  /** The highest counter held of this replica; 0 when none is. */
  public long get(ReplicaId replica) {
    int index = Arrays.binarySearch(replicas, replica);
    return index < 0 ? 0 : counters[index];
  }

  /** Whether the dot, and with it every earlier one of its replica, is held. */
  public boolean contains(Dot dot) {
    return dot.counter() <= get(dot.replica());
  }

  /** This vector raised so that it holds the dot; itself when it already does. */
  public VersionVector with(Dot dot) {
    return contains(dot) ? this : toBuilder().advance(dot).build();
  }

  /** The least vector that holds all that either one holds; one of the two if it is that. */
  public VersionVector merge(VersionVector other) {
    if (dominates(other)) {
      return this;
    }
    if (other.dominates(this)) {
      return other;
    }
    Builder merged = new Builder(size() + other.size());
    int mine = 0;
    int theirs = 0;
    while (mine < size() && theirs < other.size()) {
      int order = replicas[mine].compareTo(other.replicas[theirs]);
      if (order < 0) {
        merged.append(replicas[mine], counters[mine++]);
      } else if (order > 0) {
        merged.append(other.replicas[theirs], other.counters[theirs++]);
      } else {
        merged.append(replicas[mine], Math.max(counters[mine++], other.counters[theirs++]));
      }
    }
    merged.append(this, mine);
    merged.append(other, theirs);
    return merged.build();
  }

  /** The greatest vector that holds only what both hold; one of the two if it is that. */
  public VersionVector meet(VersionVector other) {
    if (dominates(other)) {
      return other;
    }
    if (other.dominates(this)) {
      return this;
    }
    Builder met = new Builder(Math.min(size(), other.size()));
    int mine = 0;
    int theirs = 0;
    while (mine < size() && theirs < other.size()) {
      int order = replicas[mine].compareTo(other.replicas[theirs]);
      if (order < 0) {
        mine++;
      } else if (order > 0) {
        theirs++;
      } else {
        met.append(replicas[mine], Math.min(counters[mine++], other.counters[theirs++]));
      }
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
    int mine = 0;
    for (int theirs = 0; theirs < other.size(); theirs++, mine++) {
      while (mine < size() && replicas[mine].compareTo(other.replicas[theirs]) < 0) {
        mine++;
      }
      if (size() - mine < other.size() - theirs
          || !replicas[mine].equals(other.replicas[theirs])
          || counters[mine] < other.counters[theirs]) {
        return false;
      }
    }
    return true;
  }

  /** What is held here and lacking there, sorted by replica. */
  public List<DotRange> missingFrom(VersionVector other) {
    if (other.dominates(this)) {
      return List.of();
    }
    List<DotRange> missing = new ArrayList<>();
    int theirs = 0;
    for (int mine = 0; mine < size(); mine++) {
      while (theirs < other.size() && other.replicas[theirs].compareTo(replicas[mine]) < 0) {
        theirs++;
      }
      boolean isKnown = theirs < other.size() && other.replicas[theirs].equals(replicas[mine]);
      long known = isKnown ? other.counters[theirs] : 0;
      if (counters[mine] > known) {
        missing.add(new DotRange(replicas[mine], known + 1, counters[mine]));
      }
    }
    return Collections.unmodifiableList(missing);
  }

  /** How many replicas have at least one change here. */
  public int size() {
    return replicas.length;
  }

  /** Whether nothing is held. */
  public boolean isEmpty() {
    return replicas.length == 0;
  }

  /** The replicas with at least one change here, sorted. */
  public List<ReplicaId> replicas() {
    return Collections.unmodifiableList(Arrays.asList(replicas));
  }

  /** The highest dot held of each replica, sorted. */
  public List<Dot> dots() {
    Dot[] dots = new Dot[size()];
    for (int i = 0; i < dots.length; i++) {
      dots[i] = new Dot(replicas[i], counters[i]);
    }
    return Collections.unmodifiableList(Arrays.asList(dots));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof VersionVector vector
            && Arrays.equals(counters, vector.counters)
            && Arrays.equals(replicas, vector.replicas));
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(replicas) + Arrays.hashCode(counters);
  }

  /** A short form for people: the highest dots, sorted. */
  @Override
  public String toString() {
    return dots().toString();
  }

  /**
   * Collects a vector step by step. A replica beyond all others so far is added in constant time,
   * one between them in O(n). Not safe for use by several threads.
   */
  public static final class Builder {
    private static final int FIRST_ROOM = 4;

    private ReplicaId[] replicas;
    private long[] counters;
    private int size;

    /** Whether a vector has the arrays too: then they are copied before they are changed. */
    private boolean isShared;

    private Builder(ReplicaId[] replicas, long[] counters) {
      this.replicas = replicas;
      this.counters = counters;
      this.size = replicas.length;
      this.isShared = true;
    }

    private Builder(int room) {
      this.replicas = new ReplicaId[room];
      this.counters = new long[room];
    }

    /** Makes sure that the dot is held. */
    public Builder advance(Dot dot) {
      ReplicaId replica = dot.replica();
      boolean isBeyond = size == 0 || replicas[size - 1].compareTo(replica) < 0;
      int index = isBeyond ? ~size : Arrays.binarySearch(replicas, 0, size, replica);
      if (index < 0) {
        insert(~index, replica, dot.counter());
      } else if (dot.counter() > counters[index]) {
        own(size);
        counters[index] = dot.counter();
      }
      return this;
    }

    private void insert(int index, ReplicaId replica, long counter) {
      own(size + 1);
      System.arraycopy(replicas, index, replicas, index + 1, size - index);
      System.arraycopy(counters, index, counters, index + 1, size - index);
      replicas[index] = replica;
      counters[index] = counter;
      size++;
    }

    /** Has arrays of its own that have room for so many. */
    private void own(int room) {
      if (isShared || replicas.length < room) {
        int grown = room <= size ? size : Math.max(FIRST_ROOM, size + (size >> 1) + 1);
        replicas = Arrays.copyOf(replicas, grown);
        counters = Arrays.copyOf(counters, grown);
        isShared = false;
      }
    }

    /** Adds a replica that is beyond all others; there is room for it. */
    private void append(ReplicaId replica, long counter) {
      replicas[size] = replica;
      counters[size++] = counter;
    }

    /** Adds what a vector has from there on. */
    private void append(VersionVector vector, int from) {
      int more = vector.size() - from;
      System.arraycopy(vector.replicas, from, replicas, size, more);
      System.arraycopy(vector.counters, from, counters, size, more);
      size += more;
    }

    /** The vector collected so far; the builder may go on afterwards. */
    public VersionVector build() {
      if (size == 0) {
        return EMPTY;
      }
      if (size < replicas.length) {
        replicas = Arrays.copyOf(replicas, size);
        counters = Arrays.copyOf(counters, size);
      }
      isShared = true;
      return new VersionVector(replicas, counters);
    }
  }
}
