package dev.plait.document;

import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.codec.Limits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a document keeps aside: durable, counted as held and handed out to peers, but not part of
 * the document.
 *
 * <p>No piece lies within another of the same author, so their ends are in the order of their
 * beginnings, and whether a change is held is one look-up.
 */
final class HeldChanges {
  private final int maxChanges;
  private final long maxBytes;
  private final TreeMap<ReplicaId, TreeMap<Long, HeldPiece>> byAuthor = new TreeMap<>();
  private final Map<ReplicaId, List<HeldPiece>> byMissing = new HashMap<>();
  private long changes;
  private long bytes;

  /** No piece has to be looked at before this; as bits of a {@link HybridTimestamp}. */
  private long nextDue = Long.MAX_VALUE;

  HeldChanges(Limits limits) {
    this.maxChanges = limits.maxPendingChanges();
    this.maxBytes = limits.maxPendingBytes();
  }

  boolean isEmpty() {
    return byAuthor.isEmpty();
  }

  /** Whether there is room for one more change of so many bytes, besides so much. */
  boolean hasRoom(long besidesChanges, long besidesBytes, long moreBytes) {
    return changes + besidesChanges < maxChanges && bytes + besidesBytes + moreBytes <= maxBytes;
  }

  /** Everything kept aside, ordered by author and counter. */
  List<HeldPiece> pieces() {
    List<HeldPiece> all = new ArrayList<>();
    byAuthor.values().forEach(pieces -> all.addAll(pieces.values()));
    return all;
  }

  /** The piece that holds all of these changes, or null. */
  @Nullable HeldPiece covering(ReplicaId author, long first, long last) {
    TreeMap<Long, HeldPiece> pieces = byAuthor.get(author);
    Map.Entry<Long, HeldPiece> before = pieces == null ? null : pieces.floorEntry(first);
    return before != null && before.getValue().last >= last ? before.getValue() : null;
  }

  boolean holdsAny(ReplicaId author) {
    return byAuthor.containsKey(author);
  }

  boolean contains(Dot dot) {
    return covering(dot.replica(), dot.counter(), dot.counter()) != null;
  }

  // ---- in and out

  /** Puts a piece in, and gives back the pieces that lie within it and are out now. */
  List<HeldPiece> add(HeldPiece piece) {
    TreeMap<Long, HeldPiece> pieces =
        byAuthor.computeIfAbsent(piece.author, any -> new TreeMap<>());
    List<HeldPiece> within = List.of();
    for (HeldPiece other : List.copyOf(pieces.tailMap(piece.first).values())) {
      if (other.last > piece.last) {
        break;
      }
      remove(other);
      within = within.isEmpty() ? new ArrayList<>() : within;
      within.add(other);
    }
    byAuthor.computeIfAbsent(piece.author, any -> pieces).put(piece.first, piece);
    changes += piece.weight();
    bytes += piece.bytes;
    Dot missing = piece.reason.missing();
    if (missing != null) {
      byMissing.computeIfAbsent(missing.replica(), any -> new ArrayList<>(1)).add(piece);
    }
    nextDue = Math.min(nextDue, piece.dueFrom());
    return within;
  }

  void remove(HeldPiece piece) {
    TreeMap<Long, HeldPiece> pieces = byAuthor.get(piece.author);
    if (pieces == null || !pieces.remove(piece.first, piece)) {
      return;
    }
    changes -= piece.weight();
    bytes -= piece.bytes;
    if (pieces.isEmpty()) {
      byAuthor.remove(piece.author);
    }
    Dot missing = piece.reason.missing();
    List<HeldPiece> same = missing == null ? null : byMissing.get(missing.replica());
    if (missing != null && same != null) {
      same.remove(piece);
      if (same.isEmpty()) {
        byMissing.remove(missing.replica());
      }
    }
  }

  /** Takes out the pieces of an author that end by this counter. */
  List<HeldPiece> takeUpTo(ReplicaId author, long counter) {
    TreeMap<Long, HeldPiece> pieces = byAuthor.get(author);
    if (pieces == null || pieces.firstEntry().getValue().last > counter) {
      return List.of();
    }
    List<HeldPiece> out = new ArrayList<>(pieces.headMap(counter, true).values());
    out.removeIf(piece -> piece.last > counter);
    out.forEach(this::remove);
    return out;
  }

