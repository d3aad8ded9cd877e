package dev.plait.document;

import dev.plait.value.Value;
import java.util.List;

/** An add-wins set of values, to be read. */
public interface SetView {
  /** Whether {@code value} is a member. */
  boolean contains(Value value);

  /** Whether the string {@code value} is a member. */
  default boolean contains(String value) {
    return contains(Value.of(value));
  }

  /** How many members there are. */
  int size();

  /** The members in canonical order. */
  List<Value> values();
}
