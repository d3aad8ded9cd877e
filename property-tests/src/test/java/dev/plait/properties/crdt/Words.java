package dev.plait.properties.crdt;

import dev.plait.value.Child;
import dev.plait.value.ContainerType;
import dev.plait.value.Content;
import dev.plait.value.Value;
import java.util.List;
import java.util.Map;

/** What the subjects write: few enough that replicas often write the same. */
final class Words {
  static final List<Value> VALUES =
      List.of(
          Value.of("a"),
          Value.of("b"),
          Value.nil(),
          Value.of(1),
          Value.of(1.0),
          Value.of(Double.NaN),
          Value.of(List.of(Value.of("a"), Value.of(Map.of("k", Value.of(true))))));

  static final List<Content> CONTENTS =
      List.of(
          VALUES.get(0),
          VALUES.get(1),
          VALUES.get(3),
          new Child(ContainerType.TEXT),
          new Child(ContainerType.MAP));

  static final List<String> TEXTS =
      List.of("a", "b", "cd", "efg", "\ud83d\ude00", "x\ud83d\ude00y", "\u00e9\ud83d\ude00");

  /** In code point order the last comes after the one before it, as UTF-16 before. */
  static final List<String> KEYS = List.of("a", "b", "", "\uff5e", "\ud83d\ude00");

  private Words() {}
}
