package dev.plait.crdt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackedValueTest {
  private static PackedValue packed(Value value) {
    PackedValue packed = new PackedValue();
    packed.pack(Value.of("something else"));
    packed.pack(value);
    return packed;
  }

  @Test
  void equalNumbersMeanEqualValuesWhereTheySayAll() {
    List<Value> values = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 18; i++) {
      values.add(Value.of(text.toString()));
      values.add(Value.of(text + "\0"));
      values.add(Value.of(text + "\u00ff"));
      values.add(Value.of(text + "\u0141"));
      text.append((char) ('a' + i));
    }
    for (long number : new long[] {0, 1, -1, 97, Long.MIN_VALUE, Long.MAX_VALUE}) {
      values.add(Value.of(number));
      values.add(Value.of((double) number));
    }
    values.add(Value.nil());
    values.add(Value.of(true));
    values.add(Value.of(List.of()));
    for (Value one : values) {
      for (Value other : values) {
        PackedValue first = packed(one);
        PackedValue second = packed(other);
        boolean same = first.low == second.low && first.high == second.high;
        if (first.isWhole() || second.isWhole()) {
          assertEquals(one.equals(other), same, one + " and " + other);
        }
      }
    }
  }

  @Test
  void shortStringsOfLatinLettersAndWholeNumbersAreSaidInFull() {
    assertTrue(packed(Value.of("")).isWhole());
    assertTrue(packed(Value.of("fifteen letters")).isWhole());
    assertTrue(packed(Value.of("\u00e9t\u00e9")).isWhole());
    assertTrue(packed(Value.of(0)).isWhole());
    assertFalse(packed(Value.of("sixteen letters!")).isWhole());
    assertFalse(packed(Value.of("\u0141\u00f3d\u017a")).isWhole());
    assertFalse(packed(Value.of(1.5)).isWhole());
  }
}
