package dev.plait.properties.store;

import static dev.plait.properties.store.StoreSamples.HIGH;
import static dev.plait.properties.store.StoreSamples.LOW;
import static dev.plait.properties.store.StoreSamples.MIDDLE;
import static dev.plait.properties.store.StoreSamples.appending;
import static dev.plait.properties.store.StoreSamples.chunk;
import static dev.plait.properties.store.StoreSamples.chunks;
import static dev.plait.properties.store.StoreSamples.headers;
import static dev.plait.properties.store.StoreSamples.quarantining;
import static dev.plait.properties.store.StoreSamples.snapshot;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.VersionVector;
import dev.plait.properties.store.StoreSamples.Contents;
import dev.plait.store.ChangeStore;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoreException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What a {@link ChangeStore} keeps and gives back. Extend it in your tests; {@link
 * ChangeStoreLifecycleContract}, which it includes, adds opening, closing and threads.
 */
public abstract class ChangeStoreContract extends ChangeStoreLifecycleContract {

  /** For those who extend it. */
  protected ChangeStoreContract() {}

  @Test
  void aNewStoreIsEmpty() {
    try (ChangeStore store = open()) {
      assertEquals(new Contents(null, HybridTimestamp.ZERO, List.of()), Contents.of(store));
      assertEquals(List.of(), chunks(store, "nothing"));
      assertEquals(List.of(), store.quarantined("nothing"));
      assertEquals(List.of(), store.suspects("nothing"));
      assertNull(store.snapshot("nothing"));
    }
  }

  @Test
  void chunksComeByReplicaUnsignedThenByCounter() {
    Chunk low9 = chunk("d", LOW, 9, 9);
    Chunk low10 = chunk("d", LOW, 10, 255);
    Chunk low256 = chunk("d", LOW, 256, 1L << 40);
    Chunk middle = chunk("d", MIDDLE, 1, 1);
    Chunk high = chunk("d", HIGH, 1, Long.MAX_VALUE);
    try (ChangeStore store = open()) {
      store.commit(appending(high, low256, low10));
      store.commit(appending(middle, low9));
      assertEquals(List.of(low9, low10, low256, middle, high), chunks(store, "d"));
    }
  }

  @Test
  void headersAndBytesComeBackAsTheyWere() {
    byte[] everyByte = new byte[256];
    for (int i = 0; i < everyByte.length; i++) {
      everyByte[i] = (byte) i;
    }
    ChunkHeader header =
        new ChunkHeader(
            "d",
            HIGH,
            7,
            8,
            List.of(new Dot(HIGH, 6), new Dot(LOW, Long.MAX_VALUE), new Dot(MIDDLE, 1)),
            HybridTimestamp.MIN_VALID,
            HybridTimestamp.MAX_VALID,
            new HybridTimestamp(-1),
            Integer.MAX_VALUE);
    try (ChangeStore store = open()) {
      store.commit(appending(Chunk.of(header, everyByte), chunk("d", LOW, 1, 1, new byte[0])));
      List<Chunk> read = chunks(store, "d");
      assertEquals(0, read.get(0).size());
      assertEquals(header, read.get(1).header());
      assertArrayEquals(everyByte, read.get(1).bytes());
    }
  }

  @Test
  void onlyChunksWithSomethingAboveTheVersionAreRead() {
    Chunk held = chunk("d", LOW, 1, 4);
    Chunk partlyHeld = chunk("d", LOW, 5, 8);
    Chunk unheld = chunk("d", LOW, 9, 9);
    Chunk ofAnother = chunk("d", HIGH, 1, 3);
    try (ChangeStore store = open()) {
      store.commit(appending(held, partlyHeld, unheld, ofAnother));
      assertEquals(
          List.of(partlyHeld, unheld, ofAnother),
          chunks(store, "d", VersionVector.of(new Dot(LOW, 7))));
      assertEquals(
          List.of(unheld), chunks(store, "d", VersionVector.of(new Dot(LOW, 8), new Dot(HIGH, 3))));
    }
  }

