package dev.plait.store;

import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of one document. Immutable.
 *
 * @param chunks by the dot of their first change
 * @param quarantined by the dot of their only change
 * @param snapshot the latest one written
 */
record DocumentRecords(
    PersistentMap<Dot, Chunk> chunks,
    PersistentMap<Dot, Chunk> quarantined,
    @Nullable StoredSnapshot snapshot) {

  private static final DocumentRecords EMPTY =
      new DocumentRecords(
          PersistentMap.empty(Comparator.<Dot>naturalOrder()),
          PersistentMap.empty(Comparator.<Dot>naturalOrder()),
          null);

  static DocumentRecords empty() {
    return EMPTY;
  }

  boolean isEmpty() {
    return chunks.isEmpty() && quarantined.isEmpty() && snapshot == null;
  }

  DocumentRecords append(Chunk chunk) {
    return new DocumentRecords(furthest(chunks, chunk), quarantined, snapshot);
  }

  DocumentRecords quarantine(Chunk chunk) {
    return new DocumentRecords(chunks, furthest(quarantined, chunk), snapshot);
  }

  DocumentRecords release(Dot dot) {
    return new DocumentRecords(chunks, quarantined.without(dot), snapshot);
  }

  DocumentRecords replace(StoredSnapshot replacement) {
    PersistentMap<Dot, Chunk> rest = chunks;
    for (PersistentMap.Entry<Dot, Chunk> entry : chunks.entries()) {
      if (replacement.version().contains(entry.value().header().last())) {
        rest = rest.without(entry.key());
      }
    }
    return new DocumentRecords(rest, quarantined, replacement);
  }

  /** The chunks, ordered by replica, then first counter. */
  static List<Chunk> inOrder(PersistentMap<Dot, Chunk> chunks) {
    List<Chunk> list = new ArrayList<>();
    for (PersistentMap.Entry<Dot, Chunk> entry : chunks.entries()) {
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
