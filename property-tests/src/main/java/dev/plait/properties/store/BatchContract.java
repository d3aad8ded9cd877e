package dev.plait.properties.store;

import static dev.plait.properties.store.Refusals.assertUnstorable;
import static dev.plait.properties.store.StoreSamples.HIGH;
import static dev.plait.properties.store.StoreSamples.LOW;
import static dev.plait.properties.store.StoreSamples.chunk;
import static dev.plait.properties.store.StoreSamples.chunks;
import static dev.plait.properties.store.StoreSamples.sampleBatch;
import static dev.plait.properties.store.StoreSamples.snapshot;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.VersionVector;
import dev.plait.store.ChangeStore;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoredSnapshot;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch is all or nothing, in the order of its components, and does what a plain model does. */
interface BatchContract extends StoreUnderTest {

  @Test
  default void aBatchThatIsRefusedLeavesNothing() {
    Contents before;
    try (ChangeStore store = opened()) {
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
    try (ChangeStore store = opened()) {
      assertEquals(before, Contents.of(store));
    }
  }

  @Test
  default void theComponentsOfABatchAreAppliedInTheirOrder() {
    Chunk stays = chunk("d", LOW, 4, 9, new byte[] {4});
    StoredSnapshot snapshot = snapshot("d", new Dot(HIGH, 2));
    try (ChangeStore store = opened()) {
      store.commit(StoreSamples.everythingOf("d"));
      store.commit(
          StoreBatch.builder()
              .snapshot(snapshot)
              .suspect("d", new Dot(HIGH, 8))
              .release("d", new Dot(HIGH, 7))
              .quarantine(chunk("d", HIGH, 7, 7))
              .rewrite(stays)
              .merge(chunk("d", LOW, 4, 9))
              .append(chunk("d", LOW, 5, 6))
              .append(chunk("d", HIGH, 1, 2))
              .forsake("d", new Dot(LOW, 1))
              .delete("d")
              .build());
      assertEquals(List.of(stays), chunks(store, "d"));
      assertEquals(List.of(), store.quarantined("d"));
      assertEquals(List.of(new Dot(HIGH, 8)), store.suspects("d"));
      assertEquals(snapshot, store.snapshot("d"));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  default void randomBatchesLeaveWhatAPlainModelHolds(long seed) {
    int openings = 4;
    int batches = 16;
    RandomBatches random = RandomBatches.of(seed);
    PlainStore model = new PlainStore();
    for (int opening = 0; opening < openings; opening++) {
      try (ChangeStore store = opened()) {
        assertEquals(model.contents(), Contents.of(store), "after opening " + opening);
        for (int i = 0; i < batches; i++) {
          StoreBatch batch = random.next();
          store.commit(batch);
          model.commit(batch);
          Contents contents = Contents.of(store);
          assertEquals(model.contents(), contents, () -> "after " + batch);
          contents.assertSizesOf(store, this);
          VersionVector since = random.version();
          for (String name : store.documents("")) {
            assertEquals(model.chunks(name, since), chunks(store, name, since), since::toString);
          }
        }
        assertEquals(List.of(), store.verify().damages());
        if (opening % 2 == 1) {
          store.reclaim();
        }
      }
    }
    try (ChangeStore store = opened()) {
      assertEquals(model.contents(), Contents.of(store));
    }
  }
}
