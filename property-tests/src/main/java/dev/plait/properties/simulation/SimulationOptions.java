package dev.plait.properties.simulation;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a simulation is to be like. Immutable.
 *
 * @param operations about how many operations are made over all machines, from 1: a little more are
 *     planned, and those of machines that happen to be down are left out
 * @param faults what may go wrong; each seed picks about half of it
 * @param disks where the machines keep what they must not lose
 */
public record SimulationOptions(int operations, Set<Fault> faults, MachineDisks disks) {
  private static final int OPERATIONS = 1_000;

  /**
   * Copies the set.
   *
   * @throws IllegalArgumentException if there are to be no operations
   */
  public SimulationOptions {
    if (operations < 1) {
      throw new IllegalArgumentException("operations is a number from 1, not " + operations);
    }
    faults = Set.copyOf(faults);
  }

  /** A thousand operations on simulated disks, and everything may go wrong. */
  public static SimulationOptions defaults() {
    return new SimulationOptions(OPERATIONS, EnumSet.allOf(Fault.class), MachineDisks.simulated());
  }

  /** The same with another number of operations. */
  public SimulationOptions withOperations(int number) {
    return new SimulationOptions(number, faults, disks);
  }

  /** The same, but only this may go wrong. */
  public SimulationOptions withFaults(Set<Fault> allowed) {
    return new SimulationOptions(operations, allowed, disks);
  }

  /** The same with machines that have other disks. */
  public SimulationOptions withDisks(MachineDisks others) {
    return new SimulationOptions(operations, faults, others);
  }
}
