package dev.plait.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {

  private final VirtualTime time = VirtualTime.startingAt(1000);
  private final List<String> log = new ArrayList<>();

  private Runnable note(String what) {
    return () -> log.add(what + "@" + time.millis());
  }

  @Test
  void standsStillUntilItIsMoved() {
    time.execute(note("now"));
    time.after(5, note("later"));

    assertEquals(1000, time.millis());
    assertEquals(List.of(), log);
    assertFalse(time.isIdle());
  }

  @Test
  void runsTasksAtTheTimeTheyAreDueAndEndsWhereItWasToldTo() {
    time.after(20, note("second"));
    time.after(10, note("first"));
    time.after(21, note("too late"));

    time.advance(20);

    assertEquals(List.of("first@1010", "second@1020"), log);
    assertEquals(1020, time.millis());
  }

  @Test
  void runsTasksOfTheSameTimeInTheOrderTheyWereHandedOver() {
    time.after(5, note("a"));
    time.execute(note("b"));
    time.after(5, note("c"));
    time.after(-3, note("d"));

    time.advance(5);

    assertEquals(List.of("b@1000", "d@1000", "a@1005", "c@1005"), log);
  }

  @Test
  void runsWhatATaskLeadsToWhenItFallsDueOnTheWay() {
    time.after(
        10,
        () -> {
          time.execute(note("at once"));
          time.after(5, note("soon"));
          time.after(50, note("not yet"));
        });

    time.advance(20);

    assertEquals(List.of("at once@1010", "soon@1015"), log);
  }

  @Test
  void doesNotRunWhatWasCancelled() {
    Cancellable kept = time.after(10, note("kept"));
    Cancellable dropped = time.after(10, note("dropped"));
    dropped.cancel();
    dropped.cancel();

    time.advance(10);
    kept.cancel();

    assertEquals(List.of("kept@1010"), log);
    assertTrue(time.isIdle());
  }

  @Test
  void runsUntilIdleWithoutMovingFurtherThanTheTasksNeed() {
    time.after(30, () -> time.after(30, note("end")));

    assertTrue(time.runUntilIdle(1000));
    assertEquals(1060, time.millis());
    assertEquals(List.of("end@1060"), log);
  }

  @Test
  void givesUpGettingIdleAtTheLimit() {
    time.after(30, note("in time"));
    time.after(31, note("too late"));

    assertFalse(time.runUntilIdle(30));
    assertEquals(1030, time.millis());
    assertEquals(List.of("in time@1030"), log);
  }

  @Test
  void neverGoesBack() {
    time.execute(note("due"));
    time.advanceTo(5);

    assertEquals(1000, time.millis());
    assertEquals(List.of("due@1000"), log);
  }

  @Test
  void stopsAtTheEndOfTimeInsteadOfWrapping() {
    time.after(Long.MAX_VALUE, note("never"));
    time.advance(10);

    assertEquals(List.of(), log);
    assertEquals(1010, time.millis());
  }

  @Test
  void keepsTheTasksBehindOneThatThrows() {
    time.after(
        1,
        () -> {
          throw new IllegalArgumentException("a bad task");
        });
    time.after(1, note("next"));

    assertThrows(IllegalArgumentException.class, () -> time.advance(5));
    time.advance(5);

    assertEquals(List.of("next@1001"), log);
  }

  @Test
  void refusesToBeMovedByATask() {
    time.execute(() -> time.advance(1));

    assertThrows(IllegalStateException.class, () -> time.advance(1));
  }
}
