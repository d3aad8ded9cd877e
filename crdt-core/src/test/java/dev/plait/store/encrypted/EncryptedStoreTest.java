package dev.plait.store.encrypted;

import static dev.plait.store.encrypted.EncryptedSamples.HIGH;
import static dev.plait.store.encrypted.EncryptedSamples.LOW;
import static dev.plait.store.encrypted.EncryptedSamples.ONE;
import static dev.plait.store.encrypted.EncryptedSamples.appending;
import static dev.plait.store.encrypted.EncryptedSamples.chunk;
import static dev.plait.store.encrypted.EncryptedSamples.chunks;
import static dev.plait.store.encrypted.EncryptedSamples.contains;
import static dev.plait.store.encrypted.EncryptedSamples.records;
import static dev.plait.store.encrypted.EncryptedSamples.snapshot;
import static dev.plait.store.encrypted.EncryptedSamples.watched;
import static dev.plait.store.encrypted.EncryptedSamples.withHeader;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.VersionVector;
import dev.plait.store.ChangeStore;
import dev.plait.store.DocumentSize;
import dev.plait.store.InMemoryDisk;
import dev.plait.store.InMemoryStore;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoreCheck;
import dev.plait.store.StoreException;
import dev.plait.store.StoreSize;
import dev.plait.store.StoredSnapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an encrypted store hands to the one below, and what it makes of what comes back. */
final class EncryptedStoreTest {
  private static final String PLANTED = "planted-plaintext";

  private final InMemoryDisk disk = new InMemoryDisk();

  private EncryptedStore open() {
    return EncryptedStore.open(InMemoryStore.open(disk), ONE);
  }

  private InMemoryStore raw() {
    return InMemoryStore.open(disk);
  }

  @Test
  void whatIsWrittenComesBack() {
    Chunk first = chunk("d", LOW, 1, 4, PLANTED);
    Chunk aside = chunk("d", HIGH, 9, 9, "aside");
    StoredSnapshot snapshot = snapshot("e", "state", new Dot(LOW, 3));
    try (ChangeStore store = open()) {
      store.commit(
          StoreBatch.builder()
              .identity(LOW)
              .clock(HybridTimestamp.MIN_VALID)
              .append(first)
              .quarantine(aside)
              .suspect("d", new Dot(HIGH, 2))
              .snapshot(snapshot)
              .build());
    }
    try (ChangeStore store = open()) {
      assertEquals(LOW, store.identity());
      assertEquals(HybridTimestamp.MIN_VALID, store.clock());
      assertEquals(List.of(first), chunks(store, "d"));
      assertEquals(first.header(), chunks(store, "d").get(0).header());
      assertEquals(List.of(aside), store.quarantined("d"));
      assertEquals(List.of(new Dot(HIGH, 2)), store.suspects("d"));
      assertEquals(snapshot, store.snapshot("e"));
    }
  }

  @Test
  void nothingHandedToTheStoreBelowHasWhatWasPlanted() {
    List<byte[]> handedOver = new ArrayList<>();
    ChangeStore below = watched(raw(), batch -> handedOver.addAll(records(batch)));
    StoreBatch batch =
        StoreBatch.builder()
            .append(chunk("d", LOW, 1, 1, PLANTED))
            .append(chunk("d", LOW, 2, 2, PLANTED + "-2"))
            .merge(chunk("d", LOW, 1, 2, PLANTED + "-merged"))
            .rewrite(chunk("d", LOW, 1, 2, PLANTED + "-rewritten"))
            .quarantine(chunk("d", LOW, 9, 9, PLANTED + "-aside"))
            .snapshot(snapshot("e", PLANTED, new Dot(LOW, 1)))
            .build();
    assertTrue(records(batch).stream().allMatch(record -> contains(record, PLANTED)));
    try (ChangeStore store = EncryptedStore.open(below, ONE)) {
      store.commit(batch);
      assertEquals(List.of(chunk("d", LOW, 1, 2, PLANTED + "-rewritten")), chunks(store, "d"));
    }
    assertEquals(records(batch).size(), handedOver.size());
    for (byte[] record : handedOver) {
      assertFalse(contains(record, "plant"));
      assertEquals(7, record[0] & 7, "the first byte is no tag of a protobuf message");
    }
  }

