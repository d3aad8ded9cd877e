package dev.plait.value;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ValueTest {

  private static void assertRefused(String code, Executable making) {
    assertEquals(code, assertThrows(ValueException.class, making).code());
  }

  private static Value nested(int depth) {
    Value value = Value.of(1L);
    for (int i = 0; i < depth; i++) {
      value = i % 2 == 0 ? Value.of(List.of(value)) : Value.of(Map.of("k", value));
    }
    return value;
  }

  @Test
  void orderIsByTypeThenByContent() {
    List<Value> ladder = Values.ascending();
    for (int i = 0; i < ladder.size(); i++) {
      for (int j = 0; j < ladder.size(); j++) {
        Value a = ladder.get(i);
        Value b = ladder.get(j);
        assertEquals(Integer.compare(i, j), Integer.signum(a.compareTo(b)), a + " against " + b);
        assertEquals(i == j, a.equals(b), a + " against " + b);
      }
    }
  }

  @Test
  void orderOfStringsIsThatOfTheirUtf8Bytes() {
    Random random = new Random(7);
    List<Value> values = new ArrayList<>();
    while (values.size() < 60) {
      Value value = Values.random(random, 0);
      if (value.type() == ValueType.STRING) {
        values.add(value);
      }
    }
    for (Value a : values) {
      for (Value b : values) {
        Value utf8OfA = Value.of(a.asString().getBytes(StandardCharsets.UTF_8));
        Value utf8OfB = Value.of(b.asString().getBytes(StandardCharsets.UTF_8));
        assertEquals(
            Integer.signum(utf8OfA.compareTo(utf8OfB)),
            Integer.signum(a.compareTo(b)),
            a + ", " + b);
      }
    }
  }

  @Test
  void equalityAndOrderAgreeOnRandomValues() {
    Random random = new Random(11);
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      values.add(Values.random(random, 3));
    }
    for (Value a : values) {
      for (Value b : values) {
        assertEquals(a.equals(b), a.compareTo(b) == 0, a + " against " + b);
        assertEquals(Integer.signum(a.compareTo(b)), -Integer.signum(b.compareTo(a)));
        assertTrue(!a.equals(b) || a.hashCode() == b.hashCode());
      }
    }
  }

  @Test
  void wholeNumberDiffersFromTheSameDouble() {
    assertNotEquals(Value.of(1L), Value.of(1.0));
    assertNotEquals(Value.of(0.0), Value.of(-0.0));
  }

  @Test
  void everyNanIsTheSame() {
    double otherNan = Double.longBitsToDouble(0x7ff8000000000123L);
    assertEquals(Value.of(Double.NaN), Value.of(otherNan));
    assertEquals(
        Double.doubleToRawLongBits(Double.NaN),
        Double.doubleToRawLongBits(Value.of(otherNan).asDouble()));
  }

  @Test
  void orderOfInsertionIntoAMapIsForgotten() {
    Map<String, Value> forwards = new LinkedHashMap<>();
    Map<String, Value> backwards = new LinkedHashMap<>();
    for (int i = 0; i < 20; i++) {
      forwards.put("k" + i, Value.of(i));
      backwards.put("k" + (19 - i), Value.of(19L - i));
    }
    assertEquals(Value.of(forwards), Value.of(backwards));
    assertEquals(0, Value.of(forwards).compareTo(Value.of(backwards)));
    assertEquals(Value.of(forwards).toString(), Value.of(backwards).toString());
  }

  @Test
  void keysOfAMapComeInCodePointOrder() {
    Value map = Value.of(Map.of("\uD83D\uDE00", Value.nil(), "\uFF5E", Value.nil()));
    assertEquals(List.of("\uFF5E", "\uD83D\uDE00"), List.copyOf(map.asMap().keySet()));
  }

  @Test
  void laterChangesToWhatWasHandedInDoNotShow() {
    byte[] bytes = {1, 2};
    List<Value> list = new ArrayList<>(List.of(Value.of(1L)));
    Map<String, Value> map = new HashMap<>(Map.of("a", Value.of(1L)));
    Value ofBytes = Value.of(bytes);
    Value ofList = Value.of(list);
    Value ofMap = Value.of(map);
    bytes[0] = 9;
    list.clear();
    map.clear();
    assertArrayEquals(new byte[] {1, 2}, ofBytes.asBytes());
    assertEquals(1, ofList.asList().size());
    assertEquals(1, ofMap.asMap().size());
  }

  @Test
  void whatIsHandedOutCannotChangeTheValue() {
    Value ofBytes = Value.of(new byte[] {1, 2});
    ofBytes.asBytes()[0] = 9;
    assertArrayEquals(new byte[] {1, 2}, ofBytes.asBytes());
    List<Value> list = Value.of(List.of(Value.nil())).asList();
    assertThrows(UnsupportedOperationException.class, () -> list.remove(0));
    Map<String, Value> map = Value.of(Map.of("a", Value.nil())).asMap();
    assertThrows(UnsupportedOperationException.class, () -> map.remove("a"));
  }

  @Test
  void readingAnotherTypeIsRefused() {
    assertEquals("x", Value.of("x").asString());
    assertEquals(5, Value.of(5).asLong());
    assertTrue(Value.nil().isNull());
    assertFalse(Value.of(0L).isNull());
    assertRefused(ValueException.WRONG_TYPE, () -> Value.of("x").asLong());
    assertRefused(ValueException.WRONG_TYPE, () -> Value.of(1L).asDouble());
    assertRefused(ValueException.WRONG_TYPE, () -> Value.of(1.0).asLong());
    assertRefused(ValueException.WRONG_TYPE, () -> Value.of(1L).asBoolean());
    assertRefused(ValueException.WRONG_TYPE, () -> Value.nil().asString());
    assertRefused(ValueException.WRONG_TYPE, () -> Value.of("x").asBytes());
    assertRefused(ValueException.WRONG_TYPE, () -> Value.of(Map.of()).asList());
    assertRefused(ValueException.WRONG_TYPE, () -> Value.of(List.of()).asMap());
  }

  @Test
  void loneSurrogateIsRefusedInStringsAndKeys() {
    assertRefused(ValueException.LONE_SURROGATE, () -> Value.of("a\uD83D"));
    assertRefused(ValueException.LONE_SURROGATE, () -> Value.of("\uDE00\uD83D"));
    assertRefused(ValueException.LONE_SURROGATE, () -> Value.of(Map.of("\uD83Dx", Value.of(1L))));
    assertEquals("\uD83D\uDE00", Value.of("\uD83D\uDE00").asString());
  }

  @Test
  void nestingIsAllowedToTheLimitAndNoDeeper() {
    Value deepest = nested(Value.MAX_DEPTH);
    assertEquals(Value.MAX_DEPTH, deepest.depth());
    assertEquals(0, nested(0).depth());
    assertEquals(1, Value.of(List.of()).depth());
    assertRefused(ValueException.VALUE_TOO_DEEP, () -> Value.of(List.of(deepest)));
    assertRefused(ValueException.VALUE_TOO_DEEP, () -> Value.of(Map.of("k", deepest)));
  }

  @Test
  void sizeIsAllowedToTheLimitAndNoFurther() {
    int overhead = 1 + 3;
    String longest = "x".repeat(Value.MAX_SIZE - overhead);
    assertEquals(Value.MAX_SIZE, Value.of(longest).canonicalSize());
    assertRefused(ValueException.VALUE_TOO_LARGE, () -> Value.of(longest + "x"));
    assertEquals(Value.MAX_SIZE, Value.of(new byte[Value.MAX_SIZE - overhead]).canonicalSize());
    assertRefused(
        ValueException.VALUE_TOO_LARGE, () -> Value.of(new byte[Value.MAX_SIZE - overhead + 1]));
    Value half = Value.of(new byte[Value.MAX_SIZE / 2]);
    assertRefused(ValueException.VALUE_TOO_LARGE, () -> Value.of(List.of(half, half)));
    assertRefused(ValueException.VALUE_TOO_LARGE, () -> Value.of(Map.of("a", half, "b", half)));
    assertRefused(ValueException.VALUE_TOO_LARGE, () -> Value.of(Map.of(longest, Value.nil())));
  }

  @Test
  void sharedPartsCountEachTimeTheyStand() {
    Value shared = Value.of(new byte[10_000]);
    List<Value> many = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      many.add(shared);
    }
    assertRefused(ValueException.VALUE_TOO_LARGE, () -> Value.of(many));
  }

  @Test
  void byteIsReadWithoutACopy() {
    BytesValue bytes = (BytesValue) Value.of(new byte[] {1, -1});
    assertEquals(2, bytes.size());
    assertEquals(-1, bytes.byteAt(1));
    assertThrows(IndexOutOfBoundsException.class, () -> bytes.byteAt(2));
  }
}
