package dev.plait.document;

import dev.plait.change.Chunk;
import dev.plait.change.Snapshot;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.HybridTimestamp;
import dev.plait.codec.Codec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction, import, join or compaction is about to change in a document; to be kept all
 * or not at all.
 *
 * @param document the document
 * @param clock a reading above every stamp given out and taken in so far
 * @param chunks the changes that become part of the document; a chunk that came from elsewhere and
 *     was applied as a whole is here byte for byte
 * @param merged chunks that stand for others: each takes the place of every chunk of its author
 *     that lies wholly within it
 * @param quarantined chunks to keep aside, each named by the dot of its first change
 * @param released the names of chunks that were kept aside and are not any longer
 * @param forsaken the first change of a branch that is not part of the document any longer, nor any
 *     that follows it of its author, because the snapshot has them under other names; or null
 * @param suspects changes of whose name there is another: their authors' later changes are kept
 *     aside from now on
 * @param snapshot the whole new state, where changes were merged as state or history is given up:
 *     every chunk that it covers may go; null otherwise
 */
public record DocumentCommit(
    String document,
    HybridTimestamp clock,
    List<Chunk> chunks,
    List<Chunk> merged,
    List<Chunk> quarantined,
    List<Dot> released,
    @Nullable Dot forsaken,
    List<Dot> suspects,
    @Nullable Snapshot snapshot) {
  public DocumentCommit {
    chunks = List.copyOf(chunks);
    merged = List.copyOf(merged);
    quarantined = List.copyOf(quarantined);
    released = List.copyOf(released);
    suspects = List.copyOf(suspects);
  }

  /** Whether there is anything to keep. */
  public boolean isEmpty() {
    return chunks.isEmpty()
        && merged.isEmpty()
        && quarantined.isEmpty()
        && released.isEmpty()
        && forsaken == null
        && suspects.isEmpty()
        && snapshot == null;
  }

  /** What a transaction commits. */
  static DocumentCommit of(String document, HybridTimestamp time, Chunk change) {
    return new DocumentCommit(
        document, time, List.of(change), List.of(), List.of(), List.of(), null, List.of(), null);
  }

  /** What is committed when it turns out that there is no branch. */
  static DocumentCommit forsaking(String document, HybridLogicalClock clock, Dot beyond) {
    return new DocumentCommit(
        document,
        clock.peek(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        beyond,
        List.of(),
        null);
  }

  /** What is committed when history is given up for the state. */
  static DocumentCommit of(String document, HybridLogicalClock clock, Snapshot all) {
    return new DocumentCommit(
        document, clock.peek(), List.of(), List.of(), List.of(), List.of(), null, List.of(), all);
  }

  /** What is committed when chunks are merged. */
  static DocumentCommit of(String document, HybridLogicalClock clock, List<Chunk> merged) {
    return new DocumentCommit(
        document, clock.peek(), List.of(), merged, List.of(), List.of(), null, List.of(), null);
  }

  /** What an import commits. */
  static DocumentCommit of(
      String document,
      HybridLogicalClock clock,
      Import run,
      List<Chunk> chunks,
      Codec codec,
      @Nullable Snapshot snapshot) {
    HybridTimestamp reading = clock.peek();
    HybridTimestamp latest = new HybridTimestamp(run.seen().latest());
    reading = latest.isAfter(reading) ? latest : reading;
    if (snapshot != null) {
      for (Snapshot.Author author : snapshot.authors()) {
        reading = author.lastTime().isAfter(reading) ? author.lastTime() : reading;
      }
    }
    Holding holding = run.holding();
    return new DocumentCommit(
        document,
        reading,
        chunks,
        List.of(),
        holding.added().stream().map(piece -> piece.chunk(document, codec)).toList(),
        holding.released(),
        null,
        run.contradictions().found().stream().map(Contradictions.Contradiction::change).toList(),
        snapshot);
  }

  /** The same, and a branch is given up that the snapshot has under other names. */
  DocumentCommit forsaking(Dot branch) {
    return new DocumentCommit(
        document, clock, chunks, merged, quarantined, released, branch, suspects, snapshot);
  }
}
