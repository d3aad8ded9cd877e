package dev.plait.sequence;

import dev.plait.clock.ElementId;
import dev.plait.clock.ReplicaId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.collections.impl.map.mutable.primitive.ObjectIntHashMap;
import org.jspecify.annotations.Nullable;

/*
 * Inside a sequence an element is named by an int: a quarter of the size of its id, compared and
 * counted on by arithmetic. Ints are handed out in stretches. A stretch belongs to one replica and
 * stands for consecutive sequence numbers, some of which are not used yet, or never will be, because
 * one replica numbers the elements of all containers of a document together. Stretches get longer as
 * a replica goes on, so there are few of them.
 *
 * The last int of a stretch is never used. So ints that follow each other are always ids that follow
 * each other, of one replica.
 */
/** The ints that stand for the ids of the elements of one sequence. Not thread-safe. */
final class ElementIds {
  /** No int: an unknown id, the start as left origin, the end as right origin. */
  static final int NONE = SpanTree.NONE;

  private static final int SHORTEST = 64;
  private static final int LONGEST = 1 << 16;
  private static final int HIGHEST = Integer.MAX_VALUE - 2 * SHORTEST;

  private final ArrayList<ReplicaId> replicas = new ArrayList<>(2);
  private final ObjectIntHashMap<ReplicaId> numbers = new ObjectIntHashMap<>(2);
  private @Nullable ReplicaId lastReplica;
  private int lastNumber = NONE;

  // Of each replica: its stretches by sequence number, and the highest number ever used.
  private int[][] stretchesOf = {};
  private int[] stretchCounts = {};
  private long[] highestSeqs = {};

  // Of each stretch, ascending by first int.
  private int[] owners = new int[2];
  private long[] firstSeqs = new long[2];
  private int[] firstIds = new int[2];
  private int[] capacities = new int[2];
  private int[] usedEnds = new int[2];
  private int stretches;
  private int top;
  private int lastStretch;

  /** Above all ints handed out. */
  int top() {
    return top;
  }

  // ---- replicas

  /** All replicas, by number. */
  List<ReplicaId> replicas() {
    return replicas;
  }

  ReplicaId replica(int number) {
    return replicas.get(number);
  }

  /** The number of a replica, or {@link #NONE} if it has none yet. */
  int numberOf(ReplicaId replica) {
    if (replica.equals(lastReplica)) {
      return lastNumber;
    }
    int number = numbers.getIfAbsent(replica, NONE);
    if (number != NONE) {
      lastReplica = replica;
      lastNumber = number;
    }
    return number;
  }

  /** The number of a replica, which gets one if it has none. */
  int number(ReplicaId replica) {
    int known = numberOf(replica);
    return known == NONE ? addReplica(replica) : known;
  }

  private int addReplica(ReplicaId replica) {
    int number = replicas.size();
    replicas.add(replica);
    numbers.put(replica, number);
    if (number == stretchesOf.length) {
      int capacity = number + (number >> 1) + 1;
      stretchesOf = Arrays.copyOf(stretchesOf, capacity);
      stretchCounts = Arrays.copyOf(stretchCounts, capacity);
      highestSeqs = Arrays.copyOf(highestSeqs, capacity);
    }
    stretchesOf[number] = new int[1];
    lastReplica = replica;
    lastNumber = number;
    return number;
  }

  // ---- from id to int

  /** Whether no sequence number of the replica from this one on was ever used here. */
  boolean isNew(int replica, long seq) {
    return seq > highestSeqs[replica];
  }

