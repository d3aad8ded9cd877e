package dev.plait.properties.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * Everything that a replica gets handed in is handed in here from one thread: the scheduler is
 * virtual time, the network carries frames in memory, the disk loses what was not synced, clocks show
 * what they are told to, and all chance comes from named streams of one seed. So a run is a function
 * of its script, and the script is a function of its seed.
 *
 * A script is a list of actions. In each round they let things go wrong while everybody writes; then
 * comes SETTLE: all is mended, everybody writes once more, and within a bounded virtual time nothing
 * may be left on its way. What is checked at every step stands in Watch and Play, what is checked in
 * the end in Settling and Comparison.
 *
 * When something is wrong, the script is cut down to the actions that are needed for it.
 */
/**
 * A cluster of real replicas on a bad day: real sessions and bytes, simulated networks, disks and
 * clocks, hours in milliseconds. One seed decides everything.
 *
 * <pre>{@code
 * SimulationReport report = ClusterSimulation.of(42).run();
 * }</pre>
 *
 * <p>Not safe for use by several threads; different simulations share nothing.
 */
public final class ClusterSimulation {
  private final Script script;
  private final MachineDisks disks;

  private ClusterSimulation(Script script, MachineDisks disks) {
    this.script = script;
    this.disks = disks;
  }

  /** The simulation of a seed, with {@link SimulationOptions#defaults}. */
  public static ClusterSimulation of(long seed) {
    return of(seed, SimulationOptions.defaults());
  }

  /** The simulation of a seed. */
  public static ClusterSimulation of(long seed, SimulationOptions options) {
    return new ClusterSimulation(ScriptWriter.write(seed, options), options.disks());
  }

  /**
   * The simulation of a script that was kept.
   *
   * @param lines as {@link SimulationFailure#script} gives them
   * @throws IllegalArgumentException if a line is none of a script
   */
  public static ClusterSimulation ofScript(List<String> lines, MachineDisks disks) {
    return new ClusterSimulation(Script.parse(lines), disks);
  }

  /**
   * Runs it, in this thread: any but those of the common pool, whose uncaught exceptions can't be
   * seen.
   *
   * @throws IllegalStateException in a thread of the common pool
   * @throws SimulationFailure if anything is not as it must be
   */
  public SimulationReport run() {
    Run run = new Run(script);
    if (run.problem != null) {
      throw new SimulationFailure(script, run.problem, run.world.trace().last());
    }
    World world = run.world;
    return new SimulationReport(
        1,
        world.origins().operations(),
        world.origins().made(),
        world.deliveries(),
        world.wires().frames(),
        world.oracles(),
        world.millis(),
        world.trace().hash());
  }

  /**
   * The failure of the fewest actions that still break the same promise; tries that many runs.
   *
   * @param failure what {@link #run} has thrown
   */
  public SimulationFailure minimise(SimulationFailure failure, int runs) {
    Minimiser minimiser =
        new Minimiser(
            actions -> {
              World.Problem problem = new Run(script.with(actions)).problem;
              return problem != null && problem.checker().equals(failure.checker());
            },
            runs);
    Script smallest = script.with(minimiser.minimise(script.actions()));
    Run run = new Run(smallest);
    return run.problem == null
        ? failure
        : new SimulationFailure(smallest, run.problem, run.world.trace().last());
  }

  /** One run of a script, to its end or to the first problem. */
  private final class Run {
    private final World world;
    private final World.@Nullable Problem problem;

    Run(Script played) {
      Thread thread = Thread.currentThread();
      Thread.UncaughtExceptionHandler before = thread.getUncaughtExceptionHandler();
      World made = new World(played, disks);
      Thread.UncaughtExceptionHandler handler = (any, thrown) -> made.uncaught(thrown);
      thread.setUncaughtExceptionHandler(handler);
      if (!handler.equals(thread.getUncaughtExceptionHandler())) {
        throw new IllegalStateException(
            thread
                + " keeps uncaught exceptions to itself; run simulations in a thread of your own");
      }
      try {
        play(made, played);
      } finally {
        thread.setUncaughtExceptionHandler(before);
        made.close();
      }
      world = made;
      problem = made.problem();
    }

    @SuppressWarnings("CatchAndPrintStackTrace")
    private static void play(World world, Script played) {
      try {
        world.begin();
        Play play = new Play(world);
        for (Action action : played.actions()) {
          play.take(action);
          if (world.problem() != null) {
            return;
          }
        }
        if (played.actions().isEmpty()
            || played.actions().get(played.actions().size() - 1).verb() != Verb.SETTLE) {
          play.take(new Action(Verb.SETTLE, 0, 0, 0));
        }
      } catch (RuntimeException | AssertionError thrown) {
        world.problem("typed errors", SimulationFailure.stackOf(thrown));
      }
    }
  }
}
