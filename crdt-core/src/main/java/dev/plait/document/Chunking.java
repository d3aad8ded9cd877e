package dev.plait.document;

import dev.plait.change.Change;
import dev.plait.change.Chunk;
import dev.plait.codec.Codec;
import dev.plait.codec.Limits;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a sequence of changes into chunks: as long as one replica goes on without a gap, up to the
 * limits.
 */
public final class Chunking {
  private final Codec codec;
  private final String document;
  private final Limits limits;

  /** A chunking of changes of one document. */
  public Chunking(Codec codec, String document, Limits limits) {
    this.codec = codec;
    this.document = document;
    this.limits = limits;
  }

  /**
   * Encodes changes in the order given.
   *
   * @param enoughBytes no more chunks are made once they take this much
   */
  public List<Chunk> chunks(List<Change> changes, long enoughBytes) {
    List<Chunk> chunks = new ArrayList<>();
    long bytes = 0;
    int from = 0;
    while (from < changes.size() && bytes < enoughBytes) {
      int to = endOfRun(changes, from, Math.min(limits.maxChangeBytes(), enoughBytes - bytes));
      Chunk chunk = codec.encodeChunk(document, changes.subList(from, to));
      chunks.add(chunk);
      bytes += chunk.size();
      from = to;
    }
    return chunks;
  }

  /** Where the run that starts at {@code from} ends: not before one change, whatever its size. */
  private int endOfRun(List<Change> changes, int from, long atMostBytes) {
    Change first = changes.get(from);
    long bytes = ChangeSize.of(first);
    int to = from + 1;
    while (to < changes.size() && to - from < limits.maxChunkChanges()) {
      Change next = changes.get(to);
      bytes += ChangeSize.of(next);
      if (bytes > atMostBytes
          || next.dot().counter() != first.dot().counter() + (to - from)
          || !next.dot().replica().equals(first.dot().replica())) {
        break;
      }
      to++;
    }
    return to;
  }
}
