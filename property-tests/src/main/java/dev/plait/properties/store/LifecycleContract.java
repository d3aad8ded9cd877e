package dev.plait.properties.store;

import static dev.plait.properties.store.Refusals.assertClosed;
import static dev.plait.properties.store.StoreSamples.LOW;
import static dev.plait.properties.store.StoreSamples.appending;
import static dev.plait.properties.store.StoreSamples.chunk;
import static dev.plait.properties.store.StoreSamples.chunks;
import static dev.plait.properties.store.StoreSamples.sampleBatch;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.plait.clock.Dot;
import dev.plait.clock.VersionVector;
import dev.plait.store.ChangeStore;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoreException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Opening and closing. */
interface LifecycleContract extends StoreUnderTest {

  @Test
  default void reopenedItHoldsTheSame() {
    Contents before;
    try (ChangeStore store = opened()) {
      store.commit(sampleBatch());
      store.commit(StoreBatch.builder().release("f", new Dot(LOW, 7)).build());
      store.commit(appending(chunk("g", LOW, 1, 1)));
      before = Contents.of(store);
    }
    assertEquals(List.of("d", "e", "g"), before.documents().stream().map(d -> d.name()).toList());
    try (ChangeStore store = opened()) {
      assertEquals(before, Contents.of(store));
    }
  }

  @Test
  default void aSecondOpenIsRefusedUntilTheFirstIsClosed() {
    try (ChangeStore first = opened()) {
      first.commit(appending(chunk("d", LOW, 1, 1)));
      for (int attempt = 0; attempt < 3; attempt++) {
        StoreException refused = assertThrows(StoreException.Locked.class, this::opened);
        assertEquals(StoreException.STORE_LOCKED, refused.code());
      }
      first.commit(appending(chunk("d", LOW, 2, 2)));
    }
    try (ChangeStore second = opened()) {
      assertEquals(2, chunks(second, "d").size());
    }
  }

  @Test
  default void closingTheStoreBeforeDoesNotCloseTheOneAfter() {
    ChangeStore before = opened();
    before.close();
    try (ChangeStore after = opened()) {
      before.close();
      after.commit(appending(chunk("d", LOW, 1, 1)));
      assertThrows(StoreException.Locked.class, this::opened);
    }
  }

  @Test
  default void whatAConsumerThrowsComesThroughAndTheStoreGoesOn() {
    IllegalStateException thrown = new IllegalStateException("the consumer's own");
    try (ChangeStore store = opened()) {
      store.commit(appending(chunk("d", LOW, 1, 1), chunk("d", LOW, 2, 2)));
      IllegalStateException seen =
          assertThrows(
              IllegalStateException.class,
              () ->
                  store.readChunks(
                      "d",
                      VersionVector.EMPTY,
                      chunk -> {
                        throw thrown;
                      }));
      assertSame(thrown, seen);
      store.commit(appending(chunk("d", LOW, 3, 3)));
      assertEquals(3, chunks(store, "d").size());
    }
  }

  @Test
  default void aClosedStoreRefusesEveryCallButClose() {
    ChangeStore store = opened();
    store.commit(sampleBatch());
    store.close();
    assertClosed(store::identity);
    assertClosed(store::formerIdentities);
    assertClosed(store::clock);
    assertClosed(store::isCopy);
    assertClosed(store::durability);
    assertClosed(() -> store.commit(sampleBatch()));
    assertClosed(() -> store.commit(StoreBatch.builder().build()));
    assertClosed(() -> chunks(store, "d"));
    assertClosed(() -> store.snapshot("d"));
    assertClosed(() -> store.quarantined("d"));
    assertClosed(() -> store.suspects("d"));
    assertClosed(() -> store.documents(""));
    assertClosed(() -> store.size("d"));
    assertClosed(store::size);
    assertClosed(store::verify);
    assertClosed(store::reclaim);
    store.close();
  }
}
