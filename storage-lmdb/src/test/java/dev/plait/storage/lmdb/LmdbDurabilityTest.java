package dev.plait.storage.lmdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.Dot;
import dev.plait.clock.VersionVector;
import dev.plait.properties.store.StoreSamples;
import dev.plait.store.Durability;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoreException;
import dev.plait.store.StoredSnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lmdbjava.EnvFlags;

/** What is promised, how the map grows, how room is given back, and what damage does. */
class LmdbDurabilityTest {

  private static final LmdbOptions SMALL =
      LmdbOptions.defaults().withInitialMapBytes(1 << 20).withBusyTimeout(Duration.ofMillis(1));

  @TempDir Path directory;

  @Test
  void theFlagsAreAsPromised() {
    assertEquals(EnumSet.of(EnvFlags.MDB_NOTLS), Environment.flags(Durability.FULL));
    assertEquals(
        EnumSet.of(EnvFlags.MDB_NOTLS, EnvFlags.MDB_NOMETASYNC),
        Environment.flags(Durability.RELAXED));
  }

  @Test
  void theMapGrowsByItself() {
    try (LmdbStore store = LmdbStore.open(directory, SMALL)) {
      for (int i = 1; i <= 8; i++) {
        store.commit(StoreSamples.appending(StoreSamples.chunk("d", i, 1 << 20)));
      }
      assertEquals(8, StoreSamples.chunks(store, "d").size());
    }
    try (LmdbStore store = LmdbStore.open(directory, SMALL)) {
      assertEquals(8, StoreSamples.chunks(store, "d").size());
    }
  }

  /** LMDB writes no page in place: a record that stays on its page was not written. */
  @Test
  void aChangeThatIsHeldAlreadyWritesNoSeal() throws IOException {
    try (LmdbStore store = LmdbStore.open(directory, SMALL)) {
      StoreBatch.Builder all = StoreBatch.builder();
      for (int i = 0; i < 300; i++) {
        all.append(StoreSamples.chunk("d".repeat(200) + i, 1, 10));
      }
      String document = "d".repeat(200) + 100;
      store.commit(all.build());
      long before = sealPage(document);
      store.commit(StoreSamples.appending(StoreSamples.chunk(document, 1, 10)));
      assertEquals(before, sealPage(document));
      store.commit(StoreSamples.appending(StoreSamples.chunk(document, 2, 10)));
      assertNotEquals(before, sealPage(document));
      assertTrue(store.verify().isSound());
    }
  }

  /** The page that a document's seal is on; it is on another than the store's own record. */
  private long sealPage(String document) throws IOException {
    long[] pages = {-1, -1};
    PageCheck.check(
        Environment.data(directory),
        file ->
            (leaf, page, node) -> {
              String key = new String(leaf.key(node), StandardCharsets.ISO_8859_1);
              if (key.startsWith("D" + document + '\0')) {
                pages[0] = page;
              } else if (key.equals("M")) {
                pages[1] = page;
              }
            });
    assertNotEquals(pages[1], pages[0]);
    return pages[0];
  }

  @Test
  void anInterruptedThreadOpensWritesReclaimsAndClosesAsAnyOther() {
    Thread.currentThread().interrupt();
    for (int i = 1; i <= 2; i++) {
      try (LmdbStore store = LmdbStore.open(directory, SMALL)) {
        store.commit(StoreSamples.appending(StoreSamples.chunk("d", i, 1 << 20)));
        store.reclaim();
        assertEquals(i, StoreSamples.chunks(store, "d").size());
        assertTrue(store.verify().isSound());
      }
    }
    assertTrue(Thread.interrupted(), "the interruption was lost");
  }

  @Test
  void aReaderThatStaysKeepsTheMapFromGrowingAndTheCommitIsBusy() {
    try (LmdbStore store = LmdbStore.open(directory, SMALL)) {
      store.commit(StoreSamples.appending(StoreSamples.chunk("d", 1, 10)));
      List<Throwable> seen = new ArrayList<>();
      store.readChunks(
          "d",
          VersionVector.EMPTY,
          chunk ->
              seen.add(
                  assertThrows(
                          CompletionException.class,
                          () ->
                              CompletableFuture.runAsync(
                                      () ->
                                          store.commit(
                                              StoreSamples.appending(
                                                  StoreSamples.chunk("d", 2, 1 << 20))))
                                  .join())
                      .getCause()));
      assertEquals(StoreException.Busy.class, seen.get(0).getClass());
      store.commit(StoreSamples.appending(StoreSamples.chunk("d", 2, 1 << 20)));
      assertEquals(2, StoreSamples.chunks(store, "d").size());
    }
  }

  @Test
  void aFullStoreRefusesTheBatchServesReadsAndTakesSmallerOnes() {
    LmdbOptions bounded = SMALL.withMaximumMapBytes(1 << 20);
    try (LmdbStore store = LmdbStore.open(directory, bounded)) {
      store.commit(StoreSamples.appending(StoreSamples.chunk("d", 1, 10)));
      assertThrows(
          StoreException.Full.class,
          () -> store.commit(StoreSamples.appending(StoreSamples.chunk("d", 2, 2 << 20))));
      store.commit(StoreSamples.appending(StoreSamples.chunk("d", 3, 10)));
      assertEquals(2, StoreSamples.chunks(store, "d").size());
    }
  }

