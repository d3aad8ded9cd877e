package dev.plait.wire;

import dev.plait.codec.Limits;
import dev.plait.value.Unicode;

/** What may be the name of a document or root container, or the key of a map. */
final class NameRules {
  private NameRules() {}

  /**
   * Checks a name.
   *
   * @param what what it names, for the message
   */
  static void check(Direction direction, Limits limits, String what, String name) {
    checkWellFormed(direction, what, name);
    long bytes = Unicode.utf8Length(name);
    if (bytes > limits.maxNameBytes()) {
      throw direction.tooMuch(
          what + " takes " + bytes + " bytes of UTF-8; at most " + limits.maxNameBytes());
    }
  }

  /** Checks that a text holds whole characters only. */
  static void checkWellFormed(Direction direction, String what, String text) {
    int index = Unicode.loneSurrogate(text);
    if (index >= 0) {
      throw direction.invalid(
          what + " has half of a surrogate pair at index " + index + "; it takes whole characters");
    }
  }
}
