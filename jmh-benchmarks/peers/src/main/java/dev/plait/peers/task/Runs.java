package dev.plait.peers.task;

import java.util.ArrayList;
import java.util.List;

/**
 * How often a task is run: once in the new process, and then until there are as many runs as asked
 * for or they have taken as long as they may.
 *
 * @param repeats how many runs there are at most after the first
 * @param budgetMillis how long these may take together, and a third of how long they may with their
 *     preparation
 */
public record Runs(int repeats, long budgetMillis) {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int WITH_PREPARATION = 3;

  /** One run of a task. */
  @FunctionalInterface
  public interface Run {
    /** Prepares, measures and checks; the nanoseconds of what is measured. */
    long nanos();
  }

  /**
   * What runs took.
   *
   * @param coldMillis the first run in the process
   * @param millis the later runs, in order
   */
  public record Times(double coldMillis, List<Double> millis) {}

  /** Runs it. Garbage of the run before is collected before each. */
  public Times of(Run run) {
    double cold = measured(run);
    List<Double> later = new ArrayList<>();
    double sum = 0;
    long end = System.nanoTime() + (long) (WITH_PREPARATION * budgetMillis * NANOS_PER_MILLI);
    while (later.size() < repeats && sum + cold / 2 < budgetMillis && System.nanoTime() - end < 0) {
      double time = measured(run);
      later.add(time);
      sum += time;
    }
    return new Times(cold, later);
  }

  private static double measured(Run run) {
    System.gc();
    return run.nanos() / NANOS_PER_MILLI;
  }
}
