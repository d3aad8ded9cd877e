package dev.plait.clock;

/**
 * What a {@link HybridLogicalClock} noticed about the wall clock it reads. Stamps stay correct in
 * every case; these events are for whoever can set the machine's clock.
 */
public sealed interface ClockHealth {

  /**
   * The wall clock returned clearly less than it had before. Reported once per setback: from then
   * on readings are measured against the new, lower time.
   *
   * @param byMillis how far it went back
   */
  record WallClockWentBack(long byMillis) implements ClockHealth {}

  /**
   * Several peers run ahead of the local wall clock and none was seen agreeing with it, so the
   * local clock is more likely wrong than theirs. Reported once, until a peer agrees again.
   *
   * @param peersAhead how many distinct peers were seen ahead
   * @param leastAheadMillis how far ahead the nearest of them was
   */
  record LocalClockSuspect(int peersAhead, long leastAheadMillis) implements ClockHealth {}
}
