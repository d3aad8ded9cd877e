package dev.plait.clock;

import static dev.plait.clock.Failures.assertCode;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class DotTest {

  private static final ReplicaId LOW = ReplicaId.of(1, 0);
  private static final ReplicaId HIGH = ReplicaId.of(-1, 0);

  @Test
  void countersStartAtOne() {
    assertCode(ClockException.COUNTER_RANGE, () -> new Dot(LOW, 0));
    assertCode(ClockException.COUNTER_RANGE, () -> new Dot(LOW, -1));
  }

  @Test
  void neighboursLeadThereAndBack() {
    Dot second = new Dot(LOW, 2);

    assertEquals(new Dot(LOW, 3), second.next());
    assertEquals(new Dot(LOW, 1), second.previous());
    assertNull(new Dot(LOW, 1).previous());
    assertCode(ClockException.COUNTER_RANGE, () -> new Dot(LOW, Long.MAX_VALUE).next());
  }

  @Test
  void orderIsReplicaThenCounter() {
    assertTrue(new Dot(LOW, 9).compareTo(new Dot(HIGH, 1)) < 0);
    assertTrue(new Dot(LOW, 9).compareTo(new Dot(LOW, 10)) < 0);
    assertEquals(0, new Dot(LOW, 9).compareTo(new Dot(LOW, 9)));
  }

  @Test
  void textRoundTripsAndPrintedFormIsBrief() {
    Dot dot = new Dot(LOW, Long.MAX_VALUE);

    assertEquals("00000000000000010000000000000000:9223372036854775807", dot.text());
    assertEquals(dot, Dot.parse(dot.text()));
    assertEquals("00000000:9223372036854775807", dot.toString());
  }

  @Test
  void otherTextsAreRefused() {
    String replica = LOW.toString();
    for (String bad :
        List.of(
            "",
            ":",
            ":1",
            replica,
            replica + ":",
            replica + ":0",
            replica + ":01",
            replica + ":+1",
            replica + ":-1",
            replica + ":1 ",
            replica + "#1",
            replica + "::1",
            replica + ":9223372036854775808",
            replica + ":99999999999999999999",
            "x" + replica.substring(1) + ":1",
            replica.substring(1) + ":1")) {
      assertCode(ClockException.DOT_SYNTAX, () -> Dot.parse(bad));
    }
  }

  @Test
  void rangeHoldsItsEndsAndWhatIsBetween() {
    DotRange range = new DotRange(LOW, 3, 5);

    assertEquals(3, range.size());
    assertFalse(range.contains(new Dot(LOW, 2)));
    assertTrue(range.contains(new Dot(LOW, 3)));
    assertTrue(range.contains(new Dot(LOW, 5)));
    assertFalse(range.contains(new Dot(LOW, 6)));
    assertFalse(range.contains(new Dot(HIGH, 4)));
    assertEquals(Long.MAX_VALUE, new DotRange(LOW, 1, Long.MAX_VALUE).size());
  }

  @Test
  void rangeIsNeverEmptyAndStartsAtOneOrLater() {
    assertCode(ClockException.COUNTER_RANGE, () -> new DotRange(LOW, 0, 1));
    assertCode(ClockException.COUNTER_RANGE, () -> new DotRange(LOW, 2, 1));
  }
}