  @Test
  void aChunkWithTheSameStartReplacesOnlyWhenItReachesFurther() {
    Chunk two = chunk("d", LOW, 1, 2);
    Chunk three = chunk("d", LOW, 1, 3);
    Chunk otherThree = chunk("d", LOW, 1, 3, new byte[] {3});
    try (ChangeStore store = open()) {
      store.commit(appending(two));
      store.commit(appending(three));
      assertEquals(List.of(three), chunks(store, "d"));
      store.commit(appending(two, otherThree));
      assertEquals(List.of(three), chunks(store, "d"));
      assertEquals(headers(List.of(three)), headers(chunks(store, "d")));
    }
  }

  @Test
  void chunksThatOverlapAreAllKept() {
    Chunk wide = chunk("d", LOW, 1, 9);
    Chunk within = chunk("d", LOW, 3, 5);
    try (ChangeStore store = open()) {
      store.commit(appending(within));
      store.commit(appending(wide));
      assertEquals(List.of(wide, within), chunks(store, "d"));
      assertEquals(List.of(wide), chunks(store, "d", VersionVector.of(new Dot(LOW, 5))));
    }
  }

  @Test
  void aSnapshotReplacesTheChunksItCoversEntirely() {
    Chunk covered = chunk("d", LOW, 1, 4);
    Chunk reachesBeyond = chunk("d", LOW, 5, 8);
    Chunk ofAnotherReplica = chunk("d", HIGH, 1, 1);
    Chunk ofAnotherDocument = chunk("e", LOW, 1, 1);
    Chunk coveredInTheBatch = chunk("d", MIDDLE, 1, 1);
    try (ChangeStore store = open()) {
      store.commit(appending(covered, reachesBeyond, ofAnotherReplica, ofAnotherDocument));
      var snapshot = snapshot("d", new Dot(LOW, 6), new Dot(MIDDLE, 1));
      store.commit(StoreBatch.builder().append(coveredInTheBatch).snapshot(snapshot).build());
      assertEquals(snapshot, store.snapshot("d"));
      assertEquals(List.of(reachesBeyond, ofAnotherReplica), chunks(store, "d"));
      assertEquals(List.of(ofAnotherDocument), chunks(store, "e"));
      assertNull(store.snapshot("e"));
    }
  }

  @Test
  void aSnapshotReplacesTheOneBefore() {
    try (ChangeStore store = open()) {
      store.commit(StoreBatch.builder().snapshot(snapshot("d", new Dot(LOW, 1))).build());
      var later = snapshot("d", new Dot(LOW, 2), new Dot(HIGH, 1));
      store.commit(StoreBatch.builder().snapshot(later).build());
      assertEquals(later, store.snapshot("d"));
      assertEquals(List.of("d"), store.documents(""));
    }
  }

  @Test
  void aSnapshotLeavesTheQuarantineAlone() {
    Chunk early = chunk("d", LOW, 1, 1);
    try (ChangeStore store = open()) {
      store.commit(quarantining(early));
      store.commit(StoreBatch.builder().snapshot(snapshot("d", new Dot(LOW, 1))).build());
      assertEquals(List.of(early), store.quarantined("d"));
    }
  }

  @Test
  void quarantinedChunksStayApartAndInOrder() {
    Chunk appended = chunk("d", LOW, 1, 1);
    Chunk low2 = chunk("d", LOW, 2, 2);
    Chunk low10 = chunk("d", LOW, 10, 10);
    Chunk high = chunk("d", HIGH, 1, 1);
    try (ChangeStore store = open()) {
      store.commit(quarantining(high, low10, low2));
      store.commit(appending(appended));
      assertEquals(List.of(low2, low10, high), store.quarantined("d"));
      assertEquals(headers(List.of(low2, low10, high)), headers(store.quarantined("d")));
      assertEquals(List.of(appended), chunks(store, "d"));
      assertEquals(List.of(), store.quarantined("e"));
    }
  }

  @Test
  void whatIsReleasedLeavesTheQuarantineAndNothingElse() {
    Chunk first = chunk("d", LOW, 1, 1);
    Chunk second = chunk("d", LOW, 2, 2);
    try (ChangeStore store = open()) {
      store.commit(quarantining(first, second));
      store.commit(
          StoreBatch.builder()
              .append(first)
              .release("d", new Dot(LOW, 1))
              .release("d", new Dot(HIGH, 2))
              .release("e", new Dot(LOW, 2))
              .build());
      assertEquals(List.of(second), store.quarantined("d"));
      assertEquals(List.of(first), chunks(store, "d"));
    }
  }

