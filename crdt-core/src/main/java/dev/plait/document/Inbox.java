package dev.plait.document;

import dev.plait.change.Change;
import dev.plait.clock.Dot;
import dev.plait.clock.ReplicaId;
import dev.plait.codec.Limits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes that arrived before something they depend on, indexed by the dot they miss.
 *
 * <p>A change waits for one missing dot at a time; when that is applied it is looked at again, and
 * may wait for the next. So the cost of an arrival does not depend on how many others wait. The
 * inbox is bounded between imports: what is over the bound when an import ends is handed back,
 * latest first, and is for the sender to offer again.
 */
final class Inbox {
  private final int maxChanges;
  private final long maxBytes;
  private final Map<Dot, List<Waiting>> byMissing = new HashMap<>();
  private final LinkedHashMap<Dot, Waiting> byDot = new LinkedHashMap<>();
  private long bytes;

  /** A change and the dot it waits for. */
  record Waiting(Change change, Dot missing, long bytes) {}

  Inbox(Limits limits) {
    this.maxChanges = limits.maxPendingChanges();
    this.maxBytes = limits.maxPendingBytes();
  }

  int size() {
    return byDot.size();
  }

  long bytes() {
    return bytes;
  }

  /** The waiting change of this name, or null. */
  @Nullable Waiting find(Dot dot) {
    return byDot.get(dot);
  }

  /** Whether any change of a replica waits. */
  boolean holdsAny(ReplicaId replica) {
    return byDot.keySet().stream().anyMatch(dot -> dot.replica().equals(replica));
  }

  /** Everything that waits, in order of arrival. */
  List<Waiting> waiting() {
    return List.copyOf(byDot.values());
  }

  /** Lets a change wait; does nothing if one of its name waits already. */
  void add(Change change, Dot missing) {
    if (!byDot.containsKey(change.dot())) {
      Waiting waiting = new Waiting(change, missing, ChangeSize.of(change));
      byDot.put(change.dot(), waiting);
      byMissing.computeIfAbsent(missing, any -> new ArrayList<>(1)).add(waiting);
      bytes += waiting.bytes();
    }
  }

  /** Whether there is no room for another change. */
  boolean isFull() {
    return byDot.size() >= maxChanges || bytes >= maxBytes;
  }

  /**
   * Changes of a replica were applied: those of them that waited are discarded, and what waited for
   * them is queued to be looked at again.
   */
  void applied(ReplicaId replica, long first, long last, ArrayDeque<Change> ready) {
    if (byDot.isEmpty()) {
      return;
    }
    if (last - first < byDot.size()) {
      for (long counter = first; counter <= last; counter++) {
        Dot dot = new Dot(replica, counter);
        discard(dot);
        release(dot, ready);
      }
      return;
    }
    for (Waiting one : waiting()) {
      if (isWithin(one.change().dot(), replica, first, last)) {
        discard(one.change().dot());
      } else if (isWithin(one.missing(), replica, first, last)) {
        release(one.missing(), ready);
      }
    }
  }

  /** Queues what waits for changes of a replica that are kept aside now, to be looked at again. */
  void held(ReplicaId replica, long first, long last, ArrayDeque<Change> ready) {
    if (byDot.isEmpty()) {
      return;
    }
    for (Waiting one : waiting()) {
      if (isWithin(one.missing(), replica, first, last)) {
        release(one.missing(), ready);
      }
    }
  }

  /** Queues all changes of a replica to be looked at again. */
  void reconsider(ReplicaId replica, ArrayDeque<Change> ready) {
    for (Waiting one : waiting()) {
      if (one.change().replica().equals(replica)) {
        remove(one);
        ready.add(one.change());
      }
    }
  }

  private static boolean isWithin(Dot dot, ReplicaId replica, long first, long last) {
    return dot.counter() >= first && dot.counter() <= last && dot.replica().equals(replica);
  }

  /** Takes out the changes that waited for {@code dot}, and queues them to be looked at again. */
  private void release(Dot dot, ArrayDeque<Change> ready) {
    List<Waiting> released = byMissing.remove(dot);
    if (released != null) {
      for (Waiting waiting : released) {
        byDot.remove(waiting.change().dot());
        bytes -= waiting.bytes();
        ready.add(waiting.change());
      }
    }
  }

  /** Forgets a change that need not wait any longer. */
  private void discard(Dot dot) {
    Waiting waiting = byDot.get(dot);
    if (waiting != null) {
      remove(waiting);
    }
  }

  /** Takes everything out, in order of arrival. */
  List<Change> drain() {
    List<Change> all = new ArrayList<>(byDot.size());
    byDot.values().forEach(waiting -> all.add(waiting.change()));
    byDot.clear();
    byMissing.clear();
    bytes = 0;
    return all;
  }

  /** Hands back what is over the bound, latest arrivals first. */
  List<Waiting> trim() {
    if (byDot.size() <= maxChanges && bytes <= maxBytes) {
      return List.of();
    }
    List<Waiting> arrivals = waiting();
    List<Waiting> excess = new ArrayList<>();
    for (int i = arrivals.size() - 1; byDot.size() > maxChanges || bytes > maxBytes; i--) {
      Waiting last = arrivals.get(i);
      remove(last);
      excess.add(last);
    }
    return excess;
  }

  private void remove(Waiting waiting) {
    byDot.remove(waiting.change().dot());
    bytes -= waiting.bytes();
    List<Waiting> same = byMissing.get(waiting.missing());
    if (same != null) {
      same.remove(waiting);
      if (same.isEmpty()) {
        byMissing.remove(waiting.missing());
      }
    }
  }
}
