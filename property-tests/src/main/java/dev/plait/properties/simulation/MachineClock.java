package dev.plait.properties.simulation;

import dev.plait.clock.TimeSource;

/** The wall clock of one machine: what the true time is made into. */
final class MachineClock implements TimeSource {
  private static final long MINUTE = 60_000;

  private final TimeSource truth;
  private long since;
  private long shown;
  private long gainPerMinute;
  private boolean stuck;

  MachineClock(TimeSource truth) {
    this.truth = truth;
    this.since = truth.millis();
    this.shown = since;
  }

  @Override
  public long millis() {
    long passed = truth.millis() - since;
    return stuck ? shown : shown + passed + passed / MINUTE * gainPerMinute;
  }

  /** Shows so much more, or less, than the true time. */
  void setOff(long millis) {
    since = truth.millis();
    shown = since + millis;
    stuck = false;
  }

  /** Gains so much in each minute from now on. */
  void drift(long millisPerMinute) {
    anchor();
    gainPerMinute = millisPerMinute;
  }

  void stick() {
    anchor();
    stuck = true;
  }

  /** Shows the true time from now on. */
  void mend() {
    gainPerMinute = 0;
    setOff(0);
  }

  private void anchor() {
    shown = millis();
    since = truth.millis();
    stuck = false;
  }
}
