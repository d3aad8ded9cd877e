package dev.plait.cli.replay;

import java.util.function.Function;
import java.util.function.LongSupplier;

/** Measures how long something takes. One measurement at a time. */
final class Stopwatch {
  private static final double NANOS_PER_MILLI = 1e6;

  private final LongSupplier nanos;

  /**
   * A stopwatch.
   *
   * @param nanos a clock that never goes back, in nanoseconds
   */
  Stopwatch(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * One that reads the system's clock. It does not ask for garbage to be collected before it
   * starts: that would shrink the heap, and what comes next would pay for it to grow again.
   */
  static Stopwatch system() {
    return new Stopwatch(System::nanoTime);
  }

  /** Stands still while something is done in the middle of a measurement. */
  @FunctionalInterface
  interface Pause {
    /** Does the work without counting the time it takes. */
    void during(Runnable work);
  }

  /** Does the work once, notes its time in milliseconds and hands on its result. */
  <T> T time(Samples samples, Function<Pause, T> work) {
    long[] paused = new long[1];
    long start = nanos.getAsLong();
    T result =
        work.apply(
            uncounted -> {
              long from = nanos.getAsLong();
              uncounted.run();
              paused[0] += nanos.getAsLong() - from;
            });
    samples.add((nanos.getAsLong() - start - paused[0]) / NANOS_PER_MILLI);
    return result;
  }
}
