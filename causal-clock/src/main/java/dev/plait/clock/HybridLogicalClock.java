package dev.plait.clock;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/*
 * Why a hybrid clock, and why this one differs from the paper in three places.
 *
 * Last-writer-wins needs one order of all writes on which every replica agrees, which never puts a
 * write before one its author had already seen, and which people find fair: usually the write made
 * later should win. A wall clock alone breaks the second wish when it is slow, a Lamport clock the
 * third. The hybrid logical clock (Kulkarni, Demirbas, Madappa, Avva, Leone: Logical Physical Clocks,
 * OPODIS 2014) takes the greater of the wall clock and everything issued or observed, and counts up
 * where the wall clock alone would not go forward. Here both parts live in one long, so a step is one
 * comparison and one compareAndSet, and the order of stamps is the order of unsigned numbers.
 *
 * Carry. Sixteen bits of counter overflow after 65 536 stamps in one millisecond, or in all the time
 * a wall clock stands still or behind what was observed. Failing there would let a stopped clock stop
 * the writer. As both parts are one number, the overflow carries into the millisecond, and the stamps
 * just run a little ahead of the wall clock until it catches up.
 *
 * Coarse stamps. Changes are stored as differences from one to the next. A new millisecond with each
 * keystroke costs bytes, more than the letter it stamps, while nobody ever compares these stamps: text
 * needs no arbiter. So a change without any last-writer-wins write may stay in the millisecond of the
 * stamp before it and only count up, as long as that lags behind the wall clock by no more than the
 * resolution. The order of stamps is untouched; the next write that needs its true time takes it.
 *
 * Drift bound. A stamp from a clock that is a year fast would win against everybody for a year, and
 * observing it would pull every clock along. So a stamp further ahead of the local wall clock than
 * the bound is not observed; its change waits until the wall clock comes near enough. That only
 * delays, it never drops, and so cannot make replicas diverge. The bound guards against peers, not
 * against the past: after a restart the clock starts above the floor it was given, however far ahead
 * of the wall clock that is, for else a replica would contradict what it already sent out.
 */

/**
 * Issues the timestamps of one replica's changes: each is greater than every one issued or observed
 * before, and as near to the wall clock as that allows.
 *
 * <p>Hybrid logical clock after Kulkarni et al. 2014, with carry, coarse stamps and a drift bound.
 * Lock-free and safe for use by any thread; every method is constant time. Wall-clock readings
 * before 2020 count as 2020-01-01T00:00Z, so that whatever is issued is {@linkplain
 * HybridTimestamp#isValid() valid}.
 *
 * <p>{@link ClockHealth} events are delivered on the thread that noticed, outside any lock and
 * before the call changes what will be issued. A listener that throws makes that one call fail with
 * its exception and without an effect; as an event is not repeated, the same call then succeeds.
 */
public final class HybridLogicalClock {

  private final WallClock wallClock;
  private final PeersAhead peersAhead;
  private final long maxDriftMillis;
  private final long stampResolutionMillis;

  /** The bits of the greatest timestamp issued, observed or given as a floor. */
  private final AtomicLong last;

  private HybridLogicalClock(Builder settings) {
    wallClock = new WallClock(settings.source, settings.setbackToleranceMillis, settings.onHealth);
    peersAhead = new PeersAhead(settings.suspectAheadMillis, settings.onHealth);
    maxDriftMillis = settings.maxDriftMillis;
    stampResolutionMillis = settings.stampResolutionMillis;
    last = new AtomicLong(settings.floor.bits());
  }

  /** Starts building a clock that reads this wall clock. */
  public static Builder builder(TimeSource source) {
    return new Builder(source);
  }

  /**
   * Issues the timestamp of a change that holds a last-writer-wins write: the wall-clock time, or
   * the next after all issued and observed if that is later.
   *
   * @throws ClockException CLOCK_EXHAUSTED if it would lie beyond {@link HybridTimestamp#MAX_VALID}
   */
  public HybridTimestamp now() {
    return issue(wallClock.millis(), 0);
  }

