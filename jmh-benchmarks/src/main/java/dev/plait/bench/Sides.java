package dev.plait.bench;

import java.util.Arrays;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Two ways to do the same, each time one after the other, so that whatever else the machine does
 * concerns both. What JMH itself measures is the sum; the counters are medians over an iteration.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Sides {
  /** The counter of the one. */
  static final String BARE = "bareMicros";

  /** The counter of the other. */
  static final String PLAIT = "plaitMicros";

  /** The counter of the second by the first. */
  static final String RATIO = "ratio";

  private static final int FIRST_ROOM = 1024;
  private static final double MICRO = 1e3;

  private long[] bare = new long[FIRST_ROOM];
  private long[] plait = new long[FIRST_ROOM];
  private int count;

  /** Forgets the iteration before. */
  @Setup(Level.Iteration)
  public void begin() {
    count = 0;
  }

  /** Does both and notes how long each took; they take turns at being first. */
  void run(Runnable bareSide, Runnable plaitSide) {
    if (count == bare.length) {
      bare = Arrays.copyOf(bare, 2 * count);
      plait = Arrays.copyOf(plait, 2 * count);
    }
    if (count % 2 == 0) {
      bare[count] = nanos(bareSide);
      plait[count] = nanos(plaitSide);
    } else {
      plait[count] = nanos(plaitSide);
      bare[count] = nanos(bareSide);
    }
    count++;
  }

  private static long nanos(Runnable side) {
    long start = System.nanoTime();
    side.run();
    return System.nanoTime() - start;
  }

  private double medianMicros(long[] nanos) {
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return count == 0 ? 0 : (sorted[(count - 1) / 2] + sorted[count / 2]) / 2.0 / MICRO;
  }

  /** The median of the engine alone, in microseconds. */
  public double bareMicros() {
    return medianMicros(bare);
  }

  /** The median of the store, in microseconds. */
  public double plaitMicros() {
    return medianMicros(plait);
  }

  /** How many times as long the store took. */
  public double ratio() {
    return count == 0 ? 0 : plaitMicros() / bareMicros();
  }
}
