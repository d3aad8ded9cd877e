package dev.plait.document;

import dev.plait.change.Chunk;
import dev.plait.clock.ReplicaId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which changes an import has applied, and which of them came as whole chunks: those are kept byte
 * for byte as they came, everything else is encoded from the history.
 */
final class AppliedChanges {
  private final Map<ReplicaId, Stretch> byAuthor = new LinkedHashMap<>();

  /** What was applied of one author, which is without gaps. */
  private static final class Stretch {
    final long first;
    long last;
    final List<Chunk> whole = new ArrayList<>(1);

    Stretch(long first) {
      this.first = first;
    }
  }

  void clear() {
    byAuthor.clear();
  }

  /** These were applied, and follow those of the author that were applied before. */
  void add(ReplicaId author, long first, long last) {
    byAuthor.computeIfAbsent(author, any -> new Stretch(first)).last = last;
  }

  /** All changes of this chunk, the last ones of their author, were applied. */
  void addWhole(Chunk chunk) {
    Stretch stretch = byAuthor.get(chunk.header().replica());
    if (stretch != null) {
      stretch.whole.add(chunk);
    }
  }

  /** Everything that was applied, as chunks. */
  List<Chunk> chunks(History history, Chunking chunking) {
    List<Chunk> chunks = new ArrayList<>();
    byAuthor.forEach(
        (author, stretch) -> {
          long next = stretch.first;
          for (Chunk whole : stretch.whole) {
            encode(history.log(author), next, whole.header().firstCounter(), chunking, chunks);
            chunks.add(whole);
            next = whole.header().lastCounter() + 1;
          }
          encode(history.log(author), next, stretch.last + 1, chunking, chunks);
        });
    return chunks;
  }

  private static void encode(
      AuthorLog log, long from, long before, Chunking chunking, List<Chunk> into) {
    if (from < before) {
      into.addAll(chunking.encode(chunking.pieces(log.cursor(from), before - from)));
    }
  }
}
