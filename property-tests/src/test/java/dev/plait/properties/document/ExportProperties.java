package dev.plait.properties.document;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.change.Change;
import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.codec.Limits;
import dev.plait.document.Document;
import dev.plait.wire.WireCodec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is exported is a function of the changes, not of how they came. */
class ExportProperties {
  private static final int AUTHORS = 4;
  private static final Limits LIMITS = Limits.builder().maxChunkChanges(5).build();

  private final AtomicLong wall = new AtomicLong(1_800_000_000_000L);

  private Document document(long high, long low) {
    return Document.builder("doc", ReplicaId.of(high, low))
        .clock(HybridLogicalClock.builder(wall::get).build())
        .codec(WireCodec.create())
        .limits(LIMITS)
        .build();
  }

  private static void edit(Document document, Random random) {
    document.transact(
        tx -> {
          switch (random.nextInt(4)) {
            case 0 -> tx.counter("n").add(1 + random.nextInt(9));
            case 1 -> tx.set("tags").add("t" + random.nextInt(9));
            default -> tx.text("body").insert(random.nextInt(tx.text("body").length() + 1), "ab");
          }
        });
  }

  @Property
  void documentsWithTheSameChangesExportTheSameBytes(@ForAll long seed) {
    Random random = new Random(seed);
    List<Document> authors = new ArrayList<>();
    for (int i = 0; i < AUTHORS; i++) {
      authors.add(document(random.nextLong(), i));
    }
    for (int i = random.nextInt(60); i >= 0; i--) {
      wall.addAndGet(random.nextInt(5));
      Document author = authors.get(random.nextInt(AUTHORS));
      if (random.nextInt(3) == 0) {
        Document from = authors.get(random.nextInt(AUTHORS));
        author.apply(from.changesSince(author.versionVector()));
      } else {
        edit(author, random);
      }
    }
    Document all = document(1, AUTHORS);
    for (Document author : authors) {
      all.apply(author.changesSince(VersionVector.EMPTY));
    }
    byte[] expected = all.changesSince(VersionVector.EMPTY);

    Document oneByOne = document(2, AUTHORS);
    List<Change> shuffled = new ArrayList<>(all.changes(VersionVector.EMPTY));
    Collections.shuffle(shuffled, random);
    for (Change change : shuffled) {
      oneByOne.apply(List.of(change));
    }
    Document bySmallMessages = document(3, AUTHORS);
    while (!bySmallMessages.versionVector().equals(all.versionVector())) {
      bySmallMessages.applyChunks(
          all.chunksSince(bySmallMessages.versionVector(), 1 + random.nextInt(200)));
    }
    Document fromExport = document(4, AUTHORS);
    assertTrue(fromExport.apply(expected).isComplete());

    assertArrayEquals(expected, oneByOne.changesSince(VersionVector.EMPTY));
    assertArrayEquals(expected, bySmallMessages.changesSince(VersionVector.EMPTY));
    assertArrayEquals(expected, fromExport.changesSince(VersionVector.EMPTY));
  }
}
