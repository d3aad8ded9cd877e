package dev.plait.clock;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Reads a time source, keeps what it says within what a stamp can hold, and notices when it goes
 * back. Lock-free; safe for use by any thread.
 */
final class WallClock {

  private static final long EARLIEST = HybridTimestamp.MIN_VALID.millis();

  private final TimeSource source;
  private final long toleranceMillis;
  private final Consumer<ClockHealth> health;

  /** The greatest reading since the last setback. */
  private final AtomicLong greatest = new AtomicLong(EARLIEST);

  WallClock(TimeSource source, long toleranceMillis, Consumer<ClockHealth> health) {
    this.source = source;
    this.toleranceMillis = toleranceMillis;
    this.health = health;
  }

  /** The time now, from {@link #EARLIEST} to {@link HybridTimestamp#MAX_MILLIS}. */
  long millis() {
    while (true) {
      // Looked up before the source is read: a greater reading that another thread makes in between
      // must not look like a setback.
      long before = greatest.get();
      long now = Math.max(EARLIEST, Math.min(source.millis(), HybridTimestamp.MAX_MILLIS));
      boolean wentBack = now < before && before - now > toleranceMillis;
      if (now <= before && !wentBack) {
        return now;
      }
      if (greatest.compareAndSet(before, now)) {
        if (wentBack) {
          health.accept(new ClockHealth.WallClockWentBack(before - now));
        }
        return now;
      }
    }
  }
}