  @Test
  void equalChunksAreEncryptedDifferently() {
    Set<Chunk> stored = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      try (ChangeStore store = open()) {
        store.commit(StoreBatch.builder().delete("d").append(chunk("d", LOW, 1, 1, "x")).build());
      }
      try (ChangeStore store = raw()) {
        stored.addAll(chunks(store, "d"));
      }
    }
    assertEquals(20, stored.size());
  }

  @Test
  void aRecordPutInAnothersPlaceIsCorrupt() {
    Chunk chunk = chunk("d", LOW, 1, 4, PLANTED);
    try (ChangeStore store = open()) {
      store.commit(appending(chunk));
    }
    ChunkHeader own = chunk.header();
    List<ChunkHeader> others =
        List.of(
            chunk("e", LOW, 1, 4, "").header(),
            chunk("d", HIGH, 1, 4, "").header(),
            chunk("d", LOW, 2, 4, "").header(),
            chunk("d", LOW, 1, 5, "").header(),
            with(own, List.of(), own.previousTime(), own.firstTime(), own.lastTime(), 3),
            with(
                own,
                own.dependencies(),
                new HybridTimestamp(1),
                own.firstTime(),
                own.lastTime(),
                3),
            with(own, own.dependencies(), own.previousTime(), own.lastTime(), own.lastTime(), 3),
            with(own, own.dependencies(), own.previousTime(), own.firstTime(), own.firstTime(), 3),
            with(own, own.dependencies(), own.previousTime(), own.firstTime(), own.lastTime(), 4));
    try (ChangeStore below = raw()) {
      Chunk stored = onlyChunk(below);
      ChangeStore store = EncryptedStore.open(below, ONE);
      for (ChunkHeader other : others) {
        below.commit(
            StoreBatch.builder().delete("d").delete("e").append(withHeader(stored, other)).build());
        assertThrows(
            StoreException.Corrupt.class, () -> chunks(store, other.document()), other::toString);
      }
      below.commit(StoreBatch.builder().delete("d").append(stored).build());
      assertEquals(List.of(chunk), chunks(store, "d"));
    }
  }

  @Test
  void twoRecordsOfADocumentCantTradePlaces() {
    Chunk low = chunk("d", LOW, 1, 1, "low");
    Chunk high = chunk("d", HIGH, 1, 1, "high");
    try (ChangeStore store = open()) {
      store.commit(appending(low, high));
    }
    try (ChangeStore store = raw()) {
      List<Chunk> stored = chunks(store, "d");
      store.commit(
          StoreBatch.builder()
              .rewrite(withHeader(stored.get(0), stored.get(1).header()))
              .rewrite(withHeader(stored.get(1), stored.get(0).header()))
              .build());
    }
    try (ChangeStore store = open()) {
      assertThrows(StoreException.Corrupt.class, () -> chunks(store, "d"));
      assertEquals(2, store.verify().damages().size());
    }
  }

  @Test
  void aChunkIsNoSnapshotAndASnapshotOfOneVersionNoneOfAnother() {
    try (ChangeStore store = open()) {
      store.commit(appending(chunk("c", LOW, 1, 1, "chunk")));
      store.commit(StoreBatch.builder().snapshot(snapshot("s", "s", new Dot(LOW, 1))).build());
    }
    try (ChangeStore store = raw()) {
      byte[] ofChunk = chunks(store, "c").get(0).bytes();
      byte[] ofSnapshot = stored(store, "s").bytes();
      store.commit(replacing("x", ofChunk, new Dot(LOW, 1)));
      store.commit(replacing("s2", ofSnapshot, new Dot(LOW, 1)));
      store.commit(replacing("s", ofSnapshot, new Dot(LOW, 2)));
      store.commit(appending(Chunk.of(chunk("y", LOW, 1, 1, "").header(), ofSnapshot)));
    }
    try (ChangeStore store = open()) {
      for (String document : List.of("x", "s2", "s")) {
        assertThrows(StoreException.Corrupt.class, () -> store.snapshot(document));
      }
      assertThrows(StoreException.Corrupt.class, () -> chunks(store, "y"));
      assertEquals(1, chunks(store, "c").size());
    }
  }

  @Test
  void everyFlippedBitOfARecordIsCorrupt() {
    try (ChangeStore store = open()) {
      store.commit(appending(chunk("d", LOW, 1, 1, "some content")));
    }
    try (ChangeStore below = raw()) {
      Chunk stored = onlyChunk(below);
      int bits = 8 * stored.size();
      for (int bit = 0; bit < bits; bit++) {
        byte[] flipped = stored.bytes();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        assertCorrupt(below, Chunk.of(stored.header(), flipped), "bit " + bit);
      }
    }
  }

  @Test
  void everyRecordThatIsCutShortIsCorrupt() {
    try (ChangeStore store = open()) {
      store.commit(appending(chunk("d", LOW, 1, 1, "some content")));
    }
    try (ChangeStore below = raw()) {
      Chunk stored = onlyChunk(below);
      for (int length = 0; length < stored.size(); length++) {
        byte[] cut = Arrays.copyOf(stored.bytes(), length);
        assertCorrupt(below, Chunk.of(stored.header(), cut), "length " + length);
      }
    }
  }

  private static void assertCorrupt(ChangeStore below, Chunk damaged, String message) {
    below.commit(StoreBatch.builder().rewrite(damaged).build());
    // Opening tells nothing: a damaged record says nothing about the key.
    ChangeStore store = assertDoesNotThrow(() -> EncryptedStore.open(below, ONE), message);
    assertThrows(StoreException.Corrupt.class, () -> chunks(store, "d"), message);
    StoreCheck check = store.verify();
    assertEquals(1, check.damages().size(), message);
    assertEquals("d", check.damages().get(0).document());
    assertEquals(0, check.records());
  }

  @Test
  void aRecordOfALaterLayoutIsOfAnotherVersion() {
    try (ChangeStore store = open()) {
      store.commit(appending(chunk("d", LOW, 1, 1, "some content")));
    }
    try (ChangeStore below = raw()) {
      byte[] later = onlyChunk(below).bytes();
      later[1] = 2;
      later[34]++; // whatever that layout has there
      below.commit(
          StoreBatch.builder().rewrite(Chunk.of(onlyChunk(below).header(), later)).build());
    }
    assertThrows(StoreException.OtherVersion.class, this::open);
  }

  @Test
  void lengthsAreThoseBeforeEncryption() {
    Chunk five = chunk("d", LOW, 1, 1, "12345");
    Chunk none = chunk("d", LOW, 2, 2, "");
    try (ChangeStore store = open()) {
      store.commit(
          StoreBatch.builder()
              .append(five)
              .append(none)
              .quarantine(chunk("d", HIGH, 9, 9, "123"))
              .snapshot(snapshot("e", "1234567"))
              .build());
      assertEquals(List.of(five, none), chunks(store, "d"));
      assertEquals(new DocumentSize(2, 5, 1, 3, 0), store.size("d"));
      assertEquals(new DocumentSize(0, 0, 0, 0, 7), store.size("e"));
      assertEquals(DocumentSize.EMPTY, store.size("f"));
      StoreSize all = store.size();
      assertEquals(2, all.documents());
      assertEquals(new DocumentSize(2, 5, 1, 3, 7), all.total());
      assertEquals(5 + 3 + 7 + 4 * RecordLayout.OVERHEAD_BYTES, all.storedBytes());
    }
  }

  @Test
  void aSoundStoreIsSound() {
    try (ChangeStore store = open()) {
      store.commit(appending(chunk("d", LOW, 1, 1, "x"), chunk("e", LOW, 1, 1, "y")));
      StoreCheck check = store.verify();
      assertTrue(check.isSound());
      assertEquals(2, check.documents());
      assertEquals(2, check.records());
    }
  }

  @Test
  void aRestoredDiskIsACopyUntilSomebodyElseWritesThere() {
    try (ChangeStore store = open()) {
      store.commit(StoreBatch.builder().identity(LOW).build());
      assertFalse(store.isCopy());
    }
    try (ChangeStore store = EncryptedStore.open(InMemoryStore.open(disk.restored()), ONE)) {
      assertTrue(store.isCopy());
      store.commit(StoreBatch.builder().identity(HIGH).build());
      assertFalse(store.isCopy());
      assertEquals(List.of(LOW), store.formerIdentities());
    }
  }

  private static ChunkHeader with(
      ChunkHeader header,
      List<Dot> dependencies,
      HybridTimestamp previous,
      HybridTimestamp first,
      HybridTimestamp last,
      int revision) {
    return new ChunkHeader(
        header.document(),
        header.replica(),
        header.firstCounter(),
        header.lastCounter(),
        dependencies,
        previous,
        first,
        last,
        revision);
  }

  private static Chunk onlyChunk(ChangeStore store) {
    List<Chunk> all = chunks(store, "d");
    assertEquals(1, all.size());
    return all.get(0);
  }

  private static StoredSnapshot stored(ChangeStore store, String document) {
    return Objects.requireNonNull(store.snapshot(document));
  }

  private static StoreBatch replacing(String document, byte[] bytes, Dot... covered) {
    return StoreBatch.builder()
        .snapshot(new StoredSnapshot(document, VersionVector.of(covered), bytes))
        .build();
  }
}
