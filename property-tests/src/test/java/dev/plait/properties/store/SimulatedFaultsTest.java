package dev.plait.properties.store;

import static dev.plait.properties.store.Refusals.assertFull;
import static dev.plait.properties.store.Refusals.assertRefused;
import static dev.plait.properties.store.StoreSamples.HIGH;
import static dev.plait.properties.store.StoreSamples.LOW;
import static dev.plait.properties.store.StoreSamples.appending;
import static dev.plait.properties.store.StoreSamples.chunk;
import static dev.plait.properties.store.StoreSamples.chunks;
import static dev.plait.properties.store.StoreSamples.everythingOf;
import static dev.plait.properties.store.StoreSamples.noise;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.properties.simulation.disk.SimulatedDisk;
import dev.plait.properties.simulation.disk.SimulatedStore;
import dev.plait.store.Durability;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Disks that are full, slow, failing, damaged, copied. */
class SimulatedFaultsTest {

  private final SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(5));

  private SimulatedStore open() {
    return SimulatedStore.open(disk, Durability.FULL);
  }

  private SimulatedStore openRelaxed() {
    return SimulatedStore.open(disk, Durability.RELAXED);
  }

  private static StoreBatch numbered(int i) {
    return appending(chunk("d", LOW, i, i));
  }

  @Test
  void aFullDiskRefusesEveryBatchUntilThereIsRoom() {
    try (SimulatedStore store = open()) {
      store.commit(everythingOf("d"));
      Contents before = Contents.of(store);
      long used = disk.usedBytes();
      disk.setFull(true);
      assertFull(() -> store.commit(StoreBatch.builder().identity(HIGH).delete("d").build()));
      assertFull(() -> store.commit(everythingOf("e")));
      assertEquals(before, Contents.of(store));
      assertEquals(used, disk.usedBytes());
      disk.setFull(false);
      store.commit(everythingOf("e"));
      disk.setFull(true);
    }
    disk.heal();
    try (SimulatedStore store = open()) {
      assertEquals(List.of("d", "e"), store.documents(""));
      store.commit(everythingOf("f"));
    }
  }

  @Test
  void aLimitedDiskHasRoomForWhatIsStoredNotForWhatWasReplaced() {
    disk.setCapacity(10_000);
    try (SimulatedStore store = open()) {
      for (int i = 0; i < 100; i++) {
        store.commit(
            StoreBatch.builder().delete("d").append(chunk("d", LOW, 1, 1, noise(3000))).build());
        assertTrue(disk.usedBytes() <= 10_000, () -> disk.usedBytes() + " bytes");
      }
      assertFull(() -> store.commit(appending(chunk("e", LOW, 1, 1, noise(7000)))));
      assertFull(() -> store.commit(appending(chunk("e", LOW, 1, 1, noise(7000)))));
      assertEquals(List.of("d"), store.documents(""));
      try (SimulatedStore copy = SimulatedStore.open(disk.copy(), Durability.FULL)) {
        assertFull(() -> copy.commit(appending(chunk("e", LOW, 1, 1, noise(7000)))));
      }
      disk.setCapacity(Long.MAX_VALUE);
      store.commit(appending(chunk("e", LOW, 1, 1, noise(7000))));
    }
    try (SimulatedStore store = open()) {
      assertEquals(List.of("d", "e"), store.documents(""));
    }
  }

  @Test
  void aFailedSyncFailsTheStoreUntilItIsOpenedAgain() {
    int there = 0;
    int seeds = 500;
    for (int seed = 0; seed < seeds; seed++) {
      SimulatedDisk failing = new SimulatedDisk(new SplittableRandom(seed));
      SimulatedStore store = SimulatedStore.open(failing, Durability.FULL);
      store.commit(numbered(1));
      failing.failNextSync();
      assertFailed(() -> store.commit(everythingOf("e")));
      assertFailed(() -> store.commit(numbered(2)));
      assertFailed(store::identity);
      assertFailed(store::durability);
      assertFailed(() -> chunks(store, "d"));
      assertFailed(store::size);
      assertFailed(store::verify);
      assertFailed(store::reclaim);
      store.close();
      try (SimulatedStore after = SimulatedStore.open(failing, Durability.FULL)) {
        boolean isThere = after.documents("").contains("e");
        there += isThere ? 1 : 0;
        assertEquals(isThere ? 3 : 0, chunks(after, "e").size());
        assertEquals(1, chunks(after, "d").size());
        assertFalse(after.isCopy(), "nothing acknowledged was lost");
        after.commit(numbered(2));
      }
    }
    assertTrue(there > 0 && there < seeds, there + " of " + seeds);
  }

  private static void assertFailed(Runnable call) {
    assertRefused(StoreException.InputOutput.class, StoreException.STORE_IO, call);
  }

  @Test
  void aRelaxedStoreThatFailedToSyncIsACopyBecauseItMayLackWhatItAcknowledged() {
    boolean lost = false;
    for (int seed = 0; seed < 100; seed++) {
      SimulatedDisk failing = new SimulatedDisk(new SplittableRandom(seed));
      SimulatedStore store = SimulatedStore.open(failing, Durability.RELAXED);
      store.commit(numbered(1));
      store.commit(numbered(2));
      failing.failNextSync();
      assertFailed(store::close);
      try (SimulatedStore after = SimulatedStore.open(failing, Durability.RELAXED)) {
        assertTrue(after.isCopy());
        lost |= chunks(after, "d").size() < 2;
      }
    }
    assertTrue(lost);
  }

  @Test
  void givingRoomBackNeedsASync() {
    SimulatedStore store = openRelaxed();
    store.commit(numbered(1));
    disk.failNextSync();
    assertFailed(store::reclaim);
    store.close();
  }

  @Test
  void aSyncThatFailsWhileTheStoreIsOpenedLeavesItClosed() {
    open().close();
    disk.failNextSync();
    assertFailed(this::open);
    open().close();
  }

  @Test
  void aSlowDiskTellsHowLongEachSyncTook() {
    List<Long> slept = new ArrayList<>();
    disk.syncMillis(40, slept::add);
    SimulatedStore store = open();
    store.commit(numbered(1));
    store.commit(numbered(2));
    disk.syncMillis(70, slept::add);
    store.commit(numbered(3));
    disk.heal();
    store.commit(numbered(4));
    store.close();
    assertEquals(List.of(40L, 40L, 40L, 70L), slept);
  }

  @Test
  void aRelaxedStoreSyncsEveryEighthCommitAndWhenItIsClosed() {
    List<Long> slept = new ArrayList<>();
    SimulatedStore store = openRelaxed();
    disk.syncMillis(1, slept::add);
    for (int i = 1; i <= 17; i++) {
      store.commit(numbered(i));
      assertEquals(i / 8, slept.size());
    }
    store.close();
    assertEquals(3, slept.size());
  }

  @Test
  void aFlippedBitInWhatWasSyncedIsCorruptAndLeftAsItIs() {
    for (int seed = 0; seed < 2000; seed++) {
      SimulatedDisk damaged = new SimulatedDisk(new SplittableRandom(seed));
      SimulatedStore store = SimulatedStore.open(damaged, Durability.FULL);
      assertFalse(damaged.flipBit(), "nothing was synced");
      for (int i = 1; i <= 1 + seed % 4; i++) {
        store.commit(numbered(i));
      }
      assertTrue(damaged.flipBit());
      assertEquals(1, store.verify().damages().size());
      if (seed % 2 == 0) {
        damaged.crash();
      }
      store.close();
      for (int attempt = 0; attempt < 2; attempt++) {
        assertRefused(
            StoreException.Corrupt.class,
            StoreException.STORE_CORRUPT,
            () -> SimulatedStore.open(damaged, Durability.FULL));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FULL", "RELAXED"})
  void aDiskThatLostWhatItHadSyncedIsNotSilentlyAShorterOne(Durability durability) {
    for (int seed = 0; seed < 500; seed++) {
      SimulatedDisk lying = new SimulatedDisk(new SplittableRandom(seed));
      SimulatedStore store = SimulatedStore.open(lying, durability);
      assertThrows(IllegalStateException.class, lying::loseSynced);
      for (int i = 1; i <= 1 + seed % 4; i++) {
        store.commit(numbered(i));
      }
      store.close();
      assertTrue(lying.loseSynced());
      for (int attempt = 0; attempt < 2; attempt++) {
        assertRefused(
            StoreException.LostAcknowledged.class,
            StoreException.STORE_LOST_ACKNOWLEDGED,
            () -> SimulatedStore.open(lying, durability));
      }
    }
    assertFalse(disk.loseSynced(), "nothing was synced");
  }

  @Test
  void aCheckpointTakesThePlaceOfDamagedRecords() {
    try (SimulatedStore store = open()) {
      store.commit(everythingOf("d"));
      assertTrue(disk.flipBit());
      store.reclaim();
      assertFalse(disk.flipBit());
      assertTrue(store.verify().isSound());
    }
    try (SimulatedStore store = open()) {
      assertEquals(List.of("d"), store.documents(""));
    }
  }

  @Test
  void aCopyHoldsWhatWasDurableByThenAndDoesNotKnowThatItIsOne() {
    try (SimulatedStore store = open()) {
      store.commit(StoreBatch.builder().identity(LOW).build());
      store.commit(numbered(1));
      SimulatedDisk clone = disk.copy();
      store.commit(numbered(2));
      try (SimulatedStore other = SimulatedStore.open(clone, Durability.FULL)) {
        assertFalse(other.isCopy());
        assertEquals(LOW, other.identity());
        assertEquals(1, chunks(other, "d").size());
        other.commit(everythingOf("e"));
      }
      assertEquals(2, chunks(store, "d").size());
      assertEquals(List.of("d"), store.documents(""));
    }
  }

  @Test
  void aCopyOfARelaxedStoreLacksWhatWasNotSyncedAndSaysSo() {
    try (SimulatedStore store = openRelaxed()) {
      store.commit(numbered(1));
      try (SimulatedStore other = SimulatedStore.open(disk.copy(), Durability.RELAXED)) {
        assertTrue(other.isCopy());
        assertEquals(List.of(), other.documents(""));
      }
    }
    try (SimulatedStore other = SimulatedStore.open(disk.copy(), Durability.RELAXED)) {
      assertFalse(other.isCopy());
      assertEquals(1, chunks(other, "d").size());
    }
  }

  @Test
  void aRestoredDiskIsACopyUntilItHasAnIdentity() {
    SimulatedDisk restored;
    try (SimulatedStore store = open()) {
      store.commit(StoreBatch.builder().identity(LOW).append(chunk("d", LOW, 1, 1)).build());
      restored = disk.restored();
      assertFalse(store.isCopy());
    }
    try (SimulatedStore store = SimulatedStore.open(restored, Durability.FULL)) {
      assertTrue(store.isCopy());
      assertEquals(LOW, store.identity());
      store.commit(appending(chunk("d", HIGH, 1, 1)));
      restored.crash();
    }
    try (SimulatedStore store = SimulatedStore.open(restored, Durability.FULL)) {
      assertTrue(store.isCopy());
      store.commit(StoreBatch.builder().identity(HIGH).build());
      assertFalse(store.isCopy());
      assertEquals(2, chunks(store, "d").size());
      restored.crash();
    }
    try (SimulatedStore store = SimulatedStore.open(restored, Durability.FULL)) {
      assertFalse(store.isCopy());
      assertEquals(List.of(LOW), store.formerIdentities());
    }
  }
}
