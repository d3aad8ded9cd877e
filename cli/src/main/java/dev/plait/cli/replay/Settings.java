package dev.plait.cli.replay;

import dev.plait.cli.trace.Trace;
import java.util.function.Function;

/**
 * How a trace is replayed.
 *
 * @param store makes the place where the authors keep their copies
 * @param tickMillis simulated milliseconds between two edits
 * @param repeats how often everything is done
 */
record Settings(Function<Participants, Copies> store, long tickMillis, int repeats) {

  /** How far a replay may go, so that no stamp comes near the year 2200. */
  static final long MAX_SPAN_MILLIS = 100L * 365 * 24 * 3_600_000;

  /** Whether the simulated time of the replay stays in the range of stamps. */
  static boolean allowsTick(Trace trace, long tickMillis) {
    return tickMillis <= MAX_SPAN_MILLIS / Math.max(1, trace.edits());
  }
}
