package dev.plait.value;

/**
 * How many bytes values take in canonical form, known without writing them: whoever builds values
 * from what strangers say can count before building.
 *
 * <p>A type number, then: nothing, one byte, eight bytes, a text, a counted run of bytes, a counted
 * run of values, or a counted run of texts and values. Thread-safe.
 */
public final class CanonicalSize {
  private CanonicalSize() {}

  /**
   * Of a count or length: seven bits to a byte, so from 1 to 5.
   *
   * @param count from 0
   */
  public static int count(int count) {
    int bytes = 1;
    for (int rest = count >>> 7; rest != 0; rest >>>= 7) {
      bytes++;
    }
    return bytes;
  }

  /** Of a text: its length in UTF-16 units, then its UTF-8 bytes. Linear time. */
  public static long text(String text) {
    return count(text.length()) + Unicode.utf8Length(text);
  }

  /**
   * Accepts the size of a whole value.
   *
   * @throws ValueException VALUE_TOO_LARGE
   */
  static int checked(long size) {
    if (size > Value.MAX_SIZE) {
      throw ValueException.tooLarge();
    }
    return (int) size;
  }

  /**
   * Accepts the depth of a whole value.
   *
   * @throws ValueException VALUE_TOO_DEEP
   */
  static int checkedDepth(int depth) {
    if (depth > Value.MAX_DEPTH) {
      throw ValueException.tooDeep();
    }
    return depth;
  }

  /**
   * Accepts a string or key: small enough to be looked at, and well-formed.
   *
   * @throws ValueException LONE_SURROGATE, VALUE_TOO_LARGE
   */
  static String checkedText(String text) {
    checked(text.length());
    int lone = Unicode.loneSurrogate(text);
    if (lone >= 0) {
      throw ValueException.loneSurrogate(lone);
    }
    return text;
  }
}
