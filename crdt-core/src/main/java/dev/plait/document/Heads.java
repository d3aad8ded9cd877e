package dev.plait.document;

import dev.plait.clock.Dot;
import dev.plait.clock.Frontier;
import dev.plait.clock.ReplicaId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The heads of a document's version, kept so that a change which follows the only head, as most do,
 * costs nothing; the {@link Frontier} is made when somebody asks for it.
 */
final class Heads {
  private static final int FIRST_CAPACITY = 2;

  private ReplicaId[] replicas = new ReplicaId[FIRST_CAPACITY];
  private long[] counters = new long[FIRST_CAPACITY];
  private int size;
  private @Nullable Frontier frontier;

  Frontier frontier() {
    Frontier known = frontier;
    if (known == null) {
      List<Dot> dots = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        dots.add(new Dot(replicas[i], counters[i]));
      }
      known = Frontier.of(dots);
      frontier = known;
    }
    return known;
  }

  /** Starts over from these heads. */
  void set(Frontier heads) {
    size = 0;
    for (Dot dot : heads.dots()) {
      put(dot.replica(), dot.counter());
    }
    frontier = heads;
  }

  /** The heads that are not of this replica, sorted: what its next change depends on. */
  List<Dot> besides(ReplicaId replica) {
    if (size == 0 || (size == 1 && replicas[0].equals(replica))) {
      return List.of();
    }
    List<Dot> others = new ArrayList<>(frontier().dots());
    others.removeIf(head -> head.replica().equals(replica));
    return List.copyOf(others);
  }

  /** A change, the last of several of one replica, depended on these and is a head now. */
  void advance(ReplicaId replica, long counter, List<Dot> dependencies) {
    if (!dependencies.isEmpty()) {
      supersede(dependencies);
    }
    put(replica, counter);
    frontier = null;
  }

  /** Something was applied that depends on these. */
  void supersede(List<Dot> dependencies) {
    for (Dot dependency : dependencies) {
      int at = find(dependency.replica());
      if (at >= 0 && counters[at] == dependency.counter()) {
        size--;
        replicas[at] = replicas[size];
        counters[at] = counters[size];
        frontier = null;
      }
    }
  }

  private void put(ReplicaId replica, long counter) {
    int at = find(replica);
    if (at < 0) {
      at = size;
      if (at == counters.length) {
        replicas = Arrays.copyOf(replicas, 2 * at);
        counters = Arrays.copyOf(counters, 2 * at);
      }
      replicas[at] = replica;
      size++;
    }
    counters[at] = counter;
  }

  private int find(ReplicaId replica) {
    for (int i = 0; i < size; i++) {
      if (replicas[i].equals(replica)) {
        return i;
      }
    }
    return -1;
  }
}
