package dev.plait.clock;

import static dev.plait.clock.Failures.assertCode;
import static dev.plait.clock.ManualTime.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class HybridLogicalClockTest {

  private static final ReplicaId PEER = ReplicaId.of(1, 0);
  private static final long MINUTE = 60_000;

  private final ManualTime time = new ManualTime();
  private final HybridLogicalClock clock = HybridLogicalClock.builder(time).build();

  private static HybridTimestamp at(long millis, int counter) {
    return HybridTimestamp.of(millis, counter);
  }

  @Test
  void followsTheWallClock() {
    assertEquals(at(START, 0), clock.now());
    time.set(START + 1);
    assertEquals(at(START + 1, 0), clock.now());
    assertEquals(START + 1, clock.wallMillis());
  }

  @Test
  void countsUpWhileTheWallClockStands() {
    clock.now();

    assertEquals(at(START, 1), clock.now());
    assertEquals(at(START, 2), clock.now());
  }

  @Test
  void countsUpWhileTheWallClockIsBack() {
    clock.now();
    time.set(START - MINUTE);

    assertEquals(at(START, 1), clock.now());
    time.set(START + 1);
    assertEquals(at(START + 1, 0), clock.now());
  }

  @Test
  void strictlyIncreasesUnderAnyWallClock() {
    Random random = new Random(5);
    HybridTimestamp last = HybridTimestamp.ZERO;
    for (int i = 0; i < 20_000; i++) {
      switch (random.nextInt(4)) {
        case 0 -> time.set(time.millis() + random.nextInt(2000));
        case 1 -> time.set(time.millis() - random.nextInt(2000));
        case 2 -> {
          HybridTimestamp seen = at(time.millis() + random.nextInt(9000), random.nextInt(65_536));
          assertTrue(clock.observe(PEER, seen));
          last = seen.isAfter(last) ? seen : last;
        }
        default -> {
          HybridTimestamp next = random.nextBoolean() ? clock.now() : clock.nowCoarse();
          assertTrue(next.isAfter(last), () -> "not increasing: " + next);
          assertTrue(next.isValid());
          last = next;
        }
      }
      assertEquals(last, clock.peek());
    }
  }

  @Test
  void fullCounterCarriesIntoTheMillisecond() {
    clock.raiseTo(at(START, 65_535));

    assertEquals(at(START + 1, 0), clock.now());
    assertEquals(at(START + 1, 1), clock.nowCoarse());
  }

  @Test
  void moreStampsThanCountersFitIntoAStandingMillisecond() {
    HybridTimestamp last = clock.now();
    for (int i = 0; i < 70_000; i++) {
      HybridTimestamp next = clock.now();
      assertTrue(next.isAfter(last));
      last = next;
    }
    assertEquals(at(START + 1, 70_000 - 65_536), last);
  }

  @Test
  void coarseStampStaysInTheMillisecondUpToTheResolution() {
    clock.now();
    time.set(START + 1000);
    assertEquals(at(START, 1), clock.nowCoarse());
    time.set(START + 1001);
    assertEquals(at(START + 1001, 0), clock.nowCoarse());
  }

  @Test
  void coarseStampsDoNotKeepExactOnesFromTheirTime() {
    clock.now();
    time.set(START + 500);

    assertEquals(at(START, 1), clock.nowCoarse());
    assertEquals(at(START + 500, 0), clock.now());
    assertEquals(at(START + 500, 1), clock.nowCoarse());
  }

  @Test
  void coarseStampsCarryToo() {
    clock.raiseTo(at(START, 65_535));
    time.set(START + 700);

    assertEquals(at(START + 1, 0), clock.nowCoarse());
  }

  @Test
  void coarseStampsAreExactWithoutResolution() {
    HybridLogicalClock exact = HybridLogicalClock.builder(time).stampResolutionMillis(0).build();
    exact.now();
    assertEquals(at(START, 1), exact.nowCoarse());
    time.set(START + 1);
    assertEquals(at(START + 1, 0), exact.nowCoarse());
  }

  @Test
  void firstCoarseStampTakesTheTime() {
    HybridLogicalClock lax =
        HybridLogicalClock.builder(time).stampResolutionMillis(Long.MAX_VALUE).build();

    assertEquals(at(START, 0), lax.nowCoarse());
  }

  @Test
  void isAboveEverythingObserved() {
    HybridTimestamp ahead = at(START + MINUTE, 7);

    assertTrue(clock.observe(PEER, ahead));
    assertEquals(ahead, clock.peek());
    assertEquals(ahead.next(), clock.now());
  }

  @Test
  void observingThePastChangesNothing() {
    HybridTimestamp issued = clock.now();

    assertTrue(clock.observe(PEER, at(START - MINUTE, 7)));
    assertTrue(clock.observe(PEER, issued));
    assertEquals(issued, clock.peek());
  }

  @Test
  void stampAtTheDriftBoundIsObservedAndOneBeyondIsNot() {
    HybridTimestamp atBound = at(START + 5 * MINUTE, 65_535);
    HybridTimestamp beyond = at(START + 5 * MINUTE + 1, 0);

    assertTrue(clock.withinDrift(atBound));
    assertFalse(clock.withinDrift(beyond));
    assertFalse(clock.observe(PEER, beyond));
    assertEquals(HybridTimestamp.ZERO, clock.peek());
    assertTrue(clock.observe(PEER, atBound));
  }

  @Test
  void stampBeyondTheBoundBecomesAcceptableAtTheTimeTold() {
    HybridTimestamp beyond = at(START + 60 * MINUTE, 0);
    long acceptableAt = clock.acceptableAtMillis(beyond);

    time.set(acceptableAt - 1);
    assertFalse(clock.withinDrift(beyond));
    time.set(acceptableAt);
    assertTrue(clock.withinDrift(beyond));
    assertTrue(clock.observe(PEER, beyond));
  }

  @Test
  void driftBoundCanBeSet() {
    HybridLogicalClock strict = HybridLogicalClock.builder(time).maxDriftMillis(0).build();
    HybridLogicalClock lax =
        HybridLogicalClock.builder(time).maxDriftMillis(Long.MAX_VALUE).build();

    assertTrue(strict.withinDrift(at(START, 9)));
    assertFalse(strict.withinDrift(at(START + 1, 0)));
    assertTrue(lax.withinDrift(HybridTimestamp.MAX_VALID));
    assertEquals(0, lax.acceptableAtMillis(HybridTimestamp.MAX_VALID));
  }

  @Test
  void restartedClockGoesOnAboveItsFloorWhateverTheWallClockSays() {
    HybridTimestamp floor = at(START + 60 * MINUTE, 3);
    HybridLogicalClock restarted = HybridLogicalClock.builder(time).floor(floor).build();

    assertEquals(floor, restarted.peek());
    assertEquals(floor.next(), restarted.now());
    clock.raiseTo(floor);
    assertEquals(floor.next(), clock.now());
  }

  @Test
  void raisingToThePastChangesNothing() {
    HybridTimestamp issued = clock.now();
    clock.raiseTo(at(START - 1, 0));
    clock.raiseTo(HybridTimestamp.ZERO);

    assertEquals(issued, clock.peek());
  }

  @Test
  void floorFromBefore2020DoesNotMakeStampsInvalid() {
    HybridLogicalClock old =
        HybridLogicalClock.builder(time)
            .floor(at(5, 5))
            .stampResolutionMillis(Long.MAX_VALUE)
            .build();

    assertEquals(at(START, 0), old.nowCoarse());
  }

  @Test
  void wallClockBefore2020CountsAs2020() {
    for (long reading : new long[] {Long.MIN_VALUE, -1, 0, 1_577_836_799_999L}) {
      time.set(reading);
      HybridLogicalClock dead = HybridLogicalClock.builder(time).build();
      assertEquals(HybridTimestamp.MIN_VALID, dead.now());
      assertEquals(HybridTimestamp.MIN_VALID.next(), dead.now());
      assertEquals(HybridTimestamp.MIN_VALID.millis(), dead.wallMillis());
    }
  }

  @Test
  void wallClockBeyond2200ExhaustsTheClockUntilItIsSet() {
    HybridTimestamp issued = clock.now();
    for (long reading : new long[] {7_258_118_400_001L, 1L << 48, Long.MAX_VALUE}) {
      time.set(reading);
      assertCode(ClockException.CLOCK_EXHAUSTED, clock::now);
      assertCode(ClockException.CLOCK_EXHAUSTED, clock::nowCoarse);
      assertEquals(issued, clock.peek());
    }
    time.set(START);
    assertEquals(issued.next(), clock.now());
  }

  @Test
  void lastMomentIsIssuedAndNothingAfterIt() {
    time.set(HybridTimestamp.MAX_VALID.millis());

    assertEquals(HybridTimestamp.MAX_VALID, clock.now());
    assertCode(ClockException.CLOCK_EXHAUSTED, clock::now);
    assertCode(ClockException.CLOCK_EXHAUSTED, clock::nowCoarse);
    assertEquals(HybridTimestamp.MAX_VALID, clock.peek());
  }

  @Test
  void stampsNoChangeMayCarryAreNotObserved() {
    HybridTimestamp tooLate = HybridTimestamp.MAX_VALID.next();
    HybridTimestamp tooEarly = at(HybridTimestamp.MIN_VALID.millis() - 1, 0);

    assertCode(ClockException.TIMESTAMP_RANGE, () -> clock.observe(PEER, tooLate));
    assertCode(ClockException.TIMESTAMP_RANGE, () -> clock.observe(PEER, tooEarly));
    assertCode(ClockException.TIMESTAMP_RANGE, () -> clock.observe(PEER, new HybridTimestamp(-1)));
    assertCode(ClockException.TIMESTAMP_RANGE, () -> clock.raiseTo(tooLate));
    assertEquals(HybridTimestamp.ZERO, clock.peek());
  }

  @Test
  void senselessSettingsAreRefused() {
    HybridLogicalClock.Builder builder = HybridLogicalClock.builder(time);

    assertCode(ClockException.CLOCK_SETTING, () -> builder.maxDriftMillis(-1));
    assertCode(ClockException.CLOCK_SETTING, () -> builder.stampResolutionMillis(-1));
    assertCode(ClockException.CLOCK_SETTING, () -> builder.setbackToleranceMillis(-1));
    assertCode(ClockException.CLOCK_SETTING, () -> builder.suspectAheadMillis(-1));
    assertCode(
        ClockException.TIMESTAMP_RANGE, () -> builder.floor(HybridTimestamp.MAX_VALID.next()));
  }

  @Test
  void lastStampWithinDriftIsTheLastOneThatMayBeObserved() {
    HybridTimestamp last = new HybridTimestamp(clock.lastWithinDrift(START));

    assertEquals(at(START + 5 * MINUTE, HybridTimestamp.MAX_COUNTER), last);
    assertTrue(clock.withinDrift(last));
    assertFalse(clock.withinDrift(last.next()));
  }

  @Test
  void lastStampWithinDriftIsNotBeyondWhatIsValid() {
    long end = HybridTimestamp.MAX_VALID.millis();
    HybridTimestamp limit = HybridTimestamp.MAX_VALID;

    assertEquals(limit.bits(), clock.lastWithinDrift(end));
    assertEquals(limit.bits(), clock.lastWithinDrift(end - 5 * MINUTE));
    assertEquals(
        at(end - 1, HybridTimestamp.MAX_COUNTER).bits(),
        clock.lastWithinDrift(end - 1 - 5 * MINUTE));
  }
}
