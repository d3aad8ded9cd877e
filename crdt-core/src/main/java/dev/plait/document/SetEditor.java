package dev.plait.document;

import dev.plait.value.Value;

/** An add-wins set, inside a transaction: an add survives a concurrent remove. */
public interface SetEditor extends SetView {
  /**
   * Adds a member. Adding one that is there already is recorded too: it then survives removes that
   * have not seen this add.
   *
   * @throws dev.plait.crdt.EditException VALUE_TOO_LARGE if the change outgrows its limit
   */
  void add(Value value);

  /** Adds a string. */
  default void add(String value) {
    add(Value.of(value));
  }

  /**
   * Removes a member, as far as this replica has seen it added.
   *
   * @return false if it was not there, and nothing was recorded
   */
  boolean remove(Value value);

  /** Removes a string. */
  default boolean remove(String value) {
    return remove(Value.of(value));
  }
}
