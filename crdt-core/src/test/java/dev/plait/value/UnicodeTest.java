package dev.plait.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class UnicodeTest {
  private static final String[] SAMPLES = {
    "", "abc", "é", "߿", "ࠀ", "\uFFFF", "\uD800\uDC00", "x\uDBFF\uDFFFy", "\u0000"
  };

  @Test
  void lengthIsThatOfTheUtf8Bytes() {
    for (String sample : SAMPLES) {
      assertEquals(
          sample.getBytes(StandardCharsets.UTF_8).length, Unicode.utf8Length(sample), sample);
    }
  }

  @Test
  void loneSurrogateCountsThreeBytes() {
    assertEquals(3, Unicode.utf8Length("\uD800"));
    assertEquals(4, Unicode.utf8Length("\uDC00a"));
    assertEquals(6, Unicode.utf8Length("\uDC00\uD800"));
  }

  @Test
  void firstLoneSurrogateIsFound() {
    for (String sample : SAMPLES) {
      assertEquals(-1, Unicode.loneSurrogate(sample));
    }
    assertEquals(0, Unicode.loneSurrogate("\uD800"));
    assertEquals(1, Unicode.loneSurrogate("a\uDC00"));
    assertEquals(2, Unicode.loneSurrogate("\uD800\uDC00\uDC00"));
    assertEquals(0, Unicode.loneSurrogate("\uD800\uD800\uDC00"));
  }

  @Test
  void orderIsByCodePointNotByUnit() {
    String highPoint = "\uD83D\uDE00";
    String lowPoint = "\uFF5E";
    assertTrue(highPoint.compareTo(lowPoint) < 0);
    assertTrue(Unicode.CODE_POINT_ORDER.compare(highPoint, lowPoint) > 0);
    assertTrue(Unicode.CODE_POINT_ORDER.compare("a", "ab") < 0);
    assertEquals(0, Unicode.CODE_POINT_ORDER.compare("ab", "ab"));
  }
}
