package dev.plait.properties.store;

import static dev.plait.properties.store.StoreSamples.HIGH;
import static dev.plait.properties.store.StoreSamples.LOW;
import static dev.plait.properties.store.StoreSamples.appending;
import static dev.plait.properties.store.StoreSamples.chunk;
import static dev.plait.properties.store.StoreSamples.chunks;
import static dev.plait.properties.store.StoreSamples.noise;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.properties.simulation.disk.PowerFailure;
import dev.plait.properties.simulation.disk.SimulatedDisk;
import dev.plait.properties.simulation.disk.SimulatedStore;
import dev.plait.store.ChangeStore;
import dev.plait.store.Durability;
import dev.plait.store.InMemoryDisk;
import dev.plait.store.InMemoryStore;
import dev.plait.store.StoreBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The power fails at every step of a commit, and what is there afterwards. */
class SimulatedCrashTest {

  private enum Outcome {
    NOT_THERE,
    EITHER,
    THERE
  }

  @ParameterizedTest
  @CsvSource({
    "1, NOT_THERE", // before the write
    "2, NOT_THERE", // after a third of it
    "3, NOT_THERE", // after two
    "4, EITHER", // after all of it
    "5, EITHER", // before the sync
    "6, THERE", // after the sync
    "7, THERE", // after the head
    "8, THERE", // before memory
    "9, THERE" // before it returns
  })
  void aCommitThatACrashInterruptsIsThereWhollyOrNotAtAll(int step, Outcome expected) {
    int seeds = 1000;
    int there = 0;
    for (int seed = 0; seed < seeds; seed++) {
      SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(seed));
      RandomBatches random = RandomBatches.of(seed);
      InMemoryStore model = InMemoryStore.empty();
      SimulatedStore store = SimulatedStore.open(disk, Durability.FULL);
      int commits = seed % 5;
      for (int i = 0; i < commits; i++) {
        StoreBatch batch = random.next();
        store.commit(batch);
        model.commit(batch);
      }
      Contents before = Contents.of(model);
      StoreBatch interrupted =
          StoreBatch.builder()
              .append(chunk("last", LOW, 1, 1, noise(seed % 200)))
              .append(chunk("last", HIGH, 1, 1))
              .build();
      disk.crashAtStep(step);
      assertThrows(PowerFailure.class, () -> store.commit(interrupted));
      store.close();
      model.commit(interrupted);
      try (SimulatedStore after = SimulatedStore.open(disk, Durability.FULL)) {
        Contents found = Contents.of(after);
        boolean isThere = found.equals(Contents.of(model));
        assertTrue(isThere || found.equals(before), "neither before nor after, seed " + seed);
        assertTrue(after.verify().isSound());
        assertFalse(after.isCopy());
        there += isThere ? 1 : 0;
        after.commit(interrupted);
        assertEquals(Contents.of(model), Contents.of(after));
      }
    }
    Outcome seen = there == 0 ? Outcome.NOT_THERE : there == seeds ? Outcome.THERE : Outcome.EITHER;
    assertEquals(expected, seen, there + " of " + seeds);
  }

  @ParameterizedTest
  @EnumSource(names = {"FULL", "RELAXED"})
  void openingClosingAndCheckpointsMayBeInterruptedToo(Durability durability) {
    int found = 0;
    for (int seed = 0; seed < 100; seed++) {
      found += crashes(seed, durability).size();
    }
    assertTrue(found > 1000, found + " openings only");
  }

  @ParameterizedTest
  @EnumSource(names = {"FULL", "RELAXED"})
  void theSameSeedLosesTheSame(Durability durability) {
    assertEquals(crashes(77, durability), crashes(77, durability));
    assertNotEquals(crashes(77, durability), crashes(78, durability));
  }

  /**
   * Commits while the power fails again and again, wherever that is. Gives what was found by each
   * opening: what was acknowledged, perhaps with the batch that was interrupted; with RELAXED
   * perhaps without some of the last ones.
   */
  private static List<Contents> crashes(long seed, Durability durability) {
    SplittableRandom chance = new SplittableRandom(seed);
    SimulatedDisk disk = new SimulatedDisk(chance.split());
    RandomBatches random = RandomBatches.of(seed);
    List<Contents> trace = new ArrayList<>();
    // What may be found: the first is sure, the last was not acknowledged.
    List<InMemoryDisk> possible = new ArrayList<>(List.of(new InMemoryDisk()));
    for (int round = 0; round < 15; round++) {
      disk.crashAtStep(1 + chance.nextInt(chance.nextInt(4) == 0 ? 5 : 200));
      try (SimulatedStore store = SimulatedStore.open(disk, durability)) {
        Contents found = Contents.of(store);
        trace.add(found);
        InMemoryDisk last = lastWith(found, possible, seed);
        possible = new ArrayList<>(List.of(last));
        int commits = chance.nextInt(5) == 0 ? 1 : 100;
        for (int i = 0; i < commits; i++) {
          StoreBatch batch = random.next();
          last = with(last, batch);
          possible.add(last);
          store.commit(batch);
          if (durability == Durability.FULL) {
            possible.remove(0);
          }
        }
      } catch (PowerFailure failure) {
        assertTrue(disk.isOff());
      }
    }
    return trace;
  }

  private static InMemoryDisk lastWith(Contents found, List<InMemoryDisk> possible, long seed) {
    for (int i = possible.size() - 1; i >= 0; i--) {
      if (found.equals(contents(possible.get(i)))) {
        return possible.get(i);
      }
    }
    throw new AssertionError("what was found was never there, seed " + seed);
  }

  private static InMemoryDisk with(InMemoryDisk disk, StoreBatch batch) {
    InMemoryDisk after = disk.copy();
    try (InMemoryStore store = InMemoryStore.open(after)) {
      store.commit(batch);
    }
    return after;
  }

  private static Contents contents(InMemoryDisk disk) {
    try (InMemoryStore store = InMemoryStore.open(disk.copy())) {
      return Contents.of(store);
    }
  }

  @Test
  void ofARelaxedStoreTheFirstCommitsAreLeftAndItSaysThatItIsACopy() {
    int lost = 0;
    for (int seed = 0; seed < 2000; seed++) {
      SplittableRandom chance = new SplittableRandom(seed);
      SimulatedDisk disk = new SimulatedDisk(chance.split());
      SimulatedStore store = SimulatedStore.open(disk, Durability.RELAXED);
      int commits = chance.nextInt(40);
      for (int i = 1; i <= commits; i++) {
        store.commit(numbered(i));
      }
      if (chance.nextBoolean()) {
        disk.crash();
      } else {
        disk.crashAtStep(1 + chance.nextInt(6));
        assertThrows(PowerFailure.class, () -> commitTwice(store, commits + 1));
      }
      try (SimulatedStore after = SimulatedStore.open(disk, Durability.RELAXED)) {
        int left = chunks(after, "d").size();
        assertEquals(left, chunks(after, "e").size(), "half a batch");
        for (int i = 1; i <= left; i++) {
          assertEquals(chunk("d", LOW, i, i), chunks(after, "d").get(i - 1));
        }
        assertTrue(left >= commits / 8 * 8, left + " of " + commits + " are not what was synced");
        assertTrue(left <= commits + 2);
        assertTrue(after.isCopy());
        lost += left < commits ? 1 : 0;
        after.commit(StoreBatch.builder().identity(HIGH).build());
        assertFalse(after.isCopy());
      }
      try (SimulatedStore closed = SimulatedStore.open(disk, Durability.RELAXED)) {
        assertFalse(closed.isCopy());
      }
    }
    assertTrue(lost > 1000, "only " + lost + " have lost anything");
  }

  @Test
  void whatWasNotSyncedIsInNoCheckpoint() {
    int lost = 0;
    for (int seed = 0; seed < 100; seed++) {
      SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(seed));
      SimulatedStore store = SimulatedStore.open(disk, Durability.RELAXED);
      for (int i = 1; i <= 7; i++) {
        store.commit(appending(chunk("d", LOW, i, i, noise(30_000))));
      }
      disk.crash();
      try (SimulatedStore after = SimulatedStore.open(disk, Durability.RELAXED)) {
        lost += chunks(after, "d").isEmpty() ? 1 : 0;
      }
    }
    assertTrue(lost > 0);
  }

  private static StoreBatch numbered(int i) {
    return appending(chunk("d", LOW, i, i), chunk("e", LOW, i, i));
  }

  private static void commitTwice(ChangeStore store, int i) {
    store.commit(numbered(i));
    store.commit(numbered(i + 1));
  }

  @ParameterizedTest
  @EnumSource(names = {"FULL", "RELAXED"})
  void aKilledProcessLosesNothing(Durability durability) {
    SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(1));
    for (int i = 1; i <= 30; i++) {
      SimulatedStore store = SimulatedStore.open(disk, durability);
      assertEquals(i - 1, chunks(store, "d").size());
      assertFalse(store.isCopy());
      store.commit(numbered(i));
      disk.kill();
      assertThrows(PowerFailure.class, store::clock);
      assertFalse(disk.isOff());
    }
  }

  @Test
  void whatAKilledProcessHasNotSyncedIsLostWithThePower() {
    int lost = 0;
    for (int seed = 0; seed < 100; seed++) {
      SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(seed));
      SimulatedStore.open(disk, Durability.RELAXED).commit(numbered(1));
      disk.kill();
      disk.crash();
      try (SimulatedStore after = SimulatedStore.open(disk, Durability.FULL)) {
        lost += chunks(after, "d").isEmpty() ? 1 : 0;
        assertTrue(after.isCopy());
      }
    }
    assertTrue(lost > 0 && lost < 100, lost + " of 100");
  }

  @Test
  void afterACrashEveryCallFailsUntilTheDiskIsOpenedAgain() {
    SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(1));
    SimulatedStore before = SimulatedStore.open(disk, Durability.FULL);
    before.commit(numbered(1));
    disk.crash();
    assertTrue(disk.isOff());
    for (Executable call :
        List.<Executable>of(
            before::identity,
            before::formerIdentities,
            before::clock,
            before::isCopy,
            before::durability,
            () -> before.commit(numbered(2)),
            () -> chunks(before, "d"),
            () -> before.snapshot("d"),
            () -> before.quarantined("d"),
            () -> before.suspects("d"),
            () -> before.documents(""),
            () -> before.size("d"),
            before::size,
            before::verify,
            before::reclaim)) {
      assertThrows(PowerFailure.class, call);
    }
    try (SimulatedStore after = SimulatedStore.open(disk, Durability.FULL)) {
      assertFalse(disk.isOff());
      assertThrows(PowerFailure.class, before::clock);
      before.close();
      after.commit(numbered(2));
      assertEquals(2, chunks(after, "d").size());
    }
  }

  @Test
  void aCrashPointIsAheadAndOnceOnly() {
    SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(1));
    assertThrows(IllegalArgumentException.class, () -> disk.crashAtStep(0));
    SimulatedStore store = SimulatedStore.open(disk, Durability.FULL);
    disk.crashAtStep(10);
    store.commit(numbered(1));
    disk.crashAtStep(1);
    disk.heal();
    store.commit(numbered(2));
    disk.crashAtStep(9 + 1);
    store.commit(numbered(3));
    assertThrows(PowerFailure.class, () -> store.commit(numbered(4)));
    try (SimulatedStore after = SimulatedStore.open(disk, Durability.FULL)) {
      after.commit(numbered(4));
      assertEquals(4, chunks(after, "d").size());
      disk.crashAtStep(1);
      disk.crash();
    }
    SimulatedStore.open(disk, Durability.FULL).commit(numbered(5));
  }
}
