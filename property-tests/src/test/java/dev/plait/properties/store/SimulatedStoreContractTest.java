package dev.plait.properties.store;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.plait.properties.simulation.disk.SimulatedDisk;
import dev.plait.properties.simulation.disk.SimulatedStore;
import dev.plait.store.ChangeStore;
import dev.plait.store.Durability;
import dev.plait.store.InMemoryStore;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulated store does what every store does, and draws nothing while nothing goes wrong. */
class SimulatedStoreContractTest {

  private static final RandomGenerator UNASKED =
      () -> {
        throw new AssertionError("nothing has gone wrong");
      };

  private abstract static class OfDurability extends ChangeStoreContract {
    private final SimulatedDisk disk = new SimulatedDisk(UNASKED);
    private final Durability durability;

    OfDurability(Durability durability) {
      this.durability = durability;
    }

    @Override
    protected ChangeStore open() {
      return SimulatedStore.open(disk, durability);
    }

    @Override
    public Optional<ChangeStore> openWithRoomFor(long bytes) {
      SimulatedDisk limited = new SimulatedDisk(UNASKED);
      limited.setCapacity(bytes);
      return Optional.of(SimulatedStore.open(limited, durability));
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void agreesWithTheStoreInMemory(long seed) {
      try (ChangeStore store = open();
          ChangeStore memory = InMemoryStore.empty()) {
        StoresAgree.afterTheSameBatches(store, memory, seed, 50);
      }
    }
  }

  @Nested
  class Full extends OfDurability {
    Full() {
      super(Durability.FULL);
    }
  }

  @Nested
  class Relaxed extends OfDurability {
    Relaxed() {
      super(Durability.RELAXED);
    }
  }

  @Test
  void aStoreThatPromisesNothingIsRefused() {
    SimulatedDisk disk = new SimulatedDisk(UNASKED);
    assertThrows(IllegalArgumentException.class, () -> SimulatedStore.open(disk, Durability.NONE));
    SimulatedStore.open(disk, Durability.FULL).close();
  }
}
