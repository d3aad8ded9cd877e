package dev.plait.document;

import dev.plait.crdt.Cursor;
import dev.plait.value.Content;
import dev.plait.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list of values and child containers, to be read. */
public interface ListView {
  /** How many elements there are. */
  int size();

  /**
   * The value at {@code index}; null where a child container stands.
   *
   * @throws dev.plait.crdt.EditException INDEX_OUT_OF_RANGE outside {@code 0 <= index < size()}
   */
  @Nullable Value get(int index);

  /** What stands at {@code index}: a value, or the marker of a child container. */
  Content content(int index);

  /** Everything in the list, as of now. */
  List<Content> contents();

  /**
   * A cursor at {@code index} that stays with the element before or behind it, whatever is edited
   * around it or moved, by whomever. Cost: O(log n).
   *
   * @throws dev.plait.crdt.EditException INDEX_OUT_OF_RANGE outside {@code 0 <= index <= size()}
   */
  Cursor cursorAt(int index, Cursor.Side side);

  /**
   * Where a cursor is now. Cost: O(log n).
   *
   * @throws dev.plait.crdt.EditException UNKNOWN_ELEMENT if the element it stays with has not
   *     arrived here
   */
  int indexOf(Cursor cursor);

  /**
   * The text that is the element at {@code index}; this and its siblings throw {@link
   * DocumentException} with {@link DocumentException#TYPE_MISMATCH} if something else stands there.
   */
  TextView text(int index);

  /** The list that is the element at {@code index}. */
  ListView list(int index);

  /** The map that is the element at {@code index}. */
  MapView map(int index);

  /** The set that is the element at {@code index}. */
  SetView set(int index);

  /** The counter that is the element at {@code index}. */
  CounterView counter(int index);

  /** The register that is the element at {@code index}. */
  RegisterView register(int index);

  /** The multi-value register that is the element at {@code index}. */
  MvRegisterView mvRegister(int index);
}