  @Test
  void aQuarantinedChunkOfManyChangesIsReleasedByItsFirst() {
    Chunk many = chunk("d", LOW, 3, 9);
    try (ChangeStore store = open()) {
      store.commit(quarantining(many, chunk("d", LOW, 10, 10)));
      store.commit(StoreBatch.builder().release("d", new Dot(LOW, 9)).build());
      assertEquals(List.of(many, chunk("d", LOW, 10, 10)), store.quarantined("d"));
      store.commit(StoreBatch.builder().release("d", new Dot(LOW, 3)).build());
      assertEquals(List.of(chunk("d", LOW, 10, 10)), store.quarantined("d"));
    }
  }

  @Test
  void aQuarantinedChunkWithTheSameStartReplacesOnlyWhenItReachesFurther() {
    Chunk two = chunk("d", LOW, 1, 2);
    Chunk three = chunk("d", LOW, 1, 3);
    try (ChangeStore store = open()) {
      store.commit(quarantining(two));
      store.commit(quarantining(three));
      store.commit(quarantining(two));
      assertEquals(List.of(three), store.quarantined("d"));
    }
  }

  @Test
  void suspectsStayAndComeByReplica() {
    try (ChangeStore store = open()) {
      store.commit(
          StoreBatch.builder()
              .suspect("d", new Dot(HIGH, 4))
              .suspect("d", new Dot(LOW, 2))
              .suspect("e", new Dot(LOW, 9))
              .build());
      store.commit(StoreBatch.builder().snapshot(snapshot("d", new Dot(LOW, 7))).build());
    }
    try (ChangeStore store = open()) {
      assertEquals(List.of(new Dot(LOW, 2), new Dot(HIGH, 4)), store.suspects("d"));
      assertEquals(List.of(new Dot(LOW, 9)), store.suspects("e"));
      assertEquals(List.of(), store.suspects("f"));
      assertEquals(List.of("d", "e"), store.documents(""));
    }
  }

  @Test
  void ofSeveralSuspectsOfOneReplicaTheFirstStays() {
    try (ChangeStore store = open()) {
      store.commit(StoreBatch.builder().suspect("d", new Dot(LOW, 5)).build());
      store.commit(StoreBatch.builder().suspect("d", new Dot(LOW, 3)).build());
      assertEquals(List.of(new Dot(LOW, 5)), store.suspects("d"));
    }
  }

  @Test
  void whatIsForsakenGoesWithAllThatFollowsIt() {
    Chunk before = chunk("d", LOW, 1, 2);
    Chunk around = chunk("d", LOW, 3, 6);
    Chunk after = chunk("d", LOW, 7, 7);
    Chunk ofAnother = chunk("d", HIGH, 4, 4);
    Chunk elsewhere = chunk("e", LOW, 4, 4);
    try (ChangeStore store = open()) {
      store.commit(appending(before, around, after, ofAnother, elsewhere));
      store.commit(quarantining(chunk("d", LOW, 9, 9), ofAnother));
      store.commit(
          StoreBatch.builder()
              .suspect("d", new Dot(LOW, 4))
              .suspect("d", new Dot(HIGH, 1))
              .suspect("e", new Dot(LOW, 4))
              .build());
      store.commit(
          StoreBatch.builder()
              .forsake("d", new Dot(LOW, 5))
              .snapshot(snapshot("d", new Dot(LOW, 4)))
              .build());
    }
    try (ChangeStore store = open()) {
      assertEquals(List.of(ofAnother), chunks(store, "d"));
      assertEquals(List.of(ofAnother), store.quarantined("d"));
      assertEquals(List.of(new Dot(HIGH, 1)), store.suspects("d"));
      assertEquals(snapshot("d", new Dot(LOW, 4)), store.snapshot("d"));
      assertEquals(List.of(elsewhere), chunks(store, "e"));
      assertEquals(List.of(new Dot(LOW, 4)), store.suspects("e"));
    }
  }

