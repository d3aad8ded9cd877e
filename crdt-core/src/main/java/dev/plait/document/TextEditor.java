package dev.plait.document;

/**
 * A text, inside a transaction. Insertions at one place by several people stay whole, in the order
 * of their replica ids (FugueMax); what anyone deletes is deleted.
 */
public interface TextEditor extends TextView {

  /**
   * Inserts {@code text} before the unit at {@code index}.
   *
   * @throws dev.plait.crdt.EditException INDEX_OUT_OF_RANGE outside {@code 0 <= index <= length()};
   *     SURROGATE_SPLIT between the halves of a pair; LONE_SURROGATE if {@code text} holds half a
   *     pair; EMPTY_EDIT if it is empty; VALUE_TOO_LARGE if the change outgrows its limit
   */
  void insert(int index, String text);

  /**
   * Deletes {@code length} units from {@code index} on.
   *
   * @throws dev.plait.crdt.EditException INDEX_OUT_OF_RANGE outside the text; SURROGATE_SPLIT if
   *     either end lies inside a pair; EMPTY_EDIT if {@code length} is 0
   */
  void delete(int index, int length);

  /** Inserts {@code text} at the end. */
  default void append(String text) {
    insert(length(), text);
  }
}
