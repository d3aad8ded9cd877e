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
