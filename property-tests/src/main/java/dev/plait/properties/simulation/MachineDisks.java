package dev.plait.properties.simulation;

import java.util.random.RandomGenerator;

/** Makes the disks of simulated machines. */
@FunctionalInterface
public interface MachineDisks {

  /**
   * A disk with nothing on it.
   *
   * @param machine the number of the machine that gets it
   * @param relaxed whether the store on it may lose its latest commits in a crash; one that can't
   *     be had is as safe as it is
   * @param random decides what a crash leaves of what was not safe
   */
  MachineDisk create(int machine, boolean relaxed, RandomGenerator random);

  /** Disks that lose, tear, fail and fill as it may happen, all in memory. */
  static MachineDisks simulated() {
    return (machine, relaxed, random) -> new SimulatedMachineDisk(relaxed, random);
  }
}