  /**
   * Issues the timestamp of a change without any last-writer-wins write: the next after all issued
   * and observed, unless that lags behind the wall clock by more than the stamp resolution; then as
   * {@link #now()}.
   *
   * @throws ClockException CLOCK_EXHAUSTED if it would lie beyond {@link HybridTimestamp#MAX_VALID}
   */
  public HybridTimestamp nowCoarse() {
    return issue(wallClock.millis(), stampResolutionMillis);
  }

  private HybridTimestamp issue(long wallMillis, long allowedLagMillis) {
    while (true) {
      long before = last.get();
      HybridTimestamp next = after(new HybridTimestamp(before), wallMillis, allowedLagMillis);
      if (last.compareAndSet(before, next.bits())) {
        return next;
      }
    }
  }

  private static HybridTimestamp after(
      HybridTimestamp before, long wallMillis, long allowedLagMillis) {
    boolean nearEnough = wallMillis - before.millis() <= allowedLagMillis;
    HybridTimestamp next =
        nearEnough && before.isValid() ? before.next() : HybridTimestamp.of(wallMillis, 0);
    if (!next.isValid()) {
      throw new ClockException(
          ClockException.CLOCK_EXHAUSTED,
          "the next timestamp, "
              + next
              + ", is beyond "
              + HybridTimestamp.MAX_VALID
              + "; the wall clock or the restart floor must be wrong");
    }
    return next;
  }

  /** The greatest timestamp issued, observed or given as a floor; {@code ZERO} before any. */
  public HybridTimestamp peek() {
    return new HybridTimestamp(last.get());
  }

  /** The wall-clock time the clock works with now: milliseconds since 1970, not before 2020. */
  public long wallMillis() {
    return wallClock.millis();
  }

  /** Whether the stamp is no further ahead of the wall clock than the drift bound. */
  public boolean withinDrift(HybridTimestamp stamp) {
    return withinDrift(stamp, wallClock.millis());
  }

  private boolean withinDrift(HybridTimestamp stamp, long wallMillis) {
    return stamp.millis() - wallMillis <= maxDriftMillis;
  }

  /**
   * The wall-clock time, in milliseconds since 1970, from which the stamp is {@linkplain
   * #withinDrift within the drift bound}; a time in the past if it already is.
   */
  public long acceptableAtMillis(HybridTimestamp stamp) {
    return Math.max(0, stamp.millis() - maxDriftMillis);
  }

  /**
   * The last stamp that is {@linkplain #withinDrift within the drift bound} when the wall clock
   * reads so many milliseconds since 1970, as {@linkplain HybridTimestamp#bits() bits}; not beyond
   * {@link HybridTimestamp#MAX_VALID}.
   */
  public long lastWithinDrift(long wallMillis) {
    long mostMillis = HybridTimestamp.MAX_VALID.millis();
    return maxDriftMillis >= mostMillis - wallMillis
        ? HybridTimestamp.MAX_VALID.bits()
        : HybridTimestamp.of(wallMillis + maxDriftMillis, HybridTimestamp.MAX_COUNTER).bits();
  }

  /**
   * Takes note of a stamp of somebody else's change: whatever is issued from now on is greater.
   *
   * <p>A stamp beyond the drift bound leaves the clock as it was. It should be shown to the clock
   * all the same, because it is evidence for {@link ClockHealth.LocalClockSuspect}.
   *
   * @param peer the author of the change
   * @param stamp the timestamp of the change
   * @return false if the stamp is beyond the drift bound
   * @throws ClockException TIMESTAMP_RANGE if the stamp is not {@linkplain
   *     HybridTimestamp#isValid() valid}
   */
  public boolean observe(ReplicaId peer, HybridTimestamp stamp) {
    checkRange(stamp, HybridTimestamp.MIN_VALID, "stamp");
    long wallMillis = wallClock.millis();
    peersAhead.saw(peer, stamp, wallMillis);
    if (!withinDrift(stamp, wallMillis)) {
      return false;
    }
    raise(stamp);
    return true;
  }

