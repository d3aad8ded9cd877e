package dev.plait.properties.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** The hybrid logical clock under every sequence of wall-clock readings and observed stamps. */
class ClockProperties {
  private static final long START = 1_800_000_000_000L;
  private static final long MAX_DRIFT = 1000;
  private static final long RESOLUTION = 50;
  private static final ReplicaId PEER = ReplicaId.of(0, 7);

  /** What happens to a clock. */
  sealed interface Event {
    /** The wall clock jumps, in either direction, or stands still. */
    record Jump(long byMillis) implements Event {}

    /** A stamp is issued. */
    record Now() implements Event {}

    /** A stamp without arbiter is issued. */
    record NowCoarse() implements Event {}

    /** A peer's stamp this far from the wall clock is shown to the clock. */
    record Observe(long aheadMillis, int counter) implements Event {}
  }

  /** A clock, its wall clock, and the greatest stamp it knows of. */
  private static final class Subject {
    final AtomicLong wall = new AtomicLong(START);
    final HybridLogicalClock clock;
    HybridTimestamp greatest;

    Subject(HybridTimestamp floor) {
      clock =
          HybridLogicalClock.builder(wall::get)
              .maxDriftMillis(MAX_DRIFT)
              .stampResolutionMillis(RESOLUTION)
              .floor(floor)
              .build();
      greatest = floor;
    }

    /** Lets it happen; returns the stamp issued, if it is one of those events. */
    HybridTimestamp happen(Event event) {
      HybridTimestamp issued = HybridTimestamp.ZERO;
      if (event instanceof Event.Jump jump) {
        wall.addAndGet(jump.byMillis());
      } else if (event instanceof Event.Now) {
        issued = clock.now();
        greatest = issued;
      } else if (event instanceof Event.NowCoarse) {
        issued = clock.nowCoarse();
        greatest = issued;
      } else if (event instanceof Event.Observe observe) {
        HybridTimestamp stamp = stamp(observe);
        if (clock.observe(PEER, stamp) && stamp.isAfter(greatest)) {
          greatest = stamp;
        }
      }
      return issued;
    }

    HybridTimestamp stamp(Event.Observe observe) {
      return HybridTimestamp.of(wall.get() + observe.aheadMillis(), observe.counter());
    }
  }

  @Provide
  Arbitrary<Event> events() {
    Arbitrary<Long> jumps =
        Arbitraries.oneOf(
            Arbitraries.longs().between(0, 3),
            Arbitraries.longs().between(-100, 100),
            Arbitraries.longs().between(-100_000, 100_000));
    Arbitrary<Long> ahead = Arbitraries.longs().between(-2 * MAX_DRIFT, 2 * MAX_DRIFT);
    return Arbitraries.oneOf(
        jumps.map(Event.Jump::new),
        Arbitraries.create(Event.Now::new),
        Arbitraries.create(Event.NowCoarse::new),
        Combinators.combine(ahead, counters()).as(Event.Observe::new));
  }

  @Provide
  Arbitrary<HybridTimestamp> floors() {
    Arbitrary<Long> ahead = Arbitraries.longs().between(-10_000, 10_000_000);
    Arbitrary<HybridTimestamp> some =
        Combinators.combine(ahead, counters())
            .as((millis, counter) -> HybridTimestamp.of(START + millis, counter));
    return Arbitraries.oneOf(Arbitraries.just(HybridTimestamp.ZERO), some);
  }

  private static Arbitrary<Integer> counters() {
    return Arbitraries.oneOf(
        Arbitraries.of(0, HybridTimestamp.MAX_COUNTER - 1, HybridTimestamp.MAX_COUNTER),
        Arbitraries.integers().between(0, HybridTimestamp.MAX_COUNTER));
  }

  @Property
  void everyStampIsAboveAllIssuedObservedAndTheRestartFloor(
      @ForAll("floors") HybridTimestamp floor,
      @ForAll @Size(max = 60) List<@From("events") Event> events) {
    Subject subject = new Subject(floor);
    for (Event event : events) {
      HybridTimestamp before = subject.greatest;
      HybridTimestamp issued = subject.happen(event);
      assertTrue(isNotIssuing(event) || issued.isAfter(before), () -> issued + " <= " + before);
    }
  }

