package dev.plait.value;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ValueTextTest {

  @Test
  void textIsJsonWithHexadecimalBytes() {
    Value value =
        Value.of(
            Map.of(
                "b", Value.of(List.of(Value.nil(), Value.of(true), Value.of(-7L), Value.of(1.5))),
                "a", Value.of(new byte[] {0, (byte) 0xff}),
                "c\"", Value.of("tab\tline\nquote\"back\\bell\u0007")));
    assertEquals(
        "{\"a\": h'00ff', \"b\": [null, true, -7, 1.5],"
            + " \"c\\\"\": \"tab\\tline\\nquote\\\"back\\\\bell\\u0007\"}",
        value.toString());
  }

  @Test
  void doubleIsShortAndToldFromALong() {
    assertEquals("0.1", Value.of(0.1).toString());
    assertEquals("1.0", Value.of(1.0).toString());
    assertEquals("-0.0", Value.of(-0.0).toString());
    assertEquals("0.30000000000000004", Value.of(0.1 + 0.2).toString());
    assertEquals("123456789012345680.0", Value.of(123456789012345680.0).toString());
    assertEquals("1E+300", Value.of(1e300).toString());
    assertEquals("-2.5E-7", Value.of(-2.5e-7).toString());
    assertEquals("NaN", Value.of(Double.NaN).toString());
    assertEquals("-Infinity", Value.of(Double.NEGATIVE_INFINITY).toString());
  }

  @Test
  void textOfEveryFiniteDoubleNamesIt() {
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertEquals(value, Double.parseDouble(Value.of(value).toString()));
      }
    }
    assertEquals(Double.MIN_VALUE, Double.parseDouble(Value.of(Double.MIN_VALUE).toString()));
    assertEquals(Double.MAX_VALUE, Double.parseDouble(Value.of(Double.MAX_VALUE).toString()));
  }
}
