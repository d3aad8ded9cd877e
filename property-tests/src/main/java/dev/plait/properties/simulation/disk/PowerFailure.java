package dev.plait.properties.simulation.disk;

/**
 * The machine that had a {@link SimulatedDisk}, or the process that had it open, has ended in the
 * middle of what it was doing. An error, not an exception: nothing in a process that is no more
 * handles it.
 */
public final class PowerFailure extends Error {
  private static final long serialVersionUID = 1L;

  PowerFailure() {
    super("the power has failed; open another store on the disk");
  }
}
