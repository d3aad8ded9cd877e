package dev.plait.properties.simulation;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** Something was not as it must be in a simulation, and how it came to it. */
public final class SimulationFailure extends AssertionError {
  private static final long serialVersionUID = 1L;

  private final String checker;
  private final long seed;
  private final transient List<String> script;

  SimulationFailure(Script script, World.Problem problem, List<String> lastEvents) {
    super(describe(script, problem, lastEvents));
    this.checker = problem.checker();
    this.seed = script.seed();
    this.script = script.lines();
  }

  /** The promise that was not kept, in a word or two; the same in every run of the seed. */
  public String checker() {
    return checker;
  }

  /** The seed of the simulation. */
  public long seed() {
    return seed;
  }

  /** What {@link ClusterSimulation#ofScript} plays again. */
  public List<String> script() {
    return script;
  }

  private static String describe(Script script, World.Problem problem, List<String> lastEvents) {
    return "simulation of seed "
        + script.seed()
        + ", "
        + script.machines()
        + " machines, faults "
        + script.faults()
        + "\n"
        + problem.checker()
        + ": "
        + problem.what()
        + "\nlast events:\n  "
        + String.join("\n  ", lastEvents)
        + "\nscript:\n  "
        + String.join("\n  ", script.lines());
  }

  static String stackOf(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