  /** The int of an id, or {@link #NONE} if it has none, which means that it is not used. */
  int find(int replica, long seq) {
    int[] own = stretchesOf[replica];
    int low = 0;
    int high = stretchCounts[replica] - 1;
    if (high >= 0 && seq >= firstSeqs[own[high]]) {
      low = high; // mostly it is about the latest
    }
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int stretch = own[middle];
      long distance = seq - firstSeqs[stretch];
      if (distance < 0) {
        high = middle - 1;
      } else if (distance >= capacities[stretch]) {
        low = middle + 1;
      } else {
        return firstIds[stretch] + (int) distance;
      }
    }
    return NONE;
  }

  /** The ints of {@code count} consecutive ids of which none is in use; returns the first. */
  int reserve(int replica, long seq, int count) {
    int[] own = stretchesOf[replica];
    int place = stretchCounts[replica] - 1;
    while (place >= 0 && firstSeqs[own[place]] > seq) {
      place--;
    }
    if (place >= 0) {
      int stretch = own[place];
      long distance = seq - firstSeqs[stretch];
      if (distance + count <= capacities[stretch]) {
        return firstIds[stretch] + (int) distance;
      }
      if (distance < capacities[stretch]) {
        capacities[stretch] = (int) distance; // what is left is too short
      }
    }
    return add(replica, seq, count, place + 1);
  }

  private int add(int replica, long seq, int count, int place) {
    int last = place - 1;
    int length = SHORTEST - 1;
    int[] own = stretchesOf[replica];
    if (last >= 0) {
      int before = own[last];
      // Long stretches only for those who fill them.
      if (usedEnds[before] - firstIds[before] > capacities[before] / 2) {
        length = Math.min(2 * capacities[before] + 1, LONGEST - 1);
      }
    }
    return newStretch(replica, seq, room(replica, seq, count, length, place), place);
  }

  /**
   * How long a stretch may be so that it does not reach into those that follow. Where these claim
   * ids that the new one needs, they never used them and lose them.
   */
  private int room(int replica, long seq, int count, int wanted, int place) {
    int[] own = stretchesOf[replica];
    for (int i = place; i < stretchCounts[replica]; i++) {
      int following = own[i];
      long free = firstSeqs[following] - seq;
      if (free >= count) {
        return (int) Math.min(Math.max(wanted, count), free);
      }
      int lost = (int) Math.min(count - free, capacities[following]);
      firstSeqs[following] = seq + count;
      firstIds[following] += lost;
      capacities[following] -= lost;
      if (capacities[following] > 0) {
        return count; // it goes on right behind
      }
    }
    return Math.max(wanted, count);
  }

  /**
   * Makes a stretch for all of {@code length} sequence numbers; its replica has none behind it.
   *
   * @return its first int
   */
  int addStretch(int replica, long seq, int length) {
    return newStretch(replica, seq, length, stretchCounts[replica]);
  }

  private int newStretch(int replica, long seq, int length, int place) {
    int size = (length / SHORTEST + 1) * SHORTEST;
    if (size > HIGHEST - top) {
      throw new IllegalStateException("one sequence holds about two thousand million elements");
    }
    int stretch = stretches;
    if (stretch == owners.length) {
      int capacity = 2 * stretch;
      owners = Arrays.copyOf(owners, capacity);
      firstSeqs = Arrays.copyOf(firstSeqs, capacity);
      firstIds = Arrays.copyOf(firstIds, capacity);
      capacities = Arrays.copyOf(capacities, capacity);
      usedEnds = Arrays.copyOf(usedEnds, capacity);
    }
    owners[stretch] = replica;
    firstSeqs[stretch] = seq;
    firstIds[stretch] = top;
    capacities[stretch] = length;
    usedEnds[stretch] = top;
    stretches++;
    int count = stretchCounts[replica];
    int[] own = stretchesOf[replica];
    if (count == own.length) {
      own = Arrays.copyOf(own, 2 * count);
      stretchesOf[replica] = own;
    }
    System.arraycopy(own, place, own, place + 1, count - place);
    own[place] = stretch;
    stretchCounts[replica] = count + 1;
    int first = top;
    top += size;
    return first;
  }

  /**
   * Notes that ids are in use.
   *
   * @return whether none behind them is, of their stretch
   */
  boolean use(int id, int count) {
    int stretch = stretchOf(id);
    int end = id + count;
    boolean newest = end > usedEnds[stretch];
    if (newest) {
      usedEnds[stretch] = end;
      int owner = owners[stretch];
      long seq = firstSeqs[stretch] + (end - 1 - firstIds[stretch]);
      highestSeqs[owner] = Math.max(highestSeqs[owner], seq);
    }
    return newest;
  }

  /** Behind the last int of the stretch of {@code id}. */
  int end(int id) {
    int stretch = stretchOf(id);
    return firstIds[stretch] + capacities[stretch];
  }

  // ---- from int to id

  /** The number of the replica that an int is an id of. */
  int owner(int id) {
    return owners[stretchOf(id)];
  }

  /** The sequence number of an int. */
  long seq(int id) {
    int stretch = stretchOf(id);
    return firstSeqs[stretch] + (id - firstIds[stretch]);
  }

  /** The id of an int; null for {@link #NONE}. */
  @Nullable ElementId elementId(int id) {
    return id == NONE ? null : new ElementId(replicas.get(owner(id)), seq(id));
  }

  private int stretchOf(int id) {
    int last = lastStretch;
    if (id >= firstIds[last] && (last + 1 == stretches || id < firstIds[last + 1])) {
      return last;
    }
    int low = 0;
    int high = stretches - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (firstIds[middle] <= id) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    lastStretch = low;
    return low;
  }

  /** Negative, zero or positive as the id of one int is less than, is, or is above another's. */
  int compare(int id, int other) {
    int owner = owner(id);
    int otherOwner = owner(other);
    return owner == otherOwner
        ? Long.compare(seq(id), seq(other))
        : replicas.get(owner).compareTo(replicas.get(otherOwner));
  }

  /** Whether {@code next} is the id that follows {@code id} of the same replica. */
  boolean follows(int id, int next) {
    return next == id + 1 || (id != NONE && owner(id) == owner(next) && seq(id) + 1 == seq(next));
  }
}
