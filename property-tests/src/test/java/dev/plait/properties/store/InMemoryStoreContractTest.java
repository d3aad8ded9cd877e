package dev.plait.properties.store;

import static dev.plait.properties.store.StoreSamples.LOW;
import static dev.plait.properties.store.StoreSamples.appending;
import static dev.plait.properties.store.StoreSamples.chunk;
import static dev.plait.properties.store.StoreSamples.chunks;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plait.store.ChangeStore;
import dev.plait.store.Durability;
import dev.plait.store.InMemoryDisk;
import dev.plait.store.InMemoryStore;
import org.junit.jupiter.api.Test;

class InMemoryStoreContractTest extends ChangeStoreContract {

  private final InMemoryDisk disk = new InMemoryDisk();

  @Override
  protected ChangeStore open() {
    return InMemoryStore.open(disk);
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
