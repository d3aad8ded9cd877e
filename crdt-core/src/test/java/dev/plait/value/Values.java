package dev.plait.value;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Values for tests: a fixed ladder of them in order, and random ones. */
public final class Values {
  private static final String[] STRINGS = {"", "a", "b", "aa", "é", "～", "\uD83D\uDE00", "a\u0000"};
  private static final double[] DOUBLES = {
    Double.NEGATIVE_INFINITY, -1, -0.0, 0.0, Double.MIN_VALUE, 1, 1e300, Double.NaN
  };

  private Values() {}

  /** Values of every type, each less than the next. */
  public static List<Value> ascending() {
    return List.of(
        Value.nil(),
        Value.of(false),
        Value.of(true),
        Value.of(Long.MIN_VALUE),
        Value.of(-1L),
        Value.of(0L),
        Value.of(1L),
        Value.of(Long.MAX_VALUE),
        Value.of(Double.NEGATIVE_INFINITY),
        Value.of(-1.5),
        Value.of(-0.0),
        Value.of(0.0),
        Value.of(Double.MIN_VALUE),
        Value.of(1.0),
        Value.of(Double.POSITIVE_INFINITY),
        Value.of(Double.NaN),
        Value.of(""),
        Value.of("a"),
        Value.of("aa"),
        Value.of("b"),
        Value.of("\uFF5E"),
        Value.of("\uD83D\uDE00"),
        Value.of(new byte[] {}),
        Value.of(new byte[] {1}),
        Value.of(new byte[] {1, 0}),
        Value.of(new byte[] {(byte) 0x80}),
        Value.of(List.of()),
        Value.of(List.of(Value.of(1L))),
        Value.of(List.of(Value.of(1L), Value.nil())),
        Value.of(List.of(Value.of(2L))),
        Value.of(List.of(Value.of(1.0))),
        Value.of(Map.of()),
        Value.of(Map.of("a", Value.of(1L))),
        Value.of(Map.of("a", Value.of(1L), "b", Value.nil())),
        Value.of(Map.of("a", Value.of(2L))),
        Value.of(Map.of("\uFF5E", Value.nil())),
        Value.of(Map.of("\uD83D\uDE00", Value.nil())));
  }

  /** Some value, nested at most {@code depth} deep. */
  public static Value random(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 6)) {
      case 0 -> Value.nil();
      case 1 -> Value.of(random.nextBoolean());
      case 2 -> Value.of(random.nextLong() >> random.nextInt(Long.SIZE));
      case 3 -> Value.of(DOUBLES[random.nextInt(DOUBLES.length)]);
      case 4 -> Value.of(string(random));
      case 5 -> Value.of(bytes(random));
      case 6 -> Value.of(list(random, depth - 1));
      default -> Value.of(map(random, depth - 1));
    };
  }

  private static String string(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.append(STRINGS[random.nextInt(STRINGS.length)]);
    }
    return text.toString();
  }

  private static byte[] bytes(Random random) {
    byte[] bytes = new byte[random.nextInt(40)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static List<Value> list(Random random, int depth) {
    List<Value> values = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      values.add(random(random, depth));
    }
    return values;
  }

  private static Map<String, Value> map(Random random, int depth) {
    Map<String, Value> entries = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      entries.put(string(random), random(random, depth));
    }
    return entries;
  }
}
