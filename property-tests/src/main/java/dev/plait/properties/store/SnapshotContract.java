package dev.plait.properties.store;

import static dev.plait.properties.store.StoreSamples.HIGH;
import static dev.plait.properties.store.StoreSamples.LOW;
import static dev.plait.properties.store.StoreSamples.MIDDLE;
import static dev.plait.properties.store.StoreSamples.appending;
import static dev.plait.properties.store.StoreSamples.chunk;
import static dev.plait.properties.store.StoreSamples.chunks;
import static dev.plait.properties.store.StoreSamples.quarantining;
import static dev.plait.properties.store.StoreSamples.snapshot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.store.ChangeStore;
import dev.plait.store.StoreBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a snapshot replaces and what it leaves. */
interface SnapshotContract extends StoreUnderTest {

  @Test
  default void aSnapshotReplacesTheChunksItCoversEntirely() {
    Chunk covered = chunk("d", LOW, 1, 4);
    Chunk reachesBeyond = chunk("d", LOW, 5, 8);
    Chunk ofAnotherReplica = chunk("d", HIGH, 1, 1);
    Chunk ofAnotherDocument = chunk("e", LOW, 1, 1);
    Chunk coveredInTheBatch = chunk("d", MIDDLE, 1, 1);
    try (ChangeStore store = opened()) {
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
  default void aSnapshotReplacesTheOneBefore() {
    try (ChangeStore store = opened()) {
      store.commit(StoreBatch.builder().snapshot(snapshot("d", new Dot(LOW, 1))).build());
      var later = snapshot("d", new Dot(LOW, 2), new Dot(HIGH, 1));
      store.commit(StoreBatch.builder().snapshot(later).build());
      assertEquals(later, store.snapshot("d"));
      assertEquals(List.of("d"), store.documents(""));
    }
  }

  @Test
  default void aSnapshotLeavesTheQuarantineAlone() {
    Chunk early = chunk("d", LOW, 1, 1);
    try (ChangeStore store = opened()) {
      store.commit(quarantining(early));
      store.commit(StoreBatch.builder().snapshot(snapshot("d", new Dot(LOW, 1))).build());
      assertEquals(List.of(early), store.quarantined("d"));
    }
  }
}
