package dev.plait.document;

import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.clock.DotRange;
import org.jspecify.annotations.Nullable;

/*
 * What was just made here is asked for by every link at once, and each of them lacks the same: the bytes
 * that were stored serve all of them. Only small chunks are kept, so that many loaded documents take
 * little memory for it.
 */
/** The last changes of a document as they were encoded last. Guarded by the document's lock. */
final class LastChunks {
  private static final int KEPT = 4;
  private static final int MOST_BYTES = 1024;

  private final @Nullable Chunk[] ring = new Chunk[KEPT];
  private int next;

  /** These changes are part of the document, under these names for good. */
  void add(Chunk chunk) {
    if (chunk.size() <= MOST_BYTES) {
      ring[next] = chunk;
      next = (next + 1) % KEPT;
    }
  }

  /** A chunk of exactly these changes; null if none is at hand. */
  @Nullable Chunk find(DotRange changes) {
    for (Chunk chunk : ring) {
      if (chunk != null) {
        ChunkHeader header = chunk.header();
        if (header.lastCounter() == changes.last()
            && header.firstCounter() == changes.first()
            && header.replica().equals(changes.replica())) {
          return chunk;
        }
      }
    }
    return null;
  }
}
