package dev.plait.properties.simulation;

/**
 * What went on in a simulation in which nothing was wrong. Reports of several can be added up.
 *
 * @param seeds how many simulations this is about
 * @param operations how many operations were made, over all machines
 * @param changes in how many changes
 * @param deliveries how many times an operation reached a machine that had not made it
 * @param frames how many frames arrived over the network
 * @param oracles how many documents were compared with what their definition says
 * @param virtualMillis how much time passed in the simulation
 * @param traceHash a sum over everything that happened, in order: two runs with the same one went
 *     the same way; of several simulations, the sum of theirs
 */
public record SimulationReport(
    long seeds,
    long operations,
    long changes,
    long deliveries,
    long frames,
    long oracles,
    long virtualMillis,
    long traceHash) {

  /** Of no simulation. */
  public static SimulationReport none() {
    return new SimulationReport(0, 0, 0, 0, 0, 0, 0, 0);
  }

  /** Of these and those. */
  public SimulationReport plus(SimulationReport other) {
    return new SimulationReport(
        seeds + other.seeds,
        operations + other.operations,
        changes + other.changes,
        deliveries + other.deliveries,
        frames + other.frames,
        oracles + other.oracles,
        virtualMillis + other.virtualMillis,
        traceHash + other.traceHash);
  }
}
