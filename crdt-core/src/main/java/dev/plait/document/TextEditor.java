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

  /**
   * Makes the text equal to {@code newText} by a small number of insertions and deletions, for
   * editors that only hand over whole values. When replicas update concurrently, edits of different
   * places both show; where both replaced the same passage, both replacements stand one after the
   * other. Linear, plus a bounded amount of work on what differs.
   *
   * @throws dev.plait.crdt.EditException LONE_SURROGATE if {@code newText} holds half a pair;
   *     VALUE_TOO_LARGE if the change outgrows its limit; nothing was changed
   */
  void update(String newText);

  /** Inserts {@code text} at the end. */
  default void append(String text) {
    insert(length(), text);
  }
}
