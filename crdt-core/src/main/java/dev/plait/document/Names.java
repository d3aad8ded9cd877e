package dev.plait.document;

import dev.plait.codec.Limits;
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
}
