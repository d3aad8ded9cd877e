package dev.plait.properties.store;

import static dev.plait.properties.store.Refusals.assertFull;
import static dev.plait.properties.store.StoreSamples.HIGH;
import static dev.plait.properties.store.StoreSamples.LOW;
import static dev.plait.properties.store.StoreSamples.appending;
import static dev.plait.properties.store.StoreSamples.chunk;
import static dev.plait.properties.store.StoreSamples.chunks;
import static dev.plait.properties.store.StoreSamples.headers;
import static dev.plait.properties.store.StoreSamples.noise;
import static dev.plait.properties.store.StoreSamples.sampleBatch;
import static dev.plait.properties.store.StoreSamples.snapshot;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.store.ChangeStore;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoreException;
import dev.plait.store.StoredSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Empty and greatest values, and what a store does that has no room left. */
interface LimitContract extends StoreUnderTest {

  @Test
  default void aChunkOfMegabytesComesBack() {
    byte[] bytes = new byte[3 << 20];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) ((i * 31) >>> 3);
    }
    try (ChangeStore store = opened()) {
      store.commit(appending(chunk("d", LOW, 1, 1, bytes)));
    }
    try (ChangeStore store = opened()) {
      assertArrayEquals(bytes, chunks(store, "d").get(0).bytes());
    }
  }

  @Test
  default void emptyBytesAreBytes() {
    StoredSnapshot empty = new StoredSnapshot("d", VersionVector.EMPTY, new byte[0]);
    Chunk chunk = chunk("d", LOW, 1, 1, new byte[0]);
    Chunk aside = chunk("d", LOW, 3, 3, new byte[0]);
    try (ChangeStore store = opened()) {
      store.commit(StoreBatch.builder().append(chunk).quarantine(aside).snapshot(empty).build());
    }
    try (ChangeStore store = opened()) {
      assertEquals(headers(List.of(chunk)), headers(chunks(store, "d")));
      assertEquals(0, chunks(store, "d").get(0).size());
      assertEquals(headers(List.of(aside)), headers(store.quarantined("d")));
      assertEquals(0, store.quarantined("d").get(0).size());
      assertEquals(empty, store.snapshot("d"));
    }
  }

  @Test
  default void anEmptyBatchChangesNothing() {
    try (ChangeStore store = opened()) {
      store.commit(sampleBatch());
      Contents before = Contents.of(store);
      store.commit(StoreBatch.builder().build());
      assertEquals(before, Contents.of(store));
    }
  }

  @Test
  default void theGreatestCountersAndTimesComeBack() {
    ReplicaId greatest = ReplicaId.of(-1, -1);
    List<Dot> dependencies = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      dependencies.add(new Dot(ReplicaId.of(-1, i), Long.MAX_VALUE - i));
    }
    ChunkHeader header =
        new ChunkHeader(
            "d",
            greatest,
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            dependencies,
            new HybridTimestamp(-2),
            new HybridTimestamp(-1),
            new HybridTimestamp(-1),
            Integer.MAX_VALUE);
    Chunk chunk = Chunk.of(header, new byte[] {-1});
    Dot last = new Dot(greatest, Long.MAX_VALUE);
    StoredSnapshot snapshot =
        new StoredSnapshot("e", VersionVector.from(dependencies).with(last), new byte[] {-1});
    try (ChangeStore store = opened()) {
      store.commit(
          StoreBatch.builder()
              .clock(new HybridTimestamp(-1))
              .append(chunk)
              .quarantine(chunk)
              .suspect("d", last)
              .snapshot(snapshot)
              .build());
    }
    try (ChangeStore store = opened()) {
      assertEquals(new HybridTimestamp(-1), store.clock());
      assertEquals(List.of(header), headers(chunks(store, "d")));
      assertEquals(List.of(header), headers(store.quarantined("d")));
      assertEquals(List.of(last), store.suspects("d"));
      assertEquals(snapshot, store.snapshot("e"));
      assertEquals(List.of(), chunks(store, "d", VersionVector.of(last)));
      store.commit(StoreBatch.builder().release("d", last).build());
      store.commit(StoreBatch.builder().forsake("d", last).build());
      assertEquals(List.of("e"), store.documents(""));
    }
  }

  @Test
  default void aBatchFarLargerThanAllBeforeItIsTaken() {
    StoreBatch.Builder large = StoreBatch.builder();
    for (int i = 1; i <= 24; i++) {
      large.append(chunk("d", LOW, i, i, noise(1 << 20)));
    }
    byte[] bytes = noise(8 << 20);
    large.snapshot(new StoredSnapshot("e", VersionVector.EMPTY, bytes));
    try (ChangeStore store = opened()) {
      store.commit(appending(chunk("c", LOW, 1, 1)));
      store.commit(large.build());
      assertEquals(List.of("c", "d", "e"), store.documents(""));
      assertEquals(24, chunks(store, "d").size());
    }
    try (ChangeStore store = opened()) {
      assertArrayEquals(noise(1 << 20), chunks(store, "d").get(23).bytes());
      assertEquals(new StoredSnapshot("e", VersionVector.EMPTY, bytes), store.snapshot("e"));
    }
  }

  @Test
  default void aBatchWithoutRoomIsRefusedAndReadsAndSmallerOnesGoOn() {
    try (ChangeStore store = openedWithRoomFor(2 << 20)) {
      store.commit(appending(chunk("d", LOW, 1, 1)));
      Contents before = Contents.of(store);
      for (int attempt = 0; attempt < 3; attempt++) {
        assertFull(
            () ->
                store.commit(
                    StoreBatch.builder()
                        .identity(HIGH)
                        .delete("d")
                        .append(chunk("d", LOW, 2, 2))
                        .append(chunk("d", LOW, 3, 3, noise(8 << 20)))
                        .build()));
        assertEquals(before, Contents.of(store));
      }
      store.commit(appending(chunk("d", LOW, 4, 4)));
      assertEquals(2, chunks(store, "d").size());
      assertTrue(store.verify().isSound());
    }
  }

  @Test
  default void aFullStoreTakesBatchesAgainOnceDocumentsAreDeleted() {
    try (ChangeStore store = openedWithRoomFor(2 << 20)) {
      byte[] piece = noise(100_000);
      int filled = 0;
      boolean full = false;
      while (!full) {
        try {
          store.commit(appending(chunk("filling", LOW, filled + 1, filled + 1, piece)));
          filled++;
          assertTrue(filled < 1000, "the store has no limit");
        } catch (StoreException.Full refused) {
          full = true;
        }
      }
      assertEquals(filled, chunks(store, "filling").size());
      store.commit(StoreBatch.builder().delete("filling").build());
      // An engine that keeps the last state beside the new one has the room a commit later.
      store.commit(appending(chunk("small", LOW, 1, 1)));
      for (int i = 1; i <= 5; i++) {
        store.commit(appending(chunk("next", LOW, i, i, piece)));
      }
      assertEquals(5, chunks(store, "next").size());
      assertEquals(List.of("next", "small"), store.documents(""));
    }
  }

  private ChangeStore openedWithRoomFor(long bytes) {
    Optional<ChangeStore> limited = openWithRoomFor(bytes);
    Assumptions.assumeTrue(limited.isPresent(), "this store can't be limited");
    return limited.orElseThrow();
  }
}
