package dev.plait.clock;

/** A wall clock that shows what the test sets. */
final class ManualTime implements TimeSource {

  /** Some day in 2026. */
  static final long START = 1_795_231_029_123L;

  private volatile long millis = START;

  void set(long newMillis) {
    millis = newMillis;
  }

  @Override
  public long millis() {
    return millis;
  }
}