  @Test
  void whatABatchAppendsStaysWhateverItForsakes() {
    Chunk branch = chunk("d", LOW, 5, 9);
    Chunk instead = chunk("d", LOW, 5, 6);
    try (ChangeStore store = open()) {
      store.commit(appending(branch));
      store.commit(StoreBatch.builder().forsake("d", new Dot(LOW, 5)).append(instead).build());
      assertEquals(List.of(instead), chunks(store, "d"));
    }
  }

  @Test
  void identitiesThatWereReplacedAreRemembered() {
    try (ChangeStore store = open()) {
      assertEquals(List.of(), store.formerIdentities());
      store.commit(StoreBatch.builder().identity(HIGH).build());
      store.commit(StoreBatch.builder().identity(HIGH).build());
      assertEquals(List.of(), store.formerIdentities());
      store.commit(StoreBatch.builder().identity(LOW).build());
      store.commit(StoreBatch.builder().identity(MIDDLE).build());
    }
    try (ChangeStore store = open()) {
      assertEquals(MIDDLE, store.identity());
      assertEquals(List.of(HIGH, LOW), store.formerIdentities());
    }
  }

  @Test
  void aBatchMayReleaseWhatItQuarantines() {
    try (ChangeStore store = open()) {
      store.commit(
          StoreBatch.builder()
              .release("d", new Dot(LOW, 1))
              .quarantine(chunk("d", LOW, 1, 1))
              .build());
      assertEquals(List.of(), store.quarantined("d"));
      assertEquals(List.of(), store.documents(""));
    }
  }

  @Test
  void documentsHaveAnyRecordAndComeByTheirBytes() {
    // U+FF5E is below U+1F600 in UTF-8, above it in UTF-16.
    String tilde = "n/\uff5e";
    String smile = "n/\ud83d\ude00";
    try (ChangeStore store = open()) {
      store.commit(appending(chunk(smile, LOW, 1, 1), chunk("n/b", LOW, 1, 1)));
      store.commit(quarantining(chunk("n/a", LOW, 1, 1)));
      store.commit(StoreBatch.builder().snapshot(snapshot(tilde, new Dot(LOW, 1))).build());
      store.commit(
          appending(chunk("n/b", HIGH, 1, 1), chunk("n", LOW, 1, 1), chunk("o", LOW, 1, 1)));
      assertEquals(List.of("n", "n/a", "n/b", tilde, smile, "o"), store.documents(""));
      assertEquals(List.of("n/a", "n/b", tilde, smile), store.documents("n/"));
      assertEquals(List.of("n/b"), store.documents("n/b"));
      assertEquals(List.of(), store.documents("n/c"));
      assertEquals(List.of(), store.documents("z"));
    }
  }

  @Test
  void aDocumentGoesWithItsLastRecord() {
    try (ChangeStore store = open()) {
      store.commit(quarantining(chunk("d", LOW, 1, 1)));
      assertEquals(List.of("d"), store.documents(""));
      store.commit(StoreBatch.builder().release("d", new Dot(LOW, 1)).build());
      assertEquals(List.of(), store.documents(""));
    }
  }

  @Test
  void everyWellFormedNameIsADocumentOfItsOwn() {
    List<String> names =
        List.of(
            "",
            "\0",
            "\0\0",
            " ",
            "%_*?[a]'\";--",
            "A",
            "a",
            "a\0",
            "a\0b",
            "caf\u00e9",
            "cafe\u0301",
            "m".repeat(1024),
            "m".repeat(1023) + "n",
            "\u00e9".repeat(512),
            "\uffff",
            "\ud800\udc00",
            "\udbff\udfff");
    try (ChangeStore store = open()) {
      for (String name : names) {
        store.commit(
            StoreBatch.builder()
                .append(chunk(name, LOW, 2, 2))
                .quarantine(chunk(name, LOW, 9, 9))
                .suspect(name, new Dot(LOW, 1))
                .snapshot(snapshot(name, new Dot(LOW, 1)))
                .build());
      }
    }
    try (ChangeStore store = open()) {
      for (String name : names) {
        assertEquals(List.of(chunk(name, LOW, 2, 2)), chunks(store, name));
        assertEquals(List.of(chunk(name, LOW, 9, 9)), store.quarantined(name));
        assertEquals(List.of(new Dot(LOW, 1)), store.suspects(name));
        assertEquals(snapshot(name, new Dot(LOW, 1)), store.snapshot(name));
        assertEquals(
            names.stream().filter(other -> other.startsWith(name)).sorted().toList(),
            store.documents(name).stream().sorted().toList());
      }
    }
  }

