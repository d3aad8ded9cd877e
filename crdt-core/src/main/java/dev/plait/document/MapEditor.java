package dev.plait.document;

import dev.plait.value.Value;

/**
 * A map, inside a transaction. For each key the greatest stamp wins, whether it put or removed; a
 * write made after seeing another always beats it.
 *
 * <p>Asking for a child ({@link #text(String)} and its siblings) creates it where nothing is. Two
 * replicas that create the same child share it. Removing or overwriting a key that holds a child
 * takes away what this replica has seen of the child; concurrent edits inside it survive, and show
 * the child again unless a value stands under the key.
 */
public interface MapEditor extends MapView, NamedEditors {

  /**
   * Puts a value under {@code key}.
   *
   * @throws dev.plait.crdt.EditException VALUE_TOO_LARGE if the key or the change is too large;
   *     LONE_SURROGATE if the key holds half a surrogate pair
   */
  void put(String key, Value value);

  /** Puts a string under {@code key}. */
  default void put(String key, String value) {
    put(key, Value.of(value));
  }

  /** Puts a number under {@code key}. */
  default void put(String key, long value) {
    put(key, Value.of(value));
  }

  /** Puts a truth value under {@code key}. */
  default void put(String key, boolean value) {
    put(key, Value.of(value));
  }

  /**
   * Takes away what is under {@code key}.
   *
   * @return false if nothing was there, and nothing was recorded
   */
  boolean remove(String key);
}
