package dev.plait.document;

import dev.plait.value.ContainerType;
import dev.plait.value.Value;
import java.util.List;

/**
 * A list, inside a transaction. Elements are ordered as the units of a text are; an element deleted
 * by anyone is deleted, with the child container it may be.
 */
public interface ListEditor extends ListView {

  /**
   * Inserts values before the element at {@code index}.
   *
   * @throws dev.plait.crdt.EditException INDEX_OUT_OF_RANGE outside {@code 0 <= index <= size()};
   *     EMPTY_EDIT if there are none; VALUE_TOO_LARGE if the change outgrows its limit
   */
  void insert(int index, List<? extends Value> values);

  /** Inserts one value before the element at {@code index}. */
  default void insert(int index, Value value) {
    insert(index, List.of(value));
  }

  /** Inserts one string before the element at {@code index}. */
  default void insert(int index, String value) {
    insert(index, Value.of(value));
  }

  /** Inserts one value at the end. */
  default void append(Value value) {
    insert(size(), value);
  }

  /** Inserts one string at the end. */
  default void append(String value) {
    insert(size(), Value.of(value));
  }

  /** Inserts a new child container, to be edited through {@link #text(int)} and its siblings. */
  void insert(int index, ContainerType child);

  /**
   * Deletes {@code length} elements from {@code index} on.
   *
   * @throws dev.plait.crdt.EditException INDEX_OUT_OF_RANGE outside the list; EMPTY_EDIT if {@code
   *     length} is 0
   */
  void delete(int index, int length);

  /**
   * Replaces what the element at {@code index} holds. The element stays the same one: who moves it
   * meanwhile moves the new value. Of concurrent replacements the greatest stamp wins. A child
   * container that the element was is not shown any more, whatever others edit in it.
   *
   * @throws dev.plait.crdt.EditException INDEX_OUT_OF_RANGE outside {@code 0 <= index < size()};
   *     VALUE_TOO_LARGE if the change outgrows its limit
   */
  void set(int index, Value value);

  /** Replaces the element at {@code index} by a string. */
  default void set(int index, String value) {
    set(index, Value.of(value));
  }

  /**
   * Moves the element at {@code from} to where its index is {@code to} afterwards; does nothing if
   * it is there already. The element stays the same one, a child container with all it holds:
   * concurrent edits of it count, concurrent moves leave it in one place, that of the greatest
   * stamp, and if anyone deletes it, it is deleted.
   *
   * @throws dev.plait.crdt.EditException INDEX_OUT_OF_RANGE unless both are from 0 to {@code size()
   *     - 1}; VALUE_TOO_LARGE if the change outgrows its limit
   */
  void move(int from, int to);

  @Override
  TextEditor text(int index);

  @Override
  ListEditor list(int index);

  @Override
  MapEditor map(int index);

  @Override
  SetEditor set(int index);

  @Override
  CounterEditor counter(int index);

  @Override
  RegisterEditor register(int index);

  @Override
  MvRegisterEditor mvRegister(int index);
}