  @Test
  void reclaimingGivesRoomBackAndKeepsAll() throws IOException {
    Path data = directory.resolve("data.mdb");
    try (LmdbStore store = LmdbStore.open(directory)) {
      for (int i = 1; i <= 100; i++) {
        store.commit(StoreSamples.appending(StoreSamples.chunk("d", i, 20_000)));
      }
      store.commit(
          StoreBatch.builder()
              .snapshot(
                  new StoredSnapshot(
                      "d", VersionVector.of(new Dot(StoreSamples.REPLICA, 99)), new byte[10]))
              .build());
      long before = Files.size(data);
      store.reclaim();
      assertTrue(Files.size(data) < before / 10);
      assertEquals(1, StoreSamples.chunks(store, "d").size());
      store.commit(StoreSamples.appending(StoreSamples.chunk("d", 101, 10)));
      assertTrue(store.verify().isSound());
    }
    try (LmdbStore store = LmdbStore.open(directory)) {
      assertEquals(2, StoreSamples.chunks(store, "d").size());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 1000, 3000})
  void ofAFullStoreAnyDocumentCanBeDeletedAtOnce(int size) {
    LmdbOptions bounded = SMALL.withMaximumMapBytes(1 << 20).withDurability(Durability.NONE);
    for (int deleted = 0; deleted < 5; deleted++) {
      try (LmdbStore store = LmdbStore.open(directory.resolve("full" + deleted), bounded)) {
        int filled = 0;
        boolean full = false;
        while (!full) {
          try {
            store.commit(
                StoreSamples.appending(StoreSamples.chunk("d" + filled % 5, filled + 1, size)));
            filled++;
          } catch (StoreException.Full expected) {
            full = true;
          }
        }
        store.commit(StoreBatch.builder().delete("d" + deleted).build());
        assertEquals(4, store.documents("").size());
        store.commit(StoreSamples.appending(StoreSamples.chunk("next", 1, size)));
        assertTrue(store.verify().isSound());
      }
    }
  }

  @Test
  void aFullStoreCanBeReclaimed() {
    LmdbOptions bounded = SMALL.withMaximumMapBytes(1 << 20);
    try (LmdbStore store = LmdbStore.open(directory, bounded)) {
      int filled = 0;
      boolean full = false;
      while (!full) {
        try {
          store.commit(StoreSamples.appending(StoreSamples.chunk("d", filled + 1, 10_000)));
          filled++;
        } catch (StoreException.Full expected) {
          full = true;
        }
      }
      store.reclaim();
      assertEquals(filled, StoreSamples.chunks(store, "d").size());
      store.commit(StoreBatch.builder().delete("d").build());
      store.reclaim();
      store.commit(StoreSamples.appending(StoreSamples.chunk("e", 1, 500_000)));
      assertEquals(1, StoreSamples.chunks(store, "e").size());
    }
  }

  @Test
  void aChangedByteIsFoundWhenItIsReadAndListedByVerify() throws IOException {
    String mark = "a mark to be found";
    try (LmdbStore store = LmdbStore.open(directory)) {
      store.commit(
          StoreBatch.builder()
              .append(StoreSamples.chunk("d", 1, 40))
              .snapshot(
                  new StoredSnapshot(
                      "s", VersionVector.EMPTY, mark.getBytes(StandardCharsets.US_ASCII)))
              .build());
    }
    Path data = directory.resolve("data.mdb");
    byte[] bytes = Files.readAllBytes(data);
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(mark);
    bytes[at + 3] ^= 1;
    Files.write(data, bytes);
    try (LmdbStore store = LmdbStore.open(directory)) {
      assertThrows(StoreException.Corrupt.class, () -> store.snapshot("s"));
      assertEquals(1, StoreSamples.chunks(store, "d").size());
      assertEquals(2, store.verify().damages().size());
    }
  }

  @Test
  void aRecordThatIsGoneIsFoundWhenItsDocumentIsRead() {
    try (LmdbStore store = LmdbStore.open(directory)) {
      store.commit(
          StoreSamples.appending(StoreSamples.chunk("d", 1, 40), StoreSamples.chunk("d", 2, 40)));
    }
    try (Environment environment = Environment.open(directory, LmdbOptions.defaults());
        Transaction transaction = environment.write()) {
      transaction.delete(LmdbLayout.key(LmdbLayout.CHUNK, 1, StoreSamples.REPLICA, 2));
      byte[] value = transaction.get(LmdbLayout.META_KEY);
      StoreRecord record =
          StoreRecord.read(value == null ? new byte[0] : value)
              .withTransaction(transaction.number());
      transaction.put(LmdbLayout.META_KEY, record.toValue());
      transaction.commit();
    } catch (DamagedException unexpected) {
      throw new AssertionError(unexpected);
    }
    try (LmdbStore store = LmdbStore.open(directory)) {
      assertThrows(StoreException.Corrupt.class, () -> StoreSamples.chunks(store, "d"));
    }
  }
}
