package dev.plait.change;

import dev.plait.clock.HybridTimestamp;

/**
 * When the operations of columns were made and which of their change they are, one after another.
 * Starts before the first operation of a change. Not thread-safe.
 */
public final class OperationTimes {
  private final RunLengths.Reader steps;
  private final RunLengths.Reader counts;
  private long time;
  private long ofChange;
  private int ordinal = -1;

  OperationTimes(RunLengths.Reader steps, RunLengths.Reader counts, long time) {
    this.steps = steps;
    this.counts = counts;
    this.time = time;
    this.ofChange = counts.skip(1);
  }

  /** Moves to the next operation, which there must be. */
  public void next() {
    ordinal++;
    if (ordinal == ofChange) {
      time += steps.skip(1);
      ofChange = counts.skip(1);
      ordinal = 0;
    }
  }

  /** Passes over operations. */
  public void skip(int count) {
    for (int i = 0; i < count; i++) {
      next();
    }
  }

  /** When the change of the operation was made, as bits of a {@link HybridTimestamp}. */
  public long time() {
    return time;
  }

  /** How many operations of the change come before it. */
  public int ordinal() {
    return ordinal;
  }
}
