package dev.plait.clock;

import static dev.plait.clock.Failures.assertCode;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ElementIdTest {

  private static final ReplicaId LOW = ReplicaId.of(1, 0);
  private static final ReplicaId HIGH = ReplicaId.of(-1, 0);

  @Test
  void sequenceNumbersStartAtOne() {
    assertCode(ClockException.COUNTER_RANGE, () -> new ElementId(LOW, 0));
    assertCode(ClockException.COUNTER_RANGE, () -> new ElementId(LOW, Long.MIN_VALUE));
  }

  @Test
  void orderIsUnsignedReplicaThenSequenceNumber() {
    assertTrue(new ElementId(LOW, 9).compareTo(new ElementId(HIGH, 1)) < 0);
    assertTrue(new ElementId(LOW, 9).compareTo(new ElementId(LOW, 10)) < 0);
    assertEquals(0, new ElementId(LOW, 9).compareTo(new ElementId(LOW, 9)));
  }

  @Test
  void movesWithinTheRangeOfSequenceNumbersOnly() {
    ElementId fifth = new ElementId(LOW, 5);
    ElementId last = new ElementId(LOW, Long.MAX_VALUE);

    assertEquals(new ElementId(LOW, 12), fifth.plus(7));
    assertEquals(new ElementId(LOW, 1), fifth.plus(-4));
    assertEquals(last, fifth.plus(Long.MAX_VALUE - 5));
    assertCode(ClockException.COUNTER_RANGE, () -> fifth.plus(-5));
    assertCode(ClockException.COUNTER_RANGE, () -> fifth.plus(Long.MIN_VALUE));
    assertCode(ClockException.COUNTER_RANGE, () -> fifth.plus(Long.MAX_VALUE - 4));
    assertCode(ClockException.COUNTER_RANGE, () -> last.plus(1));
  }

  @Test
  void textRoundTripsAndPrintedFormIsBrief() {
    ElementId id = new ElementId(HIGH, 42);

    assertEquals("ffffffffffffffff0000000000000000#42", id.text());
    assertEquals(id, ElementId.parse(id.text()));
    assertEquals("ffffffff#42", id.toString());
  }

  @Test
  void otherTextsAreRefused() {
    String replica = LOW.toString();
    for (String bad :
        List.of("", "#", replica, replica + "#", replica + "#0", replica + ":1", "ab#1")) {
      assertCode(ClockException.ELEMENT_ID_SYNTAX, () -> ElementId.parse(bad));
    }
  }

  @Test
  void rangeHoldsConsecutiveIdsOfOneReplica() {
    ElementRange range = new ElementRange(new ElementId(LOW, 3), 3);

    assertEquals(new ElementId(LOW, 5), range.last());
    assertFalse(range.contains(new ElementId(LOW, 2)));
    assertTrue(range.contains(new ElementId(LOW, 3)));
    assertTrue(range.contains(new ElementId(LOW, 5)));
    assertFalse(range.contains(new ElementId(LOW, 6)));
    assertFalse(range.contains(new ElementId(HIGH, 4)));
  }

  @Test
  void rangeHoldsAtLeastOneIdAndNoneThatDoesNotExist() {
    ElementId last = new ElementId(LOW, Long.MAX_VALUE);

    assertEquals(last, new ElementRange(last, 1).last());
    assertTrue(new ElementRange(last, 1).contains(last));
    assertCode(ClockException.COUNTER_RANGE, () -> new ElementRange(last, 2));
    assertCode(ClockException.COUNTER_RANGE, () -> new ElementRange(last, 0));
    assertCode(ClockException.COUNTER_RANGE, () -> new ElementRange(last, Integer.MIN_VALUE));
  }
}
