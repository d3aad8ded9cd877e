package dev.plait.document;

import dev.plait.value.Value;

/** A multi-value register, inside a transaction: concurrent writes are all kept and shown. */
public interface MvRegisterEditor extends MvRegisterView {
  /**
   * Sets the value, superseding all that are shown now.
   *
   * @throws dev.plait.crdt.EditException VALUE_TOO_LARGE if the change outgrows its limit
   */
  void set(Value value);

  /** Sets a string. */
  default void set(String value) {
    set(Value.of(value));
  }
}
