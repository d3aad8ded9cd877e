package dev.plait.properties.document;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plait.change.Change;
import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.document.Document;
import dev.plait.properties.history.Choice;
import dev.plait.wire.WireCodec;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Whatever the order of arrival, no replica ever shows an answer without its question. */
class CausalOrderProperties {
  private static final int AUTHORS = 3;
  private static final long START = 1_800_000_000_000L;

  @Provide
  Arbitrary<Choice> choices() {
    return Choice.choices();
  }

  @Property
  void nothingIsAppliedBeforeEverythingItsAuthorHadSeen(
      @ForAll @Size(min = 2, max = 20) List<@From("choices") Choice> history,
      @ForAll @Size(min = 1, max = 20) List<@From("choices") Choice> arrivals,
      @ForAll boolean asChunks,
      @ForAll boolean watched) {
    List<Document> authors = new ArrayList<>();
    for (int i = 1; i <= AUTHORS; i++) {
      authors.add(document(i));
    }
    List<Chunk> chunks = new ArrayList<>();
    for (Choice step : history) {
      play(step, authors, chunks);
    }
    Document reader = document(AUTHORS + 1);
    if (watched) {
      reader.listen(event -> {});
    }
    for (Choice arrival : arrivals) {
      VersionVector before = reader.versionVector();
      Chunk chunk = chunks.isEmpty() ? null : arrival.placeIn(chunks);
      if (chunk != null && asChunks) {
        reader.applyChunks(List.of(chunk));
      } else if (chunk != null) {
        reader.apply(changes(chunk));
      }
      assertEquals(List.of(), unfounded(reader, before), "applied too early");
    }
    reader.applyChunks(chunks);
    assertEquals(0, reader.pendingCount());
    assertEquals(List.of(), unfounded(reader, VersionVector.empty()), "applied too early");
  }

  /** An author hears of another's changes, or makes one, which becomes a chunk. */
  private static void play(Choice step, List<Document> authors, List<Chunk> chunks) {
    Document author = step.placeIn(authors);
    if (step.size() % 2 == 0) {
      Document other = step.contentOf(authors);
      author.apply(other.changesSince(author.versionVector()));
    } else {
      VersionVector before = author.versionVector();
      author.transact(tx -> Edits.make(tx, List.of(step)));
      chunks.addAll(author.chunksSince(before, Integer.MAX_VALUE));
    }
  }

  private static List<Change> changes(Chunk chunk) {
    return WireCodec.create().decodeChunk(chunk);
  }

  /** What became part of the document although something that its author had seen is not. */
  private static List<Change> unfounded(Document reader, VersionVector before) {
    List<Change> unfounded = new ArrayList<>();
    VersionVector there = reader.versionVector();
    for (Change change : reader.changes(before)) {
      for (Dot dependency : change.dependencies()) {
        if (!there.contains(dependency)) {
          unfounded.add(change);
        }
      }
    }
    return unfounded;
  }

  private static Document document(int replica) {
    return Document.builder("doc", ReplicaId.of(0, replica))
        .clock(HybridLogicalClock.builder(() -> START).build())
        .codec(WireCodec.create())
        .build();
  }
}
