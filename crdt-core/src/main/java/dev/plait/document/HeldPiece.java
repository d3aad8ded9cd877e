package dev.plait.document;

import dev.plait.change.ChangeColumns;
import dev.plait.change.ChangeWalk;
import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.codec.Codec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Consecutive changes of one author that are kept aside together, named by the first of them. */
final class HeldPiece {
  final ReplicaId author;
  final long first;
  final long last;

  /** What it may take in memory and in a store, at most. */
  final long bytes;

  /** The changes; null if this release can't read them. */
  final @Nullable ChangeColumns columns;

  /** Why it is kept aside; to be changed only while it is out. */
  HeldReason reason;

  /** As it came, or was encoded; null before that. */
  private @Nullable Chunk chunk;

  private HeldPiece(
      ReplicaId author,
      long first,
      long last,
      long bytes,
      @Nullable ChangeColumns columns,
      @Nullable Chunk chunk,
      HeldReason reason) {
    this.author = author;
    this.first = first;
    this.last = last;
    this.bytes = bytes;
    this.columns = columns;
    this.chunk = chunk;
    this.reason = reason;
  }

  /** A chunk that this release can't read. */
  static HeldPiece unreadable(Chunk chunk, HeldReason reason) {
    return new HeldPiece(
        chunk.header().replica(),
        chunk.header().firstCounter(),
        chunk.header().lastCounter(),
        chunk.size(),
        null,
        chunk,
        reason);
  }

  /**
   * Changes.
   *
   * @param columns they and nothing else; nobody changes them any more
   * @param bytes an estimate of their size
   * @param chunk what all of them came as; null if they did not
   */
  static HeldPiece of(ChangeColumns columns, long bytes, @Nullable Chunk chunk, HeldReason reason) {
    return new HeldPiece(
        columns.replica(),
        columns.firstCounter(),
        columns.lastCounter(),
        bytes,
        columns,
        chunk,
        reason);
  }

  HeldPiece copy() {
    return new HeldPiece(author, first, last, bytes, columns, chunk, reason);
  }

  /** The name under which it is stored. */
  Dot name() {
    return new Dot(author, first);
  }

  /** For how many changes it counts. */
  long weight() {
    return columns == null ? 1 : columns.size();
  }

  /** From when it can be looked at again, as bits of a {@link HybridTimestamp}. */
  long dueFrom() {
    return switch (reason.kind()) {
      case OPEN -> 0;
      case TIME -> columns == null ? Long.MAX_VALUE : columns.firstTime();
      default -> Long.MAX_VALUE;
    };
  }

  /** The bytes to be stored and relayed. */
  Chunk chunk(String document, Codec codec) {
    Chunk known = chunk;
    if (known == null) {
      if (columns == null) {
        throw new IllegalStateException("a piece is made of a chunk or of changes");
      }
      known = codec.encodeChunk(document, columns);
      chunk = known;
    }
    return known;
  }

  /** Whether all that it depends on, as far as that can be read, is in a version or reached. */
  boolean dependsOnlyOn(VersionVector version, Map<ReplicaId, Long> reached) {
    if (columns == null) {
      return chunk == null || areIn(chunk.header().dependencies(), version, reached);
    }
    for (int i = 0; i < columns.dependentCount(); i++) {
      if (!areIn(columns.dependencies(i), version, reached)) {
        return false;
      }
    }
    return true;
  }

  private boolean areIn(List<Dot> dots, VersionVector version, Map<ReplicaId, Long> reached) {
    for (Dot dot : dots) {
      boolean there =
          version.contains(dot)
              || dot.replica().equals(author)
              || reached.getOrDefault(dot.replica(), 0L) >= dot.counter();
      if (!there) {
        return false;
      }
    }
    return true;
  }

  /** When a change was made, as far as that can be read; null if it can't. */
  @Nullable HybridTimestamp time(long counter) {
    if (columns != null) {
      ChangeWalk walk = columns.walk();
      walk.skip((int) (counter - first));
      return new HybridTimestamp(walk.time());
    }
    if (chunk == null || (counter != first && counter != last)) {
      return null;
    }
    return counter == first ? chunk.header().firstTime() : chunk.header().lastTime();
  }

  /** When its last change was made. */
  HybridTimestamp lastTime() {
    HybridTimestamp time = time(last);
    return time == null ? HybridTimestamp.ZERO : time;
  }

  /** What it goes through an import as; only what can be read. */
  Block block() {
    if (columns == null) {
      throw new IllegalStateException("what can't be read can't be applied");
    }
    Block block = new Block(columns, true);
    block.restart();
    block.source = chunk;
    block.piece = this;
    return block;
  }
}
