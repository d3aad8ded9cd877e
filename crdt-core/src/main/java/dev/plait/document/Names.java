package dev.plait.document;

import dev.plait.codec.Limits;
import dev.plait.crdt.EditException;
import dev.plait.value.Unicode;

/** What documents and roots may be called. */
final class Names {
  private Names() {}

  /**
   * Refuses names that can't travel.
   *
   * @param what the thing named, for the message
   */
  static void check(String what, String name, Limits limits) {
    String problem = null;
    if (name.isEmpty()) {
      problem = "is empty";
    } else if (Unicode.loneSurrogate(name) >= 0) {
      problem = "holds half a surrogate pair";
    } else if (Unicode.utf8Length(name) > limits.maxNameBytes()) {
      problem = "is longer than " + limits.maxNameBytes() + " bytes in UTF-8";
    }
    if (problem != null) {
      throw new DocumentException(
          DocumentException.INVALID_NAME, "the name of a " + what + " " + problem);
    }
  }

  /** Refuses map keys that can't travel; a key may be empty. */
  static void checkKey(String key, Limits limits) {
    if (Unicode.loneSurrogate(key) >= 0) {
      throw new EditException(
          EditException.LONE_SURROGATE, "a map key holds half a surrogate pair");
    }
    if (Unicode.utf8Length(key) > limits.maxNameBytes()) {
      throw new EditException(
          EditException.VALUE_TOO_LARGE,
          "a map key takes at most " + limits.maxNameBytes() + " bytes in UTF-8");
    }
  }
}
