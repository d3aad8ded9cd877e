package dev.plait.cli.repair;

import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.clock.Dot;
import dev.plait.clock.DotRange;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.codec.ProtocolException;
import dev.plait.document.Document;
import dev.plait.document.DocumentException;
import dev.plait.store.StoredSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Takes what was salvaged into a document, which checks what depends on what. */
final class Intake {
  private final Document document;
  private final List<String> refusals = new ArrayList<>();

  Intake(Document document) {
    this.document = document;
  }

  /** Whether a document holds these very changes already. */
  static boolean isHeld(Document document, ChunkHeader header) {
    if (document.heldVersion().get(header.replica()) < header.lastCounter()) {
      return false;
    }
    HybridTimestamp time = document.time(header.last());
    return time == null || time.equals(header.lastTime());
  }

  /** What was refused, for people. */
  List<String> refusals() {
    return refusals;
  }

  /** Takes states first: what they stand for need not come change by change. */
  void take(Salvaged.Pieces pieces) {
    List<StoredSnapshot> largestFirst = new ArrayList<>(pieces.snapshots);
    largestFirst.sort(Comparator.comparingLong((StoredSnapshot one) -> count(one)).reversed());
    for (StoredSnapshot snapshot : largestFirst) {
      if (!document.versionVector().dominates(snapshot.version())) {
        take(snapshot);
      }
    }
    takeChunks(pieces.chunks);
  }

  private static long count(StoredSnapshot snapshot) {
    long count = 0;
    for (Dot dot : snapshot.version().dots()) {
      count += dot.counter();
    }
    return count;
  }

  private void take(StoredSnapshot snapshot) {
    try {
      document.join(snapshot.bytes());
    } catch (ProtocolException | DocumentException refused) {
      refusals.add("a snapshot was read and can't be taken: " + refused.getMessage());
    }
  }

  /** Takes only what came change by change. */
  void takeChunks(List<Chunk> chunks) {
    List<Chunk> ordered = new ArrayList<>(chunks);
    ordered.sort(
        Comparator.comparing((Chunk chunk) -> chunk.header().replica())
            .thenComparingLong(chunk -> chunk.header().firstCounter()));
    try {
      document.applyChunks(ordered);
    } catch (ProtocolException oneIsMalformed) {
      ordered.forEach(this::take);
    }
  }

  private void take(Chunk chunk) {
    try {
      document.applyChunks(List.of(chunk));
    } catch (ProtocolException refused) {
      ChunkHeader header = chunk.header();
      refusals.add(
          "changes "
              + header.firstCounter()
              + " to "
              + header.lastCounter()
              + " of replica "
              + header.replica()
              + " can't be decoded: "
              + refused.getMessage());
    }
  }

  /** What of these chunks the document does not hold, ordered, overlaps joined. */
  static List<DotRange> missing(List<ChunkHeader> headers, VersionVector held) {
    List<ChunkHeader> ordered = new ArrayList<>(headers);
    ordered.sort(
        Comparator.comparing(ChunkHeader::replica).thenComparingLong(ChunkHeader::firstCounter));
    List<DotRange> missing = new ArrayList<>();
    for (ChunkHeader header : ordered) {
      ReplicaId author = header.replica();
      long first = Math.max(header.firstCounter(), held.get(author) + 1);
      DotRange last = missing.isEmpty() ? null : missing.get(missing.size() - 1);
      if (first > header.lastCounter()) {
        continue;
      }
      if (last != null && last.replica().equals(author) && first <= last.last() + 1) {
        long end = Math.max(last.last(), header.lastCounter());
        missing.set(missing.size() - 1, new DotRange(author, last.first(), end));
      } else {
        missing.add(new DotRange(author, first, header.lastCounter()));
      }
    }
    return missing;
  }
}
