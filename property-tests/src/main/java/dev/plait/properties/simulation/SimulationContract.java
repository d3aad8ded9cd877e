package dev.plait.properties.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plait.store.ChangeStore;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bad days of clusters whose machines keep a store of yours: extend it and say how one is opened.
 * The network, the clocks, restarts, restored and cloned stores and compaction are as in {@link
 * ClusterSimulation}; how a disk fails is for the tests of the store alone.
 */
public abstract class SimulationContract {
  private static final boolean LONG = Boolean.getBoolean("plait.long");
  private static final int SEEDS = LONG ? 200 : 6;
  private static final int OPERATIONS = LONG ? 1_000 : 300;

  @TempDir Path directory;

  /** Opens or makes the store that is kept at a place of the file system. */
  protected abstract ChangeStore open(Path place);

  @Test
  void badDaysOfMachinesWithThisStoreEndWell() {
    SimulationReport total = SimulationReport.none();
    for (long seed = 1; seed <= SEEDS; seed++) {
      SimulationOptions options =
          SimulationOptions.defaults()
              .withOperations(OPERATIONS)
              .withDisks(FileMachineDisk.in(directory.resolve("seed-" + seed), this::open));
      total = total.plus(ClusterSimulation.of(seed, options).run());
    }
    assertEquals(SEEDS, total.seeds());
  }
}