  @Property
  void aStampIsTheWallClockOrTheNextAfterTheGreatestKnown(
      @ForAll("floors") HybridTimestamp floor,
      @ForAll @Size(max = 60) List<@From("events") Event> events) {
    Subject subject = new Subject(floor);
    for (Event event : events) {
      HybridTimestamp before = subject.greatest;
      HybridTimestamp issued = subject.happen(event);
      if (event instanceof Event.Now) {
        long wall = subject.wall.get();
        // The counter that carries is part of next(): it counts on in the millisecond after.
        HybridTimestamp expected =
            wall > before.millis() ? HybridTimestamp.of(wall, 0) : before.next();
        assertEquals(expected, issued);
      }
    }
  }

  @Property
  void aCoarseStampKeepsTheMillisecondExactlyAsLongAsItLagsByTheResolution(
      @ForAll("floors") HybridTimestamp floor,
      @ForAll @Size(max = 60) List<@From("events") Event> events) {
    Subject subject = new Subject(floor);
    for (Event event : events) {
      HybridTimestamp before = subject.greatest;
      HybridTimestamp issued = subject.happen(event);
      if (event instanceof Event.NowCoarse) {
        long wall = subject.wall.get();
        boolean near = wall - before.millis() <= RESOLUTION;
        assertEquals(near ? before.next() : HybridTimestamp.of(wall, 0), issued);
      }
    }
  }

  @Property
  void withoutAFloorNoStampRunsFurtherAheadThanTheDriftBoundAndTheCarries(
      @ForAll @Size(max = 60) List<@From("events") Event> events) {
    Subject subject = new Subject(HybridTimestamp.ZERO);
    long greatestWall = START;
    for (Event event : events) {
      HybridTimestamp issued = subject.happen(event);
      greatestWall = Math.max(greatestWall, subject.wall.get());
      // Each event carries at most once, so the carries are no more than the events.
      long bound = greatestWall + MAX_DRIFT + events.size();
      assertTrue(issued.millis() <= bound, () -> issued + " is beyond " + bound);
    }
  }

  @Property
  void anObservationIsRefusedExactlyBeyondTheDriftBoundAndThenChangesNothing(
      @ForAll("floors") HybridTimestamp floor,
      @ForAll @Size(max = 60) List<@From("events") Event> events) {
    Subject subject = new Subject(floor);
    for (Event event : events) {
      HybridTimestamp before = subject.clock.peek();
      if (event instanceof Event.Observe observe) {
        HybridTimestamp stamp = subject.stamp(observe);
        boolean within = observe.aheadMillis() <= MAX_DRIFT;
        assertEquals(within, subject.clock.withinDrift(stamp));
        subject.happen(event);
        boolean raised = within && stamp.isAfter(before);
        assertEquals(raised ? stamp : before, subject.clock.peek());
      } else {
        subject.happen(event);
      }
    }
  }

  @Property
  void aRestartedClockGoesOnAboveItsFormerLifeWhateverTheWallClockSays(
      @ForAll @Size(max = 30) List<@From("events") Event> before,
      @ForAll @Size(max = 30) List<@From("events") Event> after) {
    Subject first = new Subject(HybridTimestamp.ZERO);
    before.forEach(first::happen);
    HybridTimestamp last = first.clock.peek();
    Subject second = new Subject(last);
    for (Event event : after) {
      HybridTimestamp issued = second.happen(event);
      assertTrue(isNotIssuing(event) || issued.isAfter(last), () -> issued + " <= " + last);
    }
  }

  @Property
  void theCounterCarriesIntoTheMillisecondWhenItIsFull(
      @ForAll("floors") HybridTimestamp floor, @ForAll boolean coarse) {
    HybridTimestamp full =
        HybridTimestamp.of(START + floor.millis() % 1000, HybridTimestamp.MAX_COUNTER);
    Subject subject = new Subject(full);
    HybridTimestamp issued = coarse ? subject.clock.nowCoarse() : subject.clock.now();
    assertEquals(HybridTimestamp.of(full.millis() + 1, 0), issued);
  }

  private static boolean isNotIssuing(Event event) {
    return event instanceof Event.Jump || event instanceof Event.Observe;
  }
}
