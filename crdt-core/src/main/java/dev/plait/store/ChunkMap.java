package dev.plait.store;

import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Chunks by the dot of their first change. Immutable.
 *
 * @param chunks sorted by replica, then first counter
 * @param count how many
 * @param bytes their length
 */
record ChunkMap(PersistentMap<Dot, Chunk> chunks, long count, long bytes) {

  static final ChunkMap EMPTY =
      new ChunkMap(PersistentMap.empty(Comparator.<Dot>naturalOrder()), 0, 0);

  private static Dot name(Chunk chunk) {
    return new Dot(chunk.header().replica(), chunk.header().firstCounter());
  }

  private ChunkMap put(Chunk chunk) {
    ChunkMap rest = without(name(chunk));
    return new ChunkMap(
        rest.chunks.with(name(chunk), chunk), rest.count + 1, rest.bytes + chunk.size());
  }

  /** With this chunk, unless one of its name reaches as far. */
  ChunkMap with(Chunk chunk) {
    Chunk stored = chunks.get(name(chunk));
    boolean reachesFurther =
        stored == null || chunk.header().lastCounter() > stored.header().lastCounter();
    return reachesFurther ? put(chunk) : this;
  }

  /** With this chunk in the place of the one of the same range; the same if there is none. */
  ChunkMap respelled(Chunk chunk) {
    Chunk stored = chunks.get(name(chunk));
    boolean sameRange =
        stored != null && stored.header().lastCounter() == chunk.header().lastCounter();
    return sameRange ? put(chunk) : this;
  }

  ChunkMap without(Dot name) {
    Chunk stored = chunks.get(name);
    return stored == null
        ? this
        : new ChunkMap(chunks.without(name), count - 1, bytes - stored.size());
  }

  /** Without the chunks that lie wholly within this one. */
  ChunkMap withoutThoseIn(Chunk chunk) {
    ChunkMap rest = this;
    for (PersistentMap.Entry<Dot, Chunk> entry : chunks.entriesFrom(name(chunk))) {
      if (!entry.key().replica().equals(chunk.header().replica())
          || entry.key().counter() > chunk.header().lastCounter()) {
        break;
      }
      if (entry.value().header().lastCounter() <= chunk.header().lastCounter()) {
        rest = rest.without(entry.key());
      }
    }
    return rest;
  }

  /** The chunks in order. */
  List<Chunk> inOrder() {
    List<Chunk> list = new ArrayList<>();
    for (PersistentMap.Entry<Dot, Chunk> entry : chunks.entries()) {
      list.add(entry.value());
    }
    return list;
  }
}
