package dev.plait.properties.store;

import static dev.plait.properties.store.StoreSamples.HIGH;
import static dev.plait.properties.store.StoreSamples.LOW;
import static dev.plait.properties.store.StoreSamples.MIDDLE;
import static dev.plait.properties.store.StoreSamples.appending;
import static dev.plait.properties.store.StoreSamples.chunk;
import static dev.plait.properties.store.StoreSamples.chunks;
import static dev.plait.properties.store.StoreSamples.headers;
import static dev.plait.properties.store.StoreSamples.quarantining;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.store.ChangeStore;
import dev.plait.store.StoreBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was appended: its order, its bytes, and what of it is read since a version. */
interface ChunkContract extends StoreUnderTest {

  @Test
  default void aNewStoreIsEmpty() {
    try (ChangeStore store = opened()) {
      assertEquals(
          new Contents(null, List.of(), HybridTimestamp.ZERO, List.of()), Contents.of(store));
      assertEquals(List.of(), chunks(store, "nothing"));
      assertEquals(List.of(), store.quarantined("nothing"));
      assertEquals(List.of(), store.suspects("nothing"));
      assertNull(store.snapshot("nothing"));
    }
  }

  @Test
  default void chunksComeByReplicaUnsignedThenByCounter() {
    Chunk low9 = chunk("d", LOW, 9, 9);
    Chunk low10 = chunk("d", LOW, 10, 255);
    Chunk low256 = chunk("d", LOW, 256, 1L << 40);
    Chunk middle = chunk("d", MIDDLE, 1, 1);
    Chunk high = chunk("d", HIGH, 1, Long.MAX_VALUE);
    try (ChangeStore store = opened()) {
      store.commit(appending(high, low256, low10));
      store.commit(appending(middle, low9));
      assertEquals(List.of(low9, low10, low256, middle, high), chunks(store, "d"));
    }
  }

  @Test
  default void headersAndBytesComeBackAsTheyWere() {
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
    try (ChangeStore store = opened()) {
      store.commit(appending(Chunk.of(header, everyByte), chunk("d", LOW, 1, 1, new byte[0])));
      List<Chunk> read = chunks(store, "d");
      assertEquals(0, read.get(0).size());
      assertEquals(header, read.get(1).header());
      assertArrayEquals(everyByte, read.get(1).bytes());
    }
  }

  @Test
  default void onlyChunksWithSomethingAboveTheVersionAreRead() {
    Chunk held = chunk("d", LOW, 1, 4);
    Chunk partlyHeld = chunk("d", LOW, 5, 8);
    Chunk unheld = chunk("d", LOW, 9, 9);
    Chunk ofAnother = chunk("d", HIGH, 1, 3);
    try (ChangeStore store = opened()) {
      store.commit(appending(held, partlyHeld, unheld, ofAnother));
      assertEquals(
          List.of(partlyHeld, unheld, ofAnother),
          chunks(store, "d", VersionVector.of(new Dot(LOW, 7))));
      assertEquals(
          List.of(unheld), chunks(store, "d", VersionVector.of(new Dot(LOW, 8), new Dot(HIGH, 3))));
    }
  }

  @Test
  default void aChunkWithTheSameStartReplacesOnlyWhenItReachesFurther() {
    Chunk two = chunk("d", LOW, 1, 2);
    Chunk three = chunk("d", LOW, 1, 3);
    Chunk otherThree = chunk("d", LOW, 1, 3, new byte[] {3});
    try (ChangeStore store = opened()) {
      store.commit(appending(two));
      store.commit(appending(three));
      assertEquals(List.of(three), chunks(store, "d"));
      store.commit(appending(two, otherThree));
      assertEquals(List.of(three), chunks(store, "d"));
      assertEquals(headers(List.of(three)), headers(chunks(store, "d")));
    }
  }

  @Test
  default void chunksThatOverlapAreAllKept() {
    Chunk wide = chunk("d", LOW, 1, 9);
    Chunk within = chunk("d", LOW, 3, 5);
    try (ChangeStore store = opened()) {
      store.commit(appending(within));
      store.commit(appending(wide));
      assertEquals(List.of(wide, within), chunks(store, "d"));
      assertEquals(List.of(wide), chunks(store, "d", VersionVector.of(new Dot(LOW, 5))));
    }
  }

  @Test
  default void replicasAreOrderedByAllTheirBytesUnsigned() {
    List<ReplicaId> ordered =
        List.of(
            ReplicaId.of(0, 0),
            ReplicaId.of(0, 1),
            ReplicaId.of(0, Long.MAX_VALUE),
            ReplicaId.of(0, Long.MIN_VALUE),
            ReplicaId.of(0, -1),
            ReplicaId.of(0x7f, 0),
            ReplicaId.of(0x80, 0),
            ReplicaId.of(0xff, 0),
            ReplicaId.of(0x100, 0),
            ReplicaId.of(Long.MAX_VALUE, -1),
            ReplicaId.of(Long.MIN_VALUE, 0),
            ReplicaId.of(-1, -1));
    try (ChangeStore store = opened()) {
      for (int i = ordered.size() - 1; i >= 0; i--) {
        ReplicaId replica = ordered.get(i);
        store.commit(
            StoreBatch.builder()
                .append(chunk("d", replica, 1, 1))
                .quarantine(chunk("d", replica, 3, 3))
                .suspect("d", new Dot(replica, 3))
                .build());
      }
      assertEquals(
          ordered, chunks(store, "d").stream().map(chunk -> chunk.header().replica()).toList());
      assertEquals(
          ordered, store.quarantined("d").stream().map(chunk -> chunk.header().replica()).toList());
      assertEquals(ordered, store.suspects("d").stream().map(Dot::replica).toList());
    }
  }

  @Test
  default void countersAreOrderedAsNumbersHoweverLong() {
    long[] ordered = {
      1, 127, 128, 255, 256, 65_535, 65_536, 1L << 31, 1L << 32, 1L << 62, Long.MAX_VALUE
    };
    try (ChangeStore store = opened()) {
      for (int i = ordered.length - 1; i >= 0; i--) {
        store.commit(appending(chunk("d", LOW, ordered[i], ordered[i])));
        store.commit(quarantining(chunk("d", LOW, ordered[i], ordered[i])));
      }
      assertArrayEquals(ordered, firstCounters(chunks(store, "d")));
      assertArrayEquals(ordered, firstCounters(store.quarantined("d")));
    }
  }

  private static long[] firstCounters(List<Chunk> chunks) {
    return chunks.stream().mapToLong(chunk -> chunk.header().firstCounter()).toArray();
  }
}
