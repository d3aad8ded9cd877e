package dev.plait.crdt;

import static dev.plait.crdt.Site.canonical;
import static dev.plait.crdt.Site.refusalOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CounterTest {
  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

  private final Site alice = new Site(1);
  private final Site bob = new Site(2);
  private final Site carol = new Site(3);

  private static Counter replay(Operation... operations) {
    Counter counter = new Counter();
    for (Operation operation : operations) {
      counter.apply(operation);
      counter.checkInvariants();
    }
    return counter;
  }

  private void assertAddRefused(String code, Counter counter, long amount, long time) {
    String before = canonical(counter);
    EditException refused =
        assertThrows(EditException.class, () -> counter.add(amount, alice.at(time)));
    assertEquals(code, refused.code());
    assertEquals(before, canonical(counter));
  }

  @Test
  void allIncrementsCount() {
    Operation three = new Counter().add(3, alice.at(1));
    Operation minusFive = new Counter().add(-5, bob.at(1));
    assertEquals(-2, replay(three, minusFive).value());
    assertEquals(canonical(replay(three, minusFive)), canonical(replay(minusFive, three)));
  }

  @Test
  void addThatArrivesAgainCountsOnce() {
    Operation add = new Counter().add(3, alice.at(1));
    Counter counter = replay(add, add);
    assertEquals(3, counter.value());
    assertTrue(counter.apply(add).isEmpty());
  }

  @Test
  void addingNothingIsRefused() {
    assertAddRefused(EditException.EMPTY_EDIT, new Counter(), 0, 1);
    Operation forged = new Operation.CounterAdd(alice.at(1), 0);
    assertEquals(EditException.EMPTY_EDIT, refusalOf(new Counter(), forged));
  }

  @Test
  void stampMustBeatTheLastOfItsReplica() {
    Counter counter = new Counter();
    counter.add(1, alice.at(5));
    assertAddRefused(EditException.STAMP_NOT_NEWER, counter, 1, 5);
    counter.add(1, bob.at(2));
    assertEquals(2, counter.value());
  }

  @Test
  void valueReachesBothEndsOfALongAndStopsThere() {
    Counter counter = new Counter();
    counter.add(Long.MAX_VALUE, alice.at(1));
    assertEquals(Long.MAX_VALUE, counter.value());
    assertAddRefused(EditException.COUNTER_OVERFLOW, counter, 1, 2);
    counter.add(-Long.MAX_VALUE, alice.at(2));
    counter.add(Long.MIN_VALUE, alice.at(3));
    assertEquals(Long.MIN_VALUE, counter.value());
    assertAddRefused(EditException.COUNTER_OVERFLOW, counter, -1, 4);
    assertAddRefused(EditException.COUNTER_OVERFLOW, counter, Long.MIN_VALUE, 4);
    counter.checkInvariants();
  }

  @Test
  void localAddIsRefusedWhenOnlyTheVisibleValueOverflows() {
    Counter counter = replay(new Counter().add(Long.MAX_VALUE, bob.at(1)));
    assertAddRefused(EditException.COUNTER_OVERFLOW, counter, 1, 2);
    counter.add(-1, alice.at(2));
    assertEquals(Long.MAX_VALUE - 1, counter.value());
  }

  @Test
  void localAddIsRefusedWhenOnlyTheOwnSumOverflows() {
    Counter counter = new Counter();
    counter.add(Long.MAX_VALUE, alice.at(1));
    counter.apply(new Counter().add(-10, bob.at(1)));
    assertAddRefused(EditException.COUNTER_OVERFLOW, counter, 1, 2);
    counter.add(-1, alice.at(2));
    assertEquals(Long.MAX_VALUE - 11, counter.value());
  }

  @Test
  void concurrentAddsBeyondALongAreKeptExactly() {
    Operation here = new Counter().add(Long.MAX_VALUE, alice.at(1));
    Operation there = new Counter().add(Long.MAX_VALUE, bob.at(1));
    Counter counter = replay(here, there);
    assertEquals(Long.MAX_VALUE, counter.value());
    assertEquals(MAX.add(MAX), counter.exactValue());
    Operation third = new Counter().add(Long.MIN_VALUE, carol.at(1));
    assertEquals(Long.MAX_VALUE - 1, replay(here, there, third).value());
    Operation low = new Counter().add(Long.MIN_VALUE, alice.at(1));
    Operation lower = new Counter().add(Long.MIN_VALUE, bob.at(1));
    assertEquals(Long.MIN_VALUE, replay(low, lower).value());
  }

  @Test
  void addThatLeadsBackTowardsTheRangeIsAllowed() {
    Counter counter =
        replay(
            new Counter().add(Long.MAX_VALUE, bob.at(1)),
            new Counter().add(Long.MAX_VALUE, carol.at(1)));
    assertAddRefused(EditException.COUNTER_OVERFLOW, counter, 1, 1);
    counter.add(-5, alice.at(1));
    assertEquals(MAX.add(MAX).subtract(BigInteger.valueOf(5)), counter.exactValue());
    assertEquals(Long.MAX_VALUE, counter.value());
  }

  @Test
  void remoteAddIsRefusedExactlyWhenTheSumOfItsReplicaOverflows() {
    Operation all = new Counter().add(Long.MAX_VALUE, alice.at(1));
    Operation forged = new Operation.CounterAdd(alice.at(2), 1);
    Operation others = new Counter().add(-100, bob.at(1));
    assertEquals(EditException.COUNTER_OVERFLOW, refusalOf(replay(all), forged));
    Counter counter = replay(all, others);
    String before = canonical(counter);
    OperationException refused =
        assertThrows(OperationException.class, () -> counter.apply(forged));
    assertEquals(EditException.COUNTER_OVERFLOW, refused.code());
    assertEquals(before, canonical(counter));
    assertNull(counter.check(new Operation.CounterAdd(bob.at(2), Long.MAX_VALUE)));
    assertNull(counter.check(all));
  }

  @Test
  void resetTakesAwayExactlyWhatItSaw() {
    Counter here = new Counter();
    Operation seen = here.add(10, alice.at(1));
    Operation unseen = new Counter().add(5, bob.at(1));
    Operation reset = Objects.requireNonNull(here.reset());
    assertEquals(0, here.value());
    assertFalse(here.hasContent());
    assertEquals(5, replay(seen, reset, unseen).value());
    assertEquals(canonical(replay(seen, reset, unseen)), canonical(replay(seen, unseen, reset)));
    assertTrue(replay(seen, unseen, reset).hasUnresetContributions());
  }

  @Test
  void concurrentResetsOfTheSameContributionCountOnce() {
    Counter here = new Counter();
    Operation add = here.add(10, alice.at(1));
    Counter there = replay(add);
    Operation one = Objects.requireNonNull(here.reset());
    Operation more = there.add(7, bob.at(2));
    Operation other = Objects.requireNonNull(there.reset());
    Counter counter = replay(add, one, more, other);
    assertEquals(0, counter.value());
    assertEquals(canonical(counter), canonical(replay(add, more, other, one)));
  }

  @Test
  void countingGoesOnAfterAReset() {
    Counter counter = new Counter();
    counter.add(10, alice.at(1));
    counter.reset();
    assertNull(counter.reset());
    counter.add(4, alice.at(2));
    assertEquals(4, counter.value());
    assertTrue(counter.hasUnresetContributions());
    Operation.CounterReset again = Objects.requireNonNull(counter.reset());
    assertEquals(List.of(new Contribution(alice.at(2), 14)), again.observed());
    assertEquals(0, counter.value());
    counter.checkInvariants();
  }

  @Test
  void resetNamesWhatItSawInTheOrderOfReplicas() {
    Counter counter = new Counter();
    for (int number = 9; number > 0; number--) {
      counter.add(number, new Site(number).at(10 - number));
    }
    List<Contribution> observed = Objects.requireNonNull(counter.reset()).observed();
    for (int number = 1; number <= 9; number++) {
      assertEquals(
          new Contribution(new Site(number).at(10 - number), number), observed.get(number - 1));
    }
  }

  @Test
  void contributionsThatCancelOutAreStillContent() {
    Counter counter = new Counter();
    counter.add(1, alice.at(1));
    counter.add(-1, alice.at(2));
    assertEquals(0, counter.value());
    assertTrue(counter.hasContent());
  }

  @Test
  void forgedResetDoesNotSplitReplicas() {
    Operation add = new Counter().add(10, alice.at(1));
    Operation later = replay(add).add(1, alice.at(2));
    Operation forged =
        new Operation.CounterReset(
            List.of(
                new Contribution(alice.at(1), Long.MIN_VALUE),
                new Contribution(alice.at(9), Long.MAX_VALUE),
                new Contribution(carol.at(4), Long.MIN_VALUE)));
    Counter counter = replay(add, forged, later);
    assertEquals(canonical(counter), canonical(replay(add, later, forged)));
    assertEquals(canonical(counter), canonical(replay(forged, add, later)));
    assertTrue(counter.apply(forged).isEmpty());
    assertEquals(Counter.of(counter.state()).exactValue(), counter.exactValue());
  }

  @Test
  void joinTakesTheLaterSumOfEachReplica() {
    Counter here = new Counter();
    here.add(10, alice.at(1));
    Counter there = Counter.of(here.state());
    here.add(-3, alice.at(2));
    there.add(100, bob.at(1));
    assertEquals(new Patch.OfCounter(7, 107), here.join(there.state()));
    there.join(here.state());
    assertEquals(canonical(here), canonical(there));
  }

  @Test
  void stateWithReplicasOutOfOrderIsRefused() {
    Contribution first = new Contribution(alice.at(5), 1);
    Contribution second = new Contribution(bob.at(1), 1);
    assertEquals(
        1, Counter.of(new State.OfCounter(List.of(first, second), List.of(first))).value());
    for (State.OfCounter malformed :
        List.of(
            new State.OfCounter(List.of(second, first), List.of()),
            new State.OfCounter(List.of(first, first), List.of()),
            new State.OfCounter(List.of(), List.of(second, first)))) {
      OperationException refused =
          assertThrows(OperationException.class, () -> Counter.of(malformed));
      assertEquals("MALFORMED_STATE", refused.code());
    }
  }
}
