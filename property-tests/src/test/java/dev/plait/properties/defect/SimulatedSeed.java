package dev.plait.properties.defect;

import dev.plait.properties.simulation.ClusterSimulation;
import dev.plait.properties.simulation.SimulationFailure;
import java.util.function.LongConsumer;

/** A simulated cluster, which fails with the promise that was broken. */
final class SimulatedSeed implements LongConsumer {
  @Override
  public void accept(long seed) {
    try {
      ClusterSimulation.of(seed).run();
    } catch (SimulationFailure failure) {
      throw new AssertionError(failure.checker() + ", seed " + seed, failure);
    }
  }
}
