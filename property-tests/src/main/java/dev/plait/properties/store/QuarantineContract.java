package dev.plait.properties.store;

import static dev.plait.properties.store.StoreSamples.HIGH;
import static dev.plait.properties.store.StoreSamples.LOW;
import static dev.plait.properties.store.StoreSamples.appending;
import static dev.plait.properties.store.StoreSamples.chunk;
import static dev.plait.properties.store.StoreSamples.chunks;
import static dev.plait.properties.store.StoreSamples.headers;
import static dev.plait.properties.store.StoreSamples.quarantining;
import static dev.plait.properties.store.StoreSamples.snapshot;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.store.ChangeStore;
import dev.plait.store.StoreBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept aside, and which changes are suspect. */
interface QuarantineContract extends StoreUnderTest {

  @Test
  default void quarantinedChunksStayApartAndInOrder() {
    Chunk appended = chunk("d", LOW, 1, 1);
    Chunk low2 = chunk("d", LOW, 2, 2);
    Chunk low10 = chunk("d", LOW, 10, 10);
    Chunk high = chunk("d", HIGH, 1, 1);
    try (ChangeStore store = opened()) {
      store.commit(quarantining(high, low10, low2));
      store.commit(appending(appended));
      assertEquals(List.of(low2, low10, high), store.quarantined("d"));
      assertEquals(headers(List.of(low2, low10, high)), headers(store.quarantined("d")));
      assertEquals(List.of(appended), chunks(store, "d"));
      assertEquals(List.of(), store.quarantined("e"));
    }
  }

  @Test
  default void whatIsReleasedLeavesTheQuarantineAndNothingElse() {
    Chunk first = chunk("d", LOW, 1, 1);
    Chunk second = chunk("d", LOW, 2, 2);
    try (ChangeStore store = opened()) {
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
  default void aQuarantinedChunkOfManyChangesIsReleasedByItsFirst() {
    Chunk many = chunk("d", LOW, 3, 9);
    try (ChangeStore store = opened()) {
      store.commit(quarantining(many, chunk("d", LOW, 10, 10)));
      store.commit(StoreBatch.builder().release("d", new Dot(LOW, 9)).build());
      assertEquals(List.of(many, chunk("d", LOW, 10, 10)), store.quarantined("d"));
      store.commit(StoreBatch.builder().release("d", new Dot(LOW, 3)).build());
      assertEquals(List.of(chunk("d", LOW, 10, 10)), store.quarantined("d"));
    }
  }

  @Test
  default void aQuarantinedChunkWithTheSameStartReplacesOnlyWhenItReachesFurther() {
    Chunk two = chunk("d", LOW, 1, 2);
    Chunk three = chunk("d", LOW, 1, 3);
    try (ChangeStore store = opened()) {
      store.commit(quarantining(two));
      store.commit(quarantining(three));
      store.commit(quarantining(two));
      assertEquals(List.of(three), store.quarantined("d"));
    }
  }

  @Test
  default void suspectsStayAndComeByReplica() {
    try (ChangeStore store = opened()) {
      store.commit(
          StoreBatch.builder()
              .suspect("d", new Dot(HIGH, 4))
              .suspect("d", new Dot(LOW, 2))
              .suspect("e", new Dot(LOW, 9))
              .build());
      store.commit(StoreBatch.builder().snapshot(snapshot("d", new Dot(LOW, 7))).build());
    }
    try (ChangeStore store = opened()) {
      assertEquals(List.of(new Dot(LOW, 2), new Dot(HIGH, 4)), store.suspects("d"));
      assertEquals(List.of(new Dot(LOW, 9)), store.suspects("e"));
      assertEquals(List.of(), store.suspects("f"));
      assertEquals(List.of("d", "e"), store.documents(""));
    }
  }

  @Test
  default void ofSeveralSuspectsOfOneReplicaTheFirstStays() {
    try (ChangeStore store = opened()) {
      store.commit(StoreBatch.builder().suspect("d", new Dot(LOW, 5)).build());
      store.commit(StoreBatch.builder().suspect("d", new Dot(LOW, 3)).build());
      assertEquals(List.of(new Dot(LOW, 5)), store.suspects("d"));
    }
  }

  @Test
  default void aBatchMayReleaseWhatItQuarantines() {
    try (ChangeStore store = opened()) {
      store.commit(
          StoreBatch.builder()
              .release("d", new Dot(LOW, 1))
              .quarantine(chunk("d", LOW, 1, 1))
              .build());
      assertEquals(List.of(), store.quarantined("d"));
      assertEquals(List.of(), store.documents(""));
    }
  }
}
