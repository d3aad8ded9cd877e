package dev.plait.document;

import dev.plait.crdt.Cursor;
import java.util.List;

/** A text, to be read. Positions count UTF-16 units, as in {@link String}. */
public interface TextView extends CharSequence {
  @Override
  int length();

  /**
   * The unit at {@code index}.
   *
   * @throws dev.plait.crdt.EditException INDEX_OUT_OF_RANGE outside {@code 0 <= index < length()}
   */
  @Override
  char charAt(int index);

  /**
   * The units from {@code start} up to, not including, {@code end}.
   *
   * @throws dev.plait.crdt.EditException INDEX_OUT_OF_RANGE outside the text
   */
  String substring(int start, int end);

  @Override
  default CharSequence subSequence(int start, int end) {
    return substring(start, end);
  }

  /** The whole text. */
  @Override
  String toString();

  /**
   * A cursor at {@code index} that stays with the unit before or behind it, whatever is edited
   * around it, by whomever. Cost: O(log n).
   *
   * @throws dev.plait.crdt.EditException INDEX_OUT_OF_RANGE outside {@code 0 <= index <= length()};
   *     SURROGATE_SPLIT between the halves of a pair
   */
  Cursor cursorAt(int index, Cursor.Side side);

  /**
   * Where a cursor is now. Cost: O(log n).
   *
   * @throws dev.plait.crdt.EditException UNKNOWN_ELEMENT if the unit it stays with has not arrived
   *     here
   */
  int indexOf(Cursor cursor);

  /**
   * Who wrote what, and, as far as the document holds the changes one by one, when: pieces from
   * start to end that together are the text. Inside a transaction, what it has edited so far has no
   * time yet. Cost: linear in the text and in the changes held.
   */
  List<AuthoredText> authorship();
}