  /** Takes out the pieces that wait for a change of this author up to this counter. */
  List<HeldPiece> takeFreed(ReplicaId author, long counter) {
    List<HeldPiece> waiting = byMissing.get(author);
    if (waiting == null) {
      return List.of();
    }
    List<HeldPiece> out = new ArrayList<>(waiting);
    out.removeIf(piece -> piece.reason.isAfter(counter));
    out.forEach(this::remove);
    return out;
  }

  /** Takes out the pieces whose time has come, and those not looked at since they were loaded. */
  List<HeldPiece> takeDue(long lastDue) {
    if (nextDue > lastDue) {
      return List.of();
    }
    List<HeldPiece> out = pieces();
    out.removeIf(piece -> piece.dueFrom() > lastDue);
    out.forEach(this::remove);
    nextDue = Long.MAX_VALUE;
    for (HeldPiece piece : pieces()) {
      nextDue = Math.min(nextDue, piece.dueFrom());
    }
    return out;
  }

  /** Takes out everything that can be looked at again. */
  List<HeldPiece> takeReadable() {
    List<HeldPiece> out = pieces();
    out.removeIf(piece -> piece.columns == null);
    out.forEach(this::remove);
    return out;
  }

  /**
   * When the first piece is due that waits for its time, as bits of a {@link HybridTimestamp}; null
   * if none does.
   */
  @Nullable HybridTimestamp nextTime() {
    long next = Long.MAX_VALUE;
    for (HeldPiece piece : pieces()) {
      next = Math.min(next, piece.dueFrom());
    }
    return next == Long.MAX_VALUE ? null : new HybridTimestamp(next);
  }

  // ---- what there is

  /** How many changes are kept aside; with a reason, for that reason. */
  long count(HeldReason.@Nullable Kind kind) {
    long count = 0;
    for (Map.Entry<ReplicaId, TreeMap<Long, HeldPiece>> author : byAuthor.entrySet()) {
      long counted = 0;
      for (HeldPiece piece : author.getValue().values()) {
        if (kind == null || piece.reason.kind() == kind) {
          count += piece.last - Math.max(counted, piece.first - 1);
          counted = piece.last;
        }
      }
    }
    return count;
  }

  /** A version, and what is kept aside as far as it follows without a gap. */
  VersionVector extend(VersionVector applied) {
    if (isEmpty()) {
      return applied;
    }
    VersionVector.Builder held = applied.toBuilder();
    byAuthor.forEach(
        (author, pieces) -> {
          long reach = applied.get(author);
          for (HeldPiece piece : pieces.values()) {
            if (piece.first > reach + 1) {
              break;
            }
            reach = Math.max(reach, piece.last);
          }
          if (reach > 0) {
            held.advance(new Dot(author, reach));
          }
        });
    return held.build();
  }

  /**
   * The pieces of {@link #extend} with changes after a version: each, as far as its dependencies
   * can be read and do not go round in a circle, behind what it depends on.
   */
  List<HeldPiece> since(VersionVector since, VersionVector applied) {
    Map<ReplicaId, ArrayDeque<HeldPiece>> queues = new LinkedHashMap<>();
    byAuthor.forEach(
        (author, pieces) -> {
          ArrayDeque<HeldPiece> queue = new ArrayDeque<>();
          long reach = applied.get(author);
          for (HeldPiece piece : pieces.values()) {
            if (piece.first > reach + 1) {
              break;
            }
            reach = Math.max(reach, piece.last);
            if (piece.last > since.get(author)) {
              queue.add(piece);
            }
          }
          if (!queue.isEmpty()) {
            queues.put(author, queue);
          }
        });
    return inOrder(queues, applied.merge(since));
  }

  private static List<HeldPiece> inOrder(
      Map<ReplicaId, ArrayDeque<HeldPiece>> queues, VersionVector covered) {
    Map<ReplicaId, Long> reached = new HashMap<>();
    List<HeldPiece> out = new ArrayList<>();
    boolean forced = false;
    while (!queues.isEmpty()) {
      int before = out.size();
      for (ArrayDeque<HeldPiece> queue : List.copyOf(queues.values())) {
        HeldPiece next = queue.peek();
        while (next != null && (forced || next.dependsOnlyOn(covered, reached))) {
          forced = false;
          out.add(queue.remove());
          reached.put(next.author, next.last);
          next = queue.peek();
        }
      }
      queues.values().removeIf(ArrayDeque::isEmpty);
      forced = out.size() == before;
    }
    return out;
  }

  /** The pieces of another document's, as they are now. */
  void addAll(HeldChanges others) {
    others.pieces().forEach(piece -> add(piece.copy()));
  }
}
