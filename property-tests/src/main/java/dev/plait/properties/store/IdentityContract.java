package dev.plait.properties.store;

import static dev.plait.properties.store.StoreSamples.HIGH;
import static dev.plait.properties.store.StoreSamples.LOW;
import static dev.plait.properties.store.StoreSamples.MIDDLE;
import static dev.plait.properties.store.StoreSamples.appending;
import static dev.plait.properties.store.StoreSamples.chunk;
import static dev.plait.properties.store.StoreSamples.sampleBatch;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.store.ChangeStore;
import dev.plait.store.Durability;
import dev.plait.store.StoreBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who writes, what the clock says, and what a store says of itself. */
interface IdentityContract extends StoreUnderTest {

  @Test
  default void identitiesThatWereReplacedAreRemembered() {
    try (ChangeStore store = opened()) {
      assertEquals(List.of(), store.formerIdentities());
      store.commit(StoreBatch.builder().identity(HIGH).build());
      store.commit(StoreBatch.builder().identity(HIGH).build());
      assertEquals(List.of(), store.formerIdentities());
      store.commit(StoreBatch.builder().identity(LOW).build());
      store.commit(StoreBatch.builder().identity(MIDDLE).build());
    }
    try (ChangeStore store = opened()) {
      assertEquals(MIDDLE, store.identity());
      assertEquals(List.of(HIGH, LOW), store.formerIdentities());
    }
  }

  @Test
  default void theClockNeverGoesBack() {
    HybridTimestamp late = new HybridTimestamp(-2);
    try (ChangeStore store = opened()) {
      store.commit(StoreBatch.builder().clock(HybridTimestamp.MIN_VALID).build());
      store.commit(StoreBatch.builder().clock(late).build());
      store.commit(StoreBatch.builder().clock(HybridTimestamp.MAX_VALID).build());
      store.commit(appending(chunk("d", LOW, 1, 1)));
      assertEquals(late, store.clock());
    }
    try (ChangeStore store = opened()) {
      assertEquals(late, store.clock());
      store.commit(StoreBatch.builder().clock(HybridTimestamp.MIN_VALID).build());
      assertEquals(late, store.clock());
    }
  }

  @Test
  default void theIdentityStaysUntilAnotherIsSet() {
    try (ChangeStore store = opened()) {
      store.commit(StoreBatch.builder().identity(LOW).build());
      store.commit(appending(chunk("d", HIGH, 1, 1)));
      assertEquals(LOW, store.identity());
      store.commit(StoreBatch.builder().identity(HIGH).build());
    }
    try (ChangeStore store = opened()) {
      assertEquals(HIGH, store.identity());
    }
  }

  @Test
  default void aStoreOfOnesOwnIsNoCopy() {
    try (ChangeStore store = opened()) {
      assertFalse(store.isCopy());
      store.commit(appending(chunk("d", LOW, 1, 1)));
      assertFalse(store.isCopy());
    }
    try (ChangeStore store = opened()) {
      assertFalse(store.isCopy());
      store.commit(StoreBatch.builder().identity(LOW).build());
    }
    try (ChangeStore store = opened()) {
      assertFalse(store.isCopy());
      store.reclaim();
    }
    try (ChangeStore store = opened()) {
      assertFalse(store.isCopy());
    }
  }

  @Test
  default void theDurabilityIsSaidAndStaysWhatItIs() {
    Durability promise;
    try (ChangeStore store = opened()) {
      promise = store.durability();
      store.commit(sampleBatch());
      assertEquals(promise, store.durability());
    }
    try (ChangeStore store = opened()) {
      assertEquals(promise, store.durability());
    }
  }

  @Test
  default void theGreatestAndTheLeastIdentityAreIdentities() {
    ReplicaId least = ReplicaId.of(0, 0);
    ReplicaId greatest = ReplicaId.of(-1, -1);
    try (ChangeStore store = opened()) {
      store.commit(StoreBatch.builder().identity(least).build());
    }
    try (ChangeStore store = opened()) {
      assertEquals(least, store.identity());
      store.commit(StoreBatch.builder().identity(greatest).build());
    }
    try (ChangeStore store = opened()) {
      assertEquals(greatest, store.identity());
      assertEquals(List.of(least), store.formerIdentities());
    }
  }
}
