package dev.plait.properties.store;

import static dev.plait.properties.store.Refusals.assertFull;
import static dev.plait.properties.store.StoreSamples.HIGH;
import static dev.plait.properties.store.StoreSamples.LOW;
import static dev.plait.properties.store.StoreSamples.appending;
import static dev.plait.properties.store.StoreSamples.chunk;
import static dev.plait.properties.store.StoreSamples.chunks;
import static dev.plait.properties.store.StoreSamples.quarantining;
import static dev.plait.properties.store.StoreSamples.snapshot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.VersionVector;
import dev.plait.store.ChangeStore;
import dev.plait.store.Durability;
import dev.plait.store.InMemoryDisk;
import dev.plait.store.InMemoryStore;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoredSnapshot;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InMemoryStoreContractTest extends ChangeStoreContract {

  private final InMemoryDisk disk = new InMemoryDisk();

  @Override
  protected ChangeStore open() {
    return InMemoryStore.open(disk);
  }

  @Override
  public Optional<ChangeStore> openWithRoomFor(long bytes) {
    return Optional.of(InMemoryStore.open(InMemoryDisk.limited(bytes)));
  }

  @Test
  void aStoreOnARestoredDiskIsACopyUntilItHasAnIdentity() {
    InMemoryDisk restored;
    try (ChangeStore store = open()) {
      store.commit(StoreBatch.builder().identity(LOW).append(chunk("d", LOW, 1, 1)).build());
      restored = disk.restored();
      assertFalse(store.isCopy());
    }
    try (ChangeStore store = InMemoryStore.open(restored)) {
      assertTrue(store.isCopy());
      assertEquals(LOW, store.identity());
      store.commit(appending(chunk("d", HIGH, 1, 1)));
      assertTrue(store.isCopy());
    }
    try (ChangeStore store = InMemoryStore.open(restored)) {
      assertTrue(store.isCopy());
      store.commit(StoreBatch.builder().identity(HIGH).build());
      assertFalse(store.isCopy());
      assertEquals(2, chunks(store, "d").size());
    }
    try (ChangeStore store = InMemoryStore.open(restored)) {
      assertFalse(store.isCopy());
    }
  }

  @Test
  void aLimitedDiskTakesExactlyWhatFits() {
    try (ChangeStore store = InMemoryStore.open(InMemoryDisk.limited(10))) {
      store.commit(appending(chunk("d", LOW, 1, 1, new byte[6])));
      store.commit(quarantining(chunk("d", LOW, 9, 9, new byte[4])));
      assertFull(() -> store.commit(appending(chunk("d", LOW, 2, 2, new byte[1]))));
      store.commit(StoreBatch.builder().release("d", new Dot(LOW, 9)).build());
      store.commit(
          StoreBatch.builder()
              .snapshot(new StoredSnapshot("e", VersionVector.EMPTY, new byte[4]))
              .build());
      assertFull(() -> store.commit(quarantining(chunk("d", LOW, 2, 2, new byte[1]))));
      assertEquals(10, store.size().storedBytes());
    }
  }

  @Test
  void aCopyOfALimitedDiskIsAsLimited() {
    InMemoryDisk limited = InMemoryDisk.limited(10);
    try (ChangeStore store = InMemoryStore.open(limited.copy())) {
      assertFull(() -> store.commit(appending(chunk("d", LOW, 1, 1, new byte[11]))));
    }
    try (ChangeStore store = InMemoryStore.open(limited.restored())) {
      assertFull(() -> store.commit(appending(chunk("d", LOW, 1, 1, new byte[11]))));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void twoStoresOfTheSameBatchesAgree(long seed) {
    try (ChangeStore one = open();
        ChangeStore other = InMemoryStore.empty()) {
      StoresAgree.afterTheSameBatches(one, other, seed, 50);
    }
  }

  @Test
  void storesThatDifferDoNotAgree() {
    try (ChangeStore one = open();
        ChangeStore other = InMemoryStore.empty()) {
      one.commit(StoreSamples.everythingOf("d"));
      other.commit(StoreSamples.everythingOf("d"));
      StoresAgree.inEverything(one, other);
      for (StoreBatch difference :
          List.of(
              StoreBatch.builder().rewrite(chunk("d", LOW, 1, 4, new byte[1])).build(),
              StoreBatch.builder().release("d", new Dot(LOW, 7)).build(),
              StoreBatch.builder().suspect("d", new Dot(HIGH, 1)).build(),
              StoreBatch.builder().snapshot(snapshot("d")).build(),
              StoreBatch.builder().identity(HIGH).build(),
              StoreBatch.builder().clock(HybridTimestamp.MIN_VALID).build())) {
        one.commit(difference);
        assertThrows(AssertionError.class, () -> StoresAgree.inEverything(one, other));
        other.commit(difference);
        StoresAgree.inEverything(one, other);
      }
    }
  }

  @Test
  void promisesNothing() {
    try (ChangeStore store = InMemoryStore.empty()) {
      assertEquals(Durability.NONE, store.durability());
    }
  }

  @Test
  void aCopyOfTheDiskHoldsWhatWasCommittedByThen() {
    try (ChangeStore store = open()) {
      store.commit(appending(chunk("d", LOW, 1, 1)));
      InMemoryDisk copy = disk.copy();
      store.commit(appending(chunk("d", LOW, 2, 2)));
      try (ChangeStore afterCrash = InMemoryStore.open(copy)) {
        assertEquals(1, chunks(afterCrash, "d").size());
        afterCrash.commit(appending(chunk("e", LOW, 1, 1)));
      }
      assertEquals(2, chunks(store, "d").size());
      assertEquals(0, chunks(store, "e").size());
    }
  }
}
