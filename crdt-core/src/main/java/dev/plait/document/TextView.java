package dev.plait.document;

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
}