  @Test
  void aNameWithHalfASurrogatePairIsRefusedEverywhere() {
    String half = "half \ud83d";
    try (ChangeStore store = open()) {
      store.commit(appending(chunk("half ?", LOW, 1, 1)));
      assertUnstorable(() -> store.documents(half));
      assertUnstorable(() -> store.snapshot(half));
      assertUnstorable(() -> store.quarantined(half));
      assertUnstorable(() -> store.suspects(half));
      assertUnstorable(() -> chunks(store, half));
      assertUnstorable(() -> store.commit(appending(chunk(half, LOW, 1, 1))));
      assertUnstorable(() -> store.commit(quarantining(chunk(half, LOW, 1, 1))));
      assertUnstorable(
          () -> store.commit(StoreBatch.builder().release(half, new Dot(LOW, 1)).build()));
      assertUnstorable(
          () -> store.commit(StoreBatch.builder().suspect(half, new Dot(LOW, 1)).build()));
      assertUnstorable(() -> store.commit(StoreBatch.builder().snapshot(snapshot(half)).build()));
    }
  }

  @Test
  void aBatchThatIsRefusedLeavesNothing() {
    Contents before;
    try (ChangeStore store = open()) {
      store.commit(sampleBatch());
      before = Contents.of(store);
      assertUnstorable(
          () ->
              store.commit(
                  StoreBatch.builder()
                      .identity(HIGH)
                      .clock(HybridTimestamp.MAX_VALID)
                      .append(chunk("d", LOW, 1, 99))
                      .append(chunk("new", LOW, 1, 1))
                      .quarantine(chunk("new", LOW, 1, 1))
                      .release("d", new Dot(LOW, 7))
                      .suspect("d", new Dot(LOW, 8))
                      .snapshot(snapshot("\udc00", new Dot(LOW, 9)))
                      .build()));
      assertEquals(before, Contents.of(store));
    }
    try (ChangeStore store = open()) {
      assertEquals(before, Contents.of(store));
    }
  }

  @Test
  void theClockNeverGoesBack() {
    HybridTimestamp late = new HybridTimestamp(-2);
    try (ChangeStore store = open()) {
      store.commit(StoreBatch.builder().clock(HybridTimestamp.MIN_VALID).build());
      store.commit(StoreBatch.builder().clock(late).build());
      store.commit(StoreBatch.builder().clock(HybridTimestamp.MAX_VALID).build());
      store.commit(appending(chunk("d", LOW, 1, 1)));
      assertEquals(late, store.clock());
    }
    try (ChangeStore store = open()) {
      assertEquals(late, store.clock());
      store.commit(StoreBatch.builder().clock(HybridTimestamp.MIN_VALID).build());
      assertEquals(late, store.clock());
    }
  }

  @Test
  void theIdentityStaysUntilAnotherIsSet() {
    try (ChangeStore store = open()) {
      store.commit(StoreBatch.builder().identity(LOW).build());
      store.commit(appending(chunk("d", HIGH, 1, 1)));
      assertEquals(LOW, store.identity());
      store.commit(StoreBatch.builder().identity(HIGH).build());
    }
    try (ChangeStore store = open()) {
      assertEquals(HIGH, store.identity());
    }
  }

  @Test
  void aChunkOfMegabytesComesBack() {
    byte[] bytes = new byte[3 << 20];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) ((i * 31) >>> 3);
    }
    try (ChangeStore store = open()) {
      store.commit(appending(chunk("d", LOW, 1, 1, bytes)));
    }
    try (ChangeStore store = open()) {
      assertArrayEquals(bytes, chunks(store, "d").get(0).bytes());
    }
  }

  private static void assertUnstorable(Runnable call) {
    assertEquals(
        StoreException.UNSTORABLE, assertThrows(StoreException.Unstorable.class, call::run).code());
  }
}
