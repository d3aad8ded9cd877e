package dev.plait.properties.store;

import static dev.plait.properties.store.StoreSamples.HIGH;
import static dev.plait.properties.store.StoreSamples.LOW;
import static dev.plait.properties.store.StoreSamples.MIDDLE;
import static dev.plait.properties.store.StoreSamples.appending;
import static dev.plait.properties.store.StoreSamples.chunk;
import static dev.plait.properties.store.StoreSamples.noise;
import static dev.plait.properties.store.StoreSamples.quarantining;
import static dev.plait.properties.store.StoreSamples.snapshot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.Dot;
import dev.plait.clock.VersionVector;
import dev.plait.store.ChangeStore;
import dev.plait.store.DocumentSize;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoreSize;
import dev.plait.store.StoredSnapshot;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How much is kept: right after batches of every kind. */
interface SizeContract extends StoreUnderTest {

  @Test
  default void anEmptyStoreHasNothing() {
    try (ChangeStore store = opened()) {
      StoreSize size = store.size();
      assertEquals(0, size.documents());
      assertEquals(DocumentSize.EMPTY, size.total());
      assertEquals(DocumentSize.EMPTY, store.size("nothing"));
    }
  }

  @Test
  default void everyKindOfRecordCountsInItsPlace() {
    byte[] ten = new byte[10];
    try (ChangeStore store = opened()) {
      store.commit(
          StoreBatch.builder()
              .append(chunk("d", LOW, 1, 1, ten))
              .append(chunk("d", LOW, 2, 2, new byte[20]))
              .quarantine(chunk("d", LOW, 9, 9, new byte[30]))
              .suspect("e", new Dot(LOW, 1))
              .snapshot(new StoredSnapshot("f", VersionVector.EMPTY, new byte[40]))
              .build());
      DocumentSize ofChunks =
          new DocumentSize(2, storedLength(10) + storedLength(20), 1, storedLength(30), 0);
      DocumentSize ofSnapshot = new DocumentSize(0, 0, 0, 0, storedLength(40));
      assertEquals(ofChunks, store.size("d"));
      assertEquals(DocumentSize.EMPTY, store.size("e"));
      assertEquals(ofSnapshot, store.size("f"));
      assertEquals(3, store.size().documents());
      assertEquals(ofChunks.plus(ofSnapshot), store.size().total());
    }
  }

  @Test
  default void sizesStayRightThroughBatchesOfEveryKind() {
    List<StoreBatch> batches =
        List.of(
            appending(chunk("d", LOW, 1, 2), chunk("d", LOW, 3, 3), chunk("e", LOW, 1, 1)),
            appending(chunk("d", LOW, 1, 3, new byte[5]), chunk("d", LOW, 1, 2)),
            quarantining(chunk("d", HIGH, 2, 2), chunk("d", HIGH, 5, 5), chunk("f", HIGH, 2, 2)),
            quarantining(chunk("d", HIGH, 2, 4), chunk("d", HIGH, 2, 3)),
            StoreBatch.builder().merge(chunk("d", LOW, 1, 6)).build(),
            StoreBatch.builder().rewrite(chunk("d", LOW, 1, 6, new byte[300])).build(),
            StoreBatch.builder().rewrite(chunk("d", HIGH, 2, 4, new byte[0])).build(),
            StoreBatch.builder().rewrite(chunk("d", HIGH, 2, 5)).build(),
            StoreBatch.builder().suspect("g", new Dot(LOW, 1)).build(),
            StoreBatch.builder().release("d", new Dot(HIGH, 2)).build(),
            StoreBatch.builder().release("f", new Dot(HIGH, 2)).build(),
            StoreBatch.builder().snapshot(snapshot("d", new Dot(LOW, 3))).build(),
            StoreBatch.builder().snapshot(snapshot("d", new Dot(LOW, 6), new Dot(HIGH, 9))).build(),
            appending(chunk("d", LOW, 7, 7), chunk("d", MIDDLE, 1, 4)),
            StoreBatch.builder().forsake("d", new Dot(HIGH, 1)).build(),
            StoreBatch.builder()
                .forsake("d", new Dot(LOW, 7))
                .append(chunk("d", LOW, 7, 8))
                .build(),
            StoreBatch.builder().delete("e").append(chunk("e", LOW, 4, 4)).build(),
            StoreBatch.builder().delete("d").delete("nothing").build());
    for (StoreBatch batch : batches) {
      StoreSize before;
      try (ChangeStore store = opened()) {
        store.commit(batch);
        Contents.of(store).assertSizesOf(store, this);
        before = store.size();
      }
      try (ChangeStore store = opened()) {
        assertEquals(before.total(), store.size().total());
        assertEquals(before.documents(), store.size().documents());
      }
    }
  }

  @Test
  default void whatIsStoredTakesRoom() {
    try (ChangeStore store = opened()) {
      store.commit(appending(chunk("d", LOW, 1, 1, noise(1 << 20))));
      assertTrue(store.size().storedBytes() >= 1 << 20, () -> store.size().toString());
    }
  }
}
