package dev.plait.store;

import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.clock.ReplicaId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of one document. Immutable.
 *
 * @param chunks by the dot of their first change
 * @param quarantined by the dot of their first change
 * @param suspects changes of whose name there is another, by replica
 * @param snapshot the latest one written
 */
record DocumentRecords(
    PersistentMap<Dot, Chunk> chunks,
    PersistentMap<Dot, Chunk> quarantined,
    PersistentMap<ReplicaId, Dot> suspects,
    @Nullable StoredSnapshot snapshot) {

  private static final DocumentRecords EMPTY =
      new DocumentRecords(
          PersistentMap.empty(Comparator.<Dot>naturalOrder()),
          PersistentMap.empty(Comparator.<Dot>naturalOrder()),
          PersistentMap.empty(Comparator.<ReplicaId>naturalOrder()),
          null);

  static DocumentRecords empty() {
    return EMPTY;
  }

  boolean isEmpty() {
    return chunks.isEmpty() && quarantined.isEmpty() && suspects.isEmpty() && snapshot == null;
  }

  DocumentRecords forsake(Dot dot) {
    PersistentMap<Dot, Chunk> rest = chunks;
    for (PersistentMap.Entry<Dot, Chunk> entry : chunks.entries()) {
      Dot last = entry.value().header().last();
      if (last.replica().equals(dot.replica()) && last.counter() >= dot.counter()) {
        rest = rest.without(entry.key());
      }
    }
    PersistentMap<Dot, Chunk> aside = quarantined;
    for (PersistentMap.Entry<Dot, Chunk> entry : quarantined.entries()) {
      if (entry.key().replica().equals(dot.replica())) {
        aside = aside.without(entry.key());
      }
    }
    return new DocumentRecords(rest, aside, suspects.without(dot.replica()), snapshot);
  }

  DocumentRecords append(Chunk chunk) {
    return new DocumentRecords(furthest(chunks, chunk), quarantined, suspects, snapshot);
  }

  DocumentRecords quarantine(Chunk chunk) {
    return new DocumentRecords(chunks, furthest(quarantined, chunk), suspects, snapshot);
  }

  DocumentRecords release(Dot dot) {
    return new DocumentRecords(chunks, quarantined.without(dot), suspects, snapshot);
  }

  DocumentRecords suspect(Dot dot) {
    return suspects.get(dot.replica()) != null
        ? this
        : new DocumentRecords(chunks, quarantined, suspects.with(dot.replica(), dot), snapshot);
  }

  DocumentRecords replace(StoredSnapshot replacement) {
    PersistentMap<Dot, Chunk> rest = chunks;
    for (PersistentMap.Entry<Dot, Chunk> entry : chunks.entries()) {
      if (replacement.version().contains(entry.value().header().last())) {
        rest = rest.without(entry.key());
      }
    }
    return new DocumentRecords(rest, quarantined, suspects, replacement);
  }

  /** The chunks, ordered by replica, then first counter. */
  static List<Chunk> inOrder(PersistentMap<Dot, Chunk> chunks) {
    List<Chunk> list = new ArrayList<>();
    for (PersistentMap.Entry<Dot, Chunk> entry : chunks.entries()) {
      list.add(entry.value());
    }
    return list;
  }

  /** The suspects, ordered by replica. */
  List<Dot> suspectsInOrder() {
    List<Dot> list = new ArrayList<>();
    for (PersistentMap.Entry<ReplicaId, Dot> entry : suspects.entries()) {
      list.add(entry.value());
    }
    return list;
  }

  private static PersistentMap<Dot, Chunk> furthest(PersistentMap<Dot, Chunk> map, Chunk chunk) {
    Dot first = new Dot(chunk.header().replica(), chunk.header().firstCounter());
    Chunk stored = map.get(first);
    boolean reachesFurther =
        stored == null || chunk.header().lastCounter() > stored.header().lastCounter();
    return reachesFurther ? map.with(first, chunk) : map;
  }
}
