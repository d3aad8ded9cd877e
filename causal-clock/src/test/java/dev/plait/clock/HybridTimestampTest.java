package dev.plait.clock;

import static dev.plait.clock.Failures.assertCode;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HybridTimestampTest {

  private static final HybridTimestamp LAST = new HybridTimestamp(-1);

  @Test
  void partsAreReadBack() {
    HybridTimestamp timestamp = HybridTimestamp.of(1_795_231_029_123L, 65_535);

    assertEquals(1_795_231_029_123L, timestamp.millis());
    assertEquals(65_535, timestamp.counter());
    assertEquals(HybridTimestamp.MAX_MILLIS, LAST.millis());
    assertEquals(LAST, HybridTimestamp.of(HybridTimestamp.MAX_MILLIS, HybridTimestamp.MAX_COUNTER));
  }

  @Test
  void partsOutsideTheirRangeAreRefused() {
    assertCode(ClockException.TIMESTAMP_RANGE, () -> HybridTimestamp.of(-1, 0));
    assertCode(ClockException.TIMESTAMP_RANGE, () -> HybridTimestamp.of(1L << 48, 0));
    assertCode(ClockException.TIMESTAMP_RANGE, () -> HybridTimestamp.of(0, -1));
    assertCode(ClockException.TIMESTAMP_RANGE, () -> HybridTimestamp.of(0, 65_536));
  }

  @Test
  void orderIsUnsigned() {
    HybridTimestamp topBitSet = HybridTimestamp.of(1L << 47, 0);

    assertTrue(topBitSet.isAfter(HybridTimestamp.MAX_VALID));
    assertTrue(LAST.isAfter(topBitSet));
    assertTrue(HybridTimestamp.compare(-1, 1) > 0);
    assertFalse(HybridTimestamp.ZERO.isAfter(HybridTimestamp.ZERO));
    assertTrue(HybridTimestamp.of(2, 0).isAfter(HybridTimestamp.of(1, 65_535)));
  }

  @Test
  void nextCarriesIntoTheMillisecond() {
    assertEquals(HybridTimestamp.of(7, 1), HybridTimestamp.of(7, 0).next());
    assertEquals(HybridTimestamp.of(8, 0), HybridTimestamp.of(7, 65_535).next());
    assertCode(ClockException.TIMESTAMP_RANGE, LAST::next);
  }

  @Test
  void validFrom2020To2200BothIncluded() {
    long first = Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();
    long last = Instant.parse("2200-01-01T00:00:00Z").toEpochMilli();

    assertFalse(HybridTimestamp.of(first - 1, 65_535).isValid());
    assertTrue(HybridTimestamp.of(first, 0).isValid());
    assertTrue(HybridTimestamp.of(last, 0).isValid());
    assertFalse(HybridTimestamp.of(last, 1).isValid());
    assertFalse(LAST.isValid());
  }

  @Test
  void textIsUtcTimeAndCounter() {
    HybridTimestamp timestamp =
        HybridTimestamp.of(Instant.parse("2026-11-21T03:17:09.120Z").toEpochMilli(), 5);

    assertEquals("2026-11-21T03:17:09.120Z+5", timestamp.toString());
    assertEquals("1970-01-01T00:00:00.000Z+0", HybridTimestamp.ZERO.toString());
  }

  @Test
  void textAgreesWithTheCalendarAndRoundTrips() {
    DateTimeFormatter calendar =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT);
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      HybridTimestamp timestamp = new HybridTimestamp(random.nextLong());
      Instant instant = Instant.ofEpochMilli(timestamp.millis());
      String text = timestamp.toString();
      String expected = calendar.format(instant.atOffset(ZoneOffset.UTC)).replace("+", "");
      assertEquals(expected + "+" + timestamp.counter(), text);
      assertEquals(timestamp, HybridTimestamp.parse(text));
    }
    assertEquals(LAST, HybridTimestamp.parse(LAST.toString()));
  }

  @Test
  void everyDayAroundLeapYearsHasItsDate() {
    for (String start : List.of("1999-12-30", "2024-01-01", "2099-12-30", "2399-12-30")) {
      Instant day = Instant.parse(start + "T23:59:59.999Z");
      for (int i = 0; i < 800; i++) {
        String text = HybridTimestamp.of(day.toEpochMilli(), 0).toString();
        assertEquals(day.toString().replace("Z", "Z+0"), text);
        assertEquals(day.toEpochMilli(), HybridTimestamp.parse(text).millis());
        day = day.plusSeconds(86_400);
      }
    }
  }

  @Test
  void otherTextsAreRefused() {
    for (String bad :
        List.of(
            "",
            "-",
            "2026",
            "2026-11-21",
            "2026-11-21T03:17:09.123Z",
            "2026-11-21T03:17:09.123Z+",
            "2026-11-21T03:17:09.123Z+05",
            "2026-11-21T03:17:09.123Z+-5",
            "2026-11-21T03:17:09.123Z+65536",
            "2026-11-21T03:17:09.123Z+123456",
            "2026-11-21T03:17:09.123z+5",
            "2026-11-21 03:17:09.123Z+5",
            "2026-11-21T03:17:09,123Z+5",
            "2026-11-21T24:00:00.000Z+5",
            "2026-11-21T03:60:00.000Z+5",
            "2026-11-21T03:17:60.000Z+5",
            "2026-02-29T03:17:09.123Z+5",
            "2026-00-21T03:17:09.123Z+5",
            "2026-13-21T03:17:09.123Z+5",
            "2026-11-00T03:17:09.123Z+5",
            "1970-01-00T00:00:00.000Z+5",
            "1969-12-31T23:59:59.999Z+5",
            "02026-11-21T03:17:09.123Z+5",
            "10890-11-21T03:17:09.123Z+5",
            "99999-12-31T23:59:59.999Z+5",
            "2026-11-21T03:17:0x.123Z+5",
            "2026-11-21T03:17:09.123Z+x")) {
      assertCode(ClockException.TIMESTAMP_SYNTAX, () -> HybridTimestamp.parse(bad));
    }
  }
}