  /**
   * Makes everything issued from now on greater than the floor, however far ahead of the wall clock
   * that is. For what this replica itself issued in an earlier life.
   *
   * @throws ClockException TIMESTAMP_RANGE if the floor is beyond {@link HybridTimestamp#MAX_VALID}
   */
  public void raiseTo(HybridTimestamp floor) {
    checkRange(floor, HybridTimestamp.ZERO, "floor");
    raise(floor);
  }

  private void raise(HybridTimestamp stamp) {
    while (true) {
      long before = last.get();
      if (HybridTimestamp.compare(stamp.bits(), before) <= 0
          || last.compareAndSet(before, stamp.bits())) {
        return;
      }
    }
  }

  private static void checkRange(HybridTimestamp stamp, HybridTimestamp least, String what) {
    if (least.isAfter(stamp) || stamp.isAfter(HybridTimestamp.MAX_VALID)) {
      throw new ClockException(
          ClockException.TIMESTAMP_RANGE,
          "the "
              + what
              + " "
              + stamp
              + " is outside "
              + least
              + " to "
              + HybridTimestamp.MAX_VALID);
    }
  }

  /** The settings of a clock. Not safe for use by several threads. */
  public static final class Builder {

    private final TimeSource source;
    private long maxDriftMillis = 5 * 60_000;
    private long stampResolutionMillis = 1000;
    private long setbackToleranceMillis = 1000;
    private long suspectAheadMillis = 60_000;
    private HybridTimestamp floor = HybridTimestamp.ZERO;
    private Consumer<ClockHealth> onHealth = event -> {};

    private Builder(TimeSource source) {
      this.source = Objects.requireNonNull(source, "source");
    }

    /**
     * How far ahead of the wall clock a stamp may be to be observed; 5 minutes unless set.
     *
     * @throws ClockException CLOCK_SETTING if negative
     */
    public Builder maxDriftMillis(long millis) {
      maxDriftMillis = notNegative("maxDriftMillis", millis);
      return this;
    }

    /**
     * How far behind the wall clock {@link HybridLogicalClock#nowCoarse()} may stay; 1 second
     * unless set, 0 makes it the same as {@link HybridLogicalClock#now()}.
     *
     * @throws ClockException CLOCK_SETTING if negative
     */
    public Builder stampResolutionMillis(long millis) {
      stampResolutionMillis = notNegative("stampResolutionMillis", millis);
      return this;
    }

    /**
     * How far the wall clock may go back without a {@link ClockHealth.WallClockWentBack}; 1 second
     * unless set.
     *
     * @throws ClockException CLOCK_SETTING if negative
     */
    public Builder setbackToleranceMillis(long millis) {
      setbackToleranceMillis = notNegative("setbackToleranceMillis", millis);
      return this;
    }

    /**
     * From how far ahead a peer counts towards {@link ClockHealth.LocalClockSuspect}, and within
     * how far it agrees; 1 minute unless set.
     *
     * @throws ClockException CLOCK_SETTING if negative
     */
    public Builder suspectAheadMillis(long millis) {
      suspectAheadMillis = notNegative("suspectAheadMillis", millis);
      return this;
    }

    /**
     * The greatest timestamp this replica issued before a restart; everything the clock issues is
     * above it.
     *
     * @throws ClockException TIMESTAMP_RANGE if beyond {@link HybridTimestamp#MAX_VALID}
     */
    public Builder floor(HybridTimestamp floor) {
      checkRange(floor, HybridTimestamp.ZERO, "floor");
      this.floor = floor;
      return this;
    }

    /** Who is told about the health of the wall clock; nobody unless set. Must be thread-safe. */
    public Builder onHealth(Consumer<ClockHealth> listener) {
      onHealth = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /** The clock. */
    public HybridLogicalClock build() {
      return new HybridLogicalClock(this);
    }

    private static long notNegative(String setting, long millis) {
      if (millis < 0) {
        throw new ClockException(
            ClockException.CLOCK_SETTING, setting + " is from 0 up, not " + millis);
      }
      return millis;
    }
  }
}
