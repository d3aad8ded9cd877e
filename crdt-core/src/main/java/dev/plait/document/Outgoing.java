package dev.plait.document;

import dev.plait.change.Change;
import dev.plait.change.ChangeColumns;
import dev.plait.change.Chunk;
import dev.plait.clock.DotRange;
import dev.plait.clock.VersionVector;
import dev.plait.codec.Codec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a document hands out to others: chosen under the document's lock, encoded outside it, and
 * never anything that is in doubt.
 */
final class Outgoing {
  private final Document document;
  private final Codec codec;
  private final Access access;
  private final Chunking chunking;

  Outgoing(Document document, Codec codec, Access access, Chunking chunking) {
    this.document = document;
    this.codec = codec;
    this.access = access;
    this.chunking = chunking;
  }

  byte[] bundle(VersionVector since) {
    List<ChangeColumns> pieces;
    List<Chunk> held;
    access.lock();
    try {
      DocumentState state = access.idle();
      VersionVector covered = state.withheld(since, document.replica());
      refuseCompacted(state.history, since);
      pieces = chunking.byAuthor(state.history, covered);
      held = held(state, covered, Long.MAX_VALUE);
    } finally {
      access.unlock();
    }
    List<Chunk> chunks = chunking.encode(pieces);
    chunks.addAll(held);
    return codec.encodeBundle(chunks);
  }

  /** The next chunks; empty if some of the changes are not held one by one. */
  Optional<List<Chunk>> next(VersionVector since, int enoughBytes) {
    List<ChangeColumns> pieces;
    access.lock();
    try {
      DocumentState state = access.idle();
      if (!state.history.covers(since)) {
        return Optional.empty();
      }
      VersionVector covered = state.withheld(since, document.replica());
      Chunk known = known(state, covered);
      if (known != null && known.size() <= enoughBytes) {
        return Optional.of(List.of(known));
      }
      pieces = chunking.next(state.history, covered, enoughBytes);
      if (pieces.isEmpty()) {
        return Optional.of(held(state, covered, enoughBytes));
      }
    } finally {
      access.unlock();
    }
    return Optional.of(chunking.encode(pieces));
  }

  /** All that is missing after a version, if that is one author's and was encoded a moment ago. */
  private static @Nullable Chunk known(DocumentState state, VersionVector since) {
    List<DotRange> missing = state.authors.version().missingFrom(since);
    return missing.size() == 1 ? state.lastChunks.find(missing.get(0)) : null;
  }

  List<Change> changes(VersionVector since) {
    access.lock();
    try {
      History history = access.idle().history;
      refuseCompacted(history, since);
      return history.since(since);
    } finally {
      access.unlock();
    }
  }

  /** What is kept aside, for a peer that holds {@code since}; at least a chunk if there is any. */
  private List<Chunk> held(DocumentState state, VersionVector since, long enoughBytes) {
    List<Chunk> chunks = new ArrayList<>();
    long bytes = 0;
    for (HeldPiece piece : state.heldSince(since)) {
      Chunk chunk = piece.chunk(document.name(), codec);
      bytes += chunk.size();
      if (bytes > enoughBytes && !chunks.isEmpty()) {
        break;
      }
      chunks.add(chunk);
    }
    return chunks;
  }

  private static void refuseCompacted(History history, VersionVector since) {
    if (!history.covers(since)) {
      throw compacted(history.floor());
    }
  }

  static DocumentException compacted(VersionVector floor) {
    return new DocumentException(
        DocumentException.HISTORY_COMPACTED,
        "changes up to " + floor + " are only held as state; take a snapshot");
  }
}
