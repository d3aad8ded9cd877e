package dev.plait.properties.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Many bad days; each has to end well. */
class ClusterSimulationTest {
  private static final boolean LONG = Boolean.getBoolean("plait.long");
  private static final int SEEDS = LONG ? 10_000 : 300;

  /** How many runs may be spent on making a failure smaller. */
  private static final int RUNS_TO_MINIMISE = 300;

  /** Another first seed, to look at one: {@code -Dplait.seed=42 -Dplait.seeds=1}. */
  private static final long FIRST = Long.getLong("plait.seed", 1);

  @Test
  void everySeedEndsWithAllReplicasEqualAndNothingLost() throws Exception {
    long seeds = Long.getLong("plait.seeds", SEEDS);
    long start = System.nanoTime();
    SimulationReport total = runAll(FIRST, seeds);
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "cluster simulation: %d seeds, %d operations in %d changes, %d deliveries, %d frames, %d"
            + " documents compared with their definition, %.1f virtual days; %.0f s, %.0f"
            + " operations/s, %.0f deliveries/s%n",
        total.seeds(),
        total.operations(),
        total.changes(),
        total.deliveries(),
        total.frames(),
        total.oracles(),
        total.virtualMillis() / 86_400_000.0,
        seconds,
        total.operations() / seconds,
        total.deliveries() / seconds);
    assertEquals(seeds, total.seeds());
    assertTrue(total.operations() >= 1_000 * seeds, "fewer operations than promised: " + total);
  }

  /** Runs them all, in as many threads as there are processors; ends with the first failure. */
  private static SimulationReport runAll(long first, long seeds) throws Exception {
    int threads = Runtime.getRuntime().availableProcessors();
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      AtomicLong next = new AtomicLong(first);
      CompletionService<SimulationReport> parts = new ExecutorCompletionService<>(executor);
      for (int i = 0; i < threads; i++) {
        parts.submit(() -> runFrom(next, first + seeds));
      }
      SimulationReport total = SimulationReport.none();
      for (int i = 0; i < threads; i++) {
        total = total.plus(parts.take().get());
      }
      return total;
    } finally {
      executor.shutdownNow();
    }
  }

  private static SimulationReport runFrom(AtomicLong next, long end) {
    SimulationReport total = SimulationReport.none();
    for (long seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
      if (Thread.currentThread().isInterrupted()) {
        return total;
      }
      total = total.plus(run(seed));
    }
    return total;
  }

  private static SimulationReport run(long seed) {
    ClusterSimulation simulation = ClusterSimulation.of(seed);
    try {
      return simulation.run();
    } catch (SimulationFailure failure) {
      SimulationFailure smallest = simulation.minimise(failure, RUNS_TO_MINIMISE);
      Path kept = SavedScripts.keep(smallest);
      throw new AssertionError(
          "seed "
              + seed
              + " breaks a promise; the script, made as small as it gets, is in "
              + kept
              + ", and is played again from now on\n"
              + smallest.getMessage(),
          smallest);
    }
  }

  @Test
  void savedScriptsEndWellToo() {
    List<Path> scripts = SavedScripts.all();
    assertTrue(scripts.size() > 0, "no script was found: the folder is not where it should be");
    for (Path script : scripts) {
      try {
        ClusterSimulation.ofScript(SavedScripts.read(script), MachineDisks.simulated()).run();
      } catch (SimulationFailure failure) {
        throw new AssertionError(script + "\n" + failure.getMessage(), failure);
      }
    }
  }
}
