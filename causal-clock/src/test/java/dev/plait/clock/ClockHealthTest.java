package dev.plait.clock;

import static dev.plait.clock.ManualTime.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.ClockHealth.LocalClockSuspect;
import dev.plait.clock.ClockHealth.WallClockWentBack;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ClockHealthTest {

  private static final long MINUTE = 60_000;

  private final ManualTime time = new ManualTime();
  private final List<ClockHealth> events = new ArrayList<>();
  private final HybridLogicalClock clock =
      HybridLogicalClock.builder(time).onHealth(events::add).build();

  private void observe(int peer, long aheadMillis) {
    clock.observe(ReplicaId.of(peer, 0), HybridTimestamp.of(time.millis() + aheadMillis, 0));
  }

  private void assertEvents(ClockHealth... expected) {
    assertEquals(List.of(expected), events);
  }

  @Test
  void smallSetbackIsNoNews() {
    clock.now();
    time.set(START - 1000);
    clock.now();

    assertEvents();
  }

  @Test
  void setbackIsReportedOnce() {
    clock.now();
    time.set(START - 1001);
    clock.now();
    clock.now();
    time.set(START - 500);
    clock.now();

    assertEvents(new WallClockWentBack(1001));
  }

  @Test
  void setbackIsMeasuredFromTheGreatestReading() {
    clock.now();
    time.set(START - 600);
    clock.now();
    time.set(START - 1200);
    clock.now();

    assertEvents(new WallClockWentBack(1200));
  }

  @Test
  void eachFurtherSetbackIsReported() {
    clock.now();
    time.set(START - MINUTE);
    clock.now();
    time.set(START - 2 * MINUTE);
    clock.now();
    time.set(START);
    clock.now();
    time.set(START - MINUTE);
    clock.now();

    assertEvents(
        new WallClockWentBack(MINUTE),
        new WallClockWentBack(MINUTE),
        new WallClockWentBack(MINUTE));
  }

  @Test
  void setbackBefore2020IsMeasuredTo2020() {
    clock.now();
    time.set(Long.MIN_VALUE);
    clock.now();

    assertEvents(new WallClockWentBack(START - HybridTimestamp.MIN_VALID.millis()));
  }

  @Test
  void anyReadingNoticesASetback() {
    clock.wallMillis();
    time.set(START - MINUTE);
    clock.withinDrift(HybridTimestamp.MIN_VALID);

    assertEvents(new WallClockWentBack(MINUTE));
  }

  /** A wall clock that stands still for a reader while another thread gets in a later reading. */
  private static final class Overtaken implements TimeSource {
    private final List<ClockHealth> events = new ArrayList<>();
    private final HybridLogicalClock clock =
        HybridLogicalClock.builder(this).onHealth(events::add).build();
    private long millis = START;
    private boolean overtaking;

    @Override
    public long millis() {
      long reading = millis;
      if (!overtaking) {
        overtaking = true;
        millis += MINUTE;
        clock.wallMillis();
      }
      return reading;
    }
  }

  @Test
  void readingOvertakenByAnotherThreadIsNoSetback() {
    Overtaken source = new Overtaken();

    assertEquals(START + MINUTE, source.clock.wallMillis());
    assertEquals(List.of(), source.events);
  }

  @Test
  void threePeersAheadMakeTheLocalClockSuspect() {
    observe(1, MINUTE + 3);
    observe(2, MINUTE + 1);
    assertEvents();
    observe(3, MINUTE + 2);

    assertEvents(new LocalClockSuspect(3, MINUTE + 1));
  }

  @Test
  void onePeerIsOnlyOneHoweverOftenSeen() {
    for (int i = 0; i < 10; i++) {
      observe(1, 2 * MINUTE + i);
      observe(2, 2 * MINUTE + i);
    }

    assertEvents();
  }

  @Test
  void latestSightingOfAPeerCounts() {
    observe(1, 4 * MINUTE);
    observe(2, 3 * MINUTE);
    observe(1, 2 * MINUTE);
    observe(3, 3 * MINUTE);

    assertEvents(new LocalClockSuspect(3, 2 * MINUTE));
  }

  @Test
  void peerAheadByTheThresholdAgrees() {
    observe(1, 2 * MINUTE);
    observe(2, 2 * MINUTE);
    observe(4, MINUTE);
    observe(3, 2 * MINUTE);

    assertEvents();
  }

  @Test
  void peerBehindByTheThresholdAgrees() {
    observe(1, 2 * MINUTE);
    observe(2, 2 * MINUTE);
    observe(4, -MINUTE);
    observe(3, 2 * MINUTE);

    assertEvents();
  }

  @Test
  void oldChangeSaysNothing() {
    observe(1, 2 * MINUTE);
    observe(2, 2 * MINUTE);
    observe(4, -MINUTE - 1);
    observe(3, 2 * MINUTE);

    assertEvents(new LocalClockSuspect(3, 2 * MINUTE));
  }

  @Test
  void peersThatOnlyCountedUpFromOneFastClockAreNoEvidence() {
    HybridTimestamp fast = HybridTimestamp.of(START + 2 * MINUTE, 0);
    clock.observe(ReplicaId.of(1, 0), fast);
    for (int peer = 2; peer < 10; peer++) {
      fast = fast.next();
      clock.observe(ReplicaId.of(peer, 0), fast);
    }

    assertEvents();
  }

  @Test
  void stampsBeyondTheDriftBoundAreEvidenceToo() {
    observe(1, 60 * MINUTE);
    observe(2, 50 * MINUTE);
    observe(3, 40 * MINUTE);

    assertEvents(new LocalClockSuspect(3, 40 * MINUTE));
    assertEquals(HybridTimestamp.ZERO, clock.peek());
  }

  @Test
  void suspicionIsReportedAgainOnlyAfterAPeerAgreed() {
    for (int peer = 1; peer <= 6; peer++) {
      observe(peer, 2 * MINUTE);
    }
    assertEvents(new LocalClockSuspect(3, 2 * MINUTE));
    observe(7, 0);
    observe(1, 3 * MINUTE);
    observe(2, 3 * MINUTE);
    assertEvents(new LocalClockSuspect(3, 2 * MINUTE));
    observe(3, 3 * MINUTE);

    assertEvents(new LocalClockSuspect(3, 2 * MINUTE), new LocalClockSuspect(3, 3 * MINUTE));
  }

  @Test
  void thresholdsCanBeSet() {
    HybridLogicalClock strict =
        HybridLogicalClock.builder(time)
            .setbackToleranceMillis(0)
            .suspectAheadMillis(0)
            .onHealth(events::add)
            .build();
    for (int peer = 1; peer <= 3; peer++) {
      strict.observe(ReplicaId.of(peer, 0), HybridTimestamp.of(START + 1, 0));
    }
    time.set(START - 1);
    strict.now();

    assertEvents(new LocalClockSuspect(3, 1), new WallClockWentBack(1));
  }

  @Test
  void throwingListenerFailsOneCallAndLeavesTheClockIntact() {
    Consumer<ClockHealth> broken =
        event -> {
          throw new IllegalStateException("listener");
        };
    HybridLogicalClock watched = HybridLogicalClock.builder(time).onHealth(broken).build();
    HybridTimestamp issued = watched.now();
    time.set(START - MINUTE);

    assertThrows(IllegalStateException.class, watched::now);
    assertEquals(issued, watched.peek());
    assertEquals(issued.next(), watched.now());

    HybridTimestamp ahead = HybridTimestamp.of(START + 2 * MINUTE, 0);
    assertTrue(watched.observe(ReplicaId.of(1, 0), HybridTimestamp.of(START + MINUTE, 0)));
    assertTrue(watched.observe(ReplicaId.of(2, 0), HybridTimestamp.of(START + MINUTE, 0)));
    assertThrows(IllegalStateException.class, () -> watched.observe(ReplicaId.of(3, 0), ahead));
    assertEquals(HybridTimestamp.of(START + MINUTE, 0), watched.peek());
    assertTrue(watched.observe(ReplicaId.of(3, 0), ahead));
    assertEquals(ahead.next(), watched.now());
  }
}
