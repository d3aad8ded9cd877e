package dev.plait.crdt;

import dev.plait.clock.ElementId;
import dev.plait.clock.ReplicaId;
import dev.plait.sequence.RunSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a text or list from start to end, as columns: elements with consecutive ids that
 * stand side by side, each after the first having the one before it as left origin and all the same
 * right origin, all deleted or none.
 *
 * <p>Replicas are named by their index in {@link #replicas}, which holds those named and no others,
 * in ascending order; so equal runs are equal columns. Immutable.
 */
public final class RunColumns implements RunSource {
  private final List<ReplicaId> replicas;
  private final int size;
  private final int[] owners;
  private final long[] seqs;
  private final int[] lengths;
  private final int[] leftOwners;
  private final long[] leftSeqs;
  private final int[] rightOwners;
  private final long[] rightSeqs;

  private RunColumns(Builder from, List<ReplicaId> replicas) {
    this.replicas = replicas;
    this.size = from.size;
    this.owners = Arrays.copyOf(from.owners, size);
    this.seqs = Arrays.copyOf(from.seqs, size);
    this.lengths = Arrays.copyOf(from.lengths, size);
    this.leftOwners = Arrays.copyOf(from.leftOwners, size);
    this.leftSeqs = Arrays.copyOf(from.leftSeqs, size);
    this.rightOwners = Arrays.copyOf(from.rightOwners, size);
    this.rightSeqs = Arrays.copyOf(from.rightSeqs, size);
  }

  /** The replicas named in the columns, in ascending order. */
  @Override
  public List<ReplicaId> replicas() {
    return replicas;
  }

  /** How many runs there are. */
  @Override
  public int size() {
    return size;
  }

  /** Who inserted a run: an index of {@link #replicas}. */
  @Override
  public int owner(int run) {
    return owners[run];
  }

  /** The sequence number of the first element of a run. */
  @Override
  public long seq(int run) {
    return seqs[run];
  }

  /** How many elements a run has. */
  @Override
  public int length(int run) {
    return Math.abs(lengths[run]);
  }

  /** Whether the elements of a run are deleted. */
  @Override
  public boolean isDeleted(int run) {
    return lengths[run] < 0;
  }

  /** The replica of the left origin of a run's first element, or {@link #NONE}. */
  @Override
  public int leftOwner(int run) {
    return leftOwners[run];
  }

  /** The sequence number that goes with {@link #leftOwner}; 0 if there is none. */
  @Override
  public long leftSeq(int run) {
    return leftSeqs[run];
  }

  /** The replica of the right origin of a run, or {@link #NONE}. */
  @Override
  public int rightOwner(int run) {
    return rightOwners[run];
  }

  /** The sequence number that goes with {@link #rightOwner}; 0 if there is none. */
  @Override
  public long rightSeq(int run) {
    return rightSeqs[run];
  }

  /** How many elements are not deleted. */
  long visible() {
    long visible = 0;
    for (int run = 0; run < size; run++) {
      visible += Math.max(0, lengths[run]);
    }
    return visible;
  }

  /** For each run, how many elements that are not deleted stand in the runs before it. */
  int[] visibleBefore() {
    int[] before = new int[size];
    for (int run = 1; run < size; run++) {
      before[run] = before[run - 1] + Math.max(0, lengths[run - 1]);
    }
    return before;
  }

  /** The id of the first element of a run. */
  public ElementId first(int run) {
    return new ElementId(replicas.get(owners[run]), seqs[run]);
  }

  /** The left origin of the first element of a run; null for the start. */
  public @Nullable ElementId left(int run) {
    return leftOwners[run] == NONE
        ? null
        : new ElementId(replicas.get(leftOwners[run]), leftSeqs[run]);
  }

  /** The right origin of a run; null for the end. */
  public @Nullable ElementId right(int run) {
    return rightOwners[run] == NONE
        ? null
        : new ElementId(replicas.get(rightOwners[run]), rightSeqs[run]);
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof RunColumns other
        && size == other.size
        && replicas.equals(other.replicas)
        && Arrays.equals(owners, other.owners)
        && Arrays.equals(seqs, other.seqs)
        && Arrays.equals(lengths, other.lengths)
        && Arrays.equals(leftOwners, other.leftOwners)
        && Arrays.equals(leftSeqs, other.leftSeqs)
        && Arrays.equals(rightOwners, other.rightOwners)
        && Arrays.equals(rightSeqs, other.rightSeqs);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(seqs) + Arrays.hashCode(lengths);
  }

  /**
   * Collects runs from start to end.
   *
   * <p>Not thread-safe.
   */
  public static final class Builder {
    private final ArrayList<ReplicaId> table = new ArrayList<>();
    private int size;
    private int[] owners;
    private long[] seqs;
    private int[] lengths;
    private int[] leftOwners;
    private long[] leftSeqs;
    private int[] rightOwners;
    private long[] rightSeqs;

    /** A builder with room for so many runs; it grows as needed. */
    public Builder(int capacity) {
      int first = Math.max(1, capacity);
      owners = new int[first];
      seqs = new long[first];
      lengths = new int[first];
      leftOwners = new int[first];
      leftSeqs = new long[first];
      rightOwners = new int[first];
      rightSeqs = new long[first];
    }

    /** The replicas that {@link #add} names by index, without repetition, in any order. */
    public Builder replicas(List<ReplicaId> named) {
      table.addAll(named);
      return this;
    }

    /** Adds a run; owners are indexes of the replicas given, or {@link #NONE}. */
    public Builder add(
        int owner,
        long seq,
        int length,
        boolean deleted,
        int leftOwner,
        long leftSeq,
        int rightOwner,
        long rightSeq) {
      int run = size;
      if (run == owners.length) {
        grow(2 * run);
      }
      owners[run] = owner;
      seqs[run] = seq;
      lengths[run] = deleted ? -length : length;
      leftOwners[run] = leftOwner;
      leftSeqs[run] = leftSeq;
      rightOwners[run] = rightOwner;
      rightSeqs[run] = rightSeq;
      size = run + 1;
      return this;
    }

    /** Adds a run; null stands for the start or the end. */
    public Builder add(
        ElementId first,
        int length,
        boolean deleted,
        @Nullable ElementId left,
        @Nullable ElementId right) {
      return add(
          indexOf(first),
          first.seq(),
          length,
          deleted,
          indexOf(left),
          left == null ? 0 : left.seq(),
          indexOf(right),
          right == null ? 0 : right.seq());
    }

    private int indexOf(@Nullable ElementId id) {
      if (id == null) {
        return NONE;
      }
      int index = table.indexOf(id.replica());
      if (index < 0) {
        index = table.size();
        table.add(id.replica());
      }
      return index;
    }

    private void grow(int capacity) {
      owners = Arrays.copyOf(owners, capacity);
      seqs = Arrays.copyOf(seqs, capacity);
      lengths = Arrays.copyOf(lengths, capacity);
      leftOwners = Arrays.copyOf(leftOwners, capacity);
      leftSeqs = Arrays.copyOf(leftSeqs, capacity);
      rightOwners = Arrays.copyOf(rightOwners, capacity);
      rightSeqs = Arrays.copyOf(rightSeqs, capacity);
    }

    /** The columns; the builder is not to be used again. */
    public RunColumns build() {
      int[] order = new int[table.size()];
      List<ReplicaId> named = namedInOrder(order);
      renumber(owners, order);
      renumber(leftOwners, order);
      renumber(rightOwners, order);
      return new RunColumns(this, List.copyOf(named));
    }

    private List<ReplicaId> namedInOrder(int[] order) {
      boolean[] used = new boolean[table.size()];
      for (int run = 0; run < size; run++) {
        used[owners[run]] = true;
        if (leftOwners[run] != NONE) {
          used[leftOwners[run]] = true;
        }
        if (rightOwners[run] != NONE) {
          used[rightOwners[run]] = true;
        }
      }
      ArrayList<Integer> sorted = new ArrayList<>();
      for (int i = 0; i < used.length; i++) {
        if (used[i]) {
          sorted.add(i);
        }
      }
      sorted.sort((a, b) -> table.get(a).compareTo(table.get(b)));
      ArrayList<ReplicaId> named = new ArrayList<>(sorted.size());
      for (int i = 0; i < sorted.size(); i++) {
        order[sorted.get(i)] = i;
        named.add(table.get(sorted.get(i)));
      }
      return named;
    }

    private void renumber(int[] column, int[] order) {
      for (int run = 0; run < size; run++) {
        if (column[run] != NONE) {
          column[run] = order[column[run]];
        }
      }
    }
  }
}
