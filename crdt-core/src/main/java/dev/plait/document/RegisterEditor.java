package dev.plait.document;

import dev.plait.value.Value;

/** A register, inside a transaction: of concurrent writes the greatest stamp wins. */
public interface RegisterEditor extends RegisterView {
  /**
   * Sets the value.
   *
   * @throws dev.plait.crdt.EditException VALUE_TOO_LARGE if the change outgrows its limit
   */
  void set(Value value);

  /** Sets a string. */
  default void set(String value) {
    set(Value.of(value));
  }

  /** Sets a number. */
  default void set(long value) {
    set(Value.of(value));
  }

  /** Sets a truth value. */
  default void set(boolean value) {
    set(Value.of(value));
  }
}
