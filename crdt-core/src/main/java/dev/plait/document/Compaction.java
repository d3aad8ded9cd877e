package dev.plait.document;

import dev.plait.change.ChangeColumns;
import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.change.Snapshot;
import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.ReplicaId;
import dev.plait.codec.Codec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes smaller what is kept of a document, under its lock: history is given up for a snapshot, and
 * small chunks are merged into large ones.
 *
 * <p>The bytes of a chunk are a function of its range, so a merged chunk is what its author would
 * have made of that range, whoever merges.
 */
final class Compaction {
  /** A chunk of so many bytes is left as it is. */
  private static final int LARGE_BYTES = 1 << 15;

  /** So is one of so many changes, however few bytes they take: reading it again costs as much. */
  private static final int LARGE_CHANGES = 1 << 13;

  private final String name;
  private final HybridLogicalClock clock;
  private final Codec codec;
  private final Access access;
  private final Chunking chunking;

  /** Small chunks of one author that leave no gap between them. */
  private static final class Stretch {
    final ReplicaId author;
    final long first;
    long last;
    int chunks = 1;

    Stretch(ChunkHeader header) {
      this.author = header.replica();
      this.first = header.firstCounter();
      this.last = header.lastCounter();
    }

    boolean take(ChunkHeader header) {
      if (!author.equals(header.replica()) || header.firstCounter() > last + 1) {
        return false;
      }
      last = Math.max(last, header.lastCounter());
      chunks++;
      return true;
    }
  }

  Compaction(String name, HybridLogicalClock clock, Codec codec, Access access, Chunking chunking) {
    this.name = name;
    this.clock = clock;
    this.codec = codec;
    this.access = access;
    this.chunking = chunking;
  }

  /** Puts a snapshot in the place of the history. Returns false if there is nothing to be done. */
  boolean giveUpHistory() {
    access.lock();
    try {
      DocumentState state = access.idle();
      if (state.isInDoubt() || state.history.floor().dominates(state.authors.version())) {
        return false;
      }
      if (access.isHosted()) {
        Snapshot snapshot = state.snapshot(name);
        // What nobody can read again, because it is above a limit, is not worth a history.
        Snapshot readAgain = codec.decodeSnapshot(codec.encodeSnapshot(snapshot));
        access.persist(DocumentCommit.of(name, clock, readAgain));
      }
      state.history.giveUp(state.authors.version());
      access.committed();
      return true;
    } finally {
      access.unlock();
    }
  }

  /** Merges small chunks. Returns false if there is nothing to be done. */
  boolean mergeChunks() {
    access.lock();
    try {
      DocumentState state = access.idle();
      if (state.isInDoubt()) {
        return false;
      }
      List<Chunk> merged = merged(state);
      if (merged.isEmpty()) {
        return false;
      }
      access.persist(DocumentCommit.of(name, clock, merged));
      access.committed();
      return true;
    } finally {
      access.unlock();
    }
  }

  private List<Chunk> merged(DocumentState state) {
    List<Chunk> merged = new ArrayList<>();
    for (Stretch stretch : stretches(state)) {
      AuthorLog.Cursor cursor = state.history.log(stretch.author).cursor(stretch.first);
      List<ChangeColumns> pieces = chunking.pieces(cursor, stretch.last - stretch.first + 1);
      if (pieces.size() < stretch.chunks) {
        merged.addAll(chunking.encode(pieces));
      }
    }
    return merged;
  }

  private List<Stretch> stretches(DocumentState state) {
    List<Stretch> stretches = new ArrayList<>();
    @Nullable Stretch[] open = {null};
    access.stored(
        chunk -> {
          Stretch last = open[0];
          if (!isMergeable(chunk, state)) {
            open[0] = null;
          } else if (last == null || !last.take(chunk.header())) {
            open[0] = new Stretch(chunk.header());
            stretches.add(open[0]);
          }
        });
    stretches.removeIf(stretch -> stretch.chunks < 2);
    return stretches;
  }

  private boolean isMergeable(Chunk chunk, DocumentState state) {
    ChunkHeader header = chunk.header();
    AuthorLog log = state.history.find(header.replica());
    return chunk.size() < LARGE_BYTES
        && header.changeCount() < LARGE_CHANGES
        && codec.canRead(header)
        && log != null
        && log.holds(header.firstCounter())
        && log.holds(header.lastCounter());
  }
}
