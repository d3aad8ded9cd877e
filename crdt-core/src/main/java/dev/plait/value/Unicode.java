package dev.plait.value;

import java.util.Comparator;

/**
 * Strings as code points, the view of them that does not depend on UTF-16.
 *
 * <p>{@link String#compareTo} orders by UTF-16 unit and so puts U+10000 before U+FF5E; other
 * languages and every UTF-8 byte order disagree. What replicas must agree on uses this class.
 * Thread-safe.
 */
public final class Unicode {

  /**
   * The order of code points, which is also the unsigned order of UTF-8 bytes. Each half of a lone
   * surrogate counts as the code point of its own number.
   */
  public static final Comparator<String> CODE_POINT_ORDER = Unicode::compare;

  private Unicode() {}

  /** How many bytes the string takes in UTF-8; a lone surrogate counts three. Linear time. */
  public static long utf8Length(String text) {
    int units = text.length();
    long bytes = units;
    for (int i = 0; i < units; i++) {
      char unit = text.charAt(i);
      if (unit >= 0x80) {
        bytes++;
        if (unit >= 0x800) {
          bytes++;
          if (isPairAt(text, i)) {
            i++;
          }
        }
      }
    }
    return bytes;
  }

  /** The index of the first unit that is half of a surrogate pair, or -1. Linear time. */
  public static int loneSurrogate(String text) {
    int units = text.length();
    for (int i = 0; i < units; i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!isPairAt(text, i)) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }

  private static boolean isPairAt(String text, int index) {
    return Character.isHighSurrogate(text.charAt(index))
        && index + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(index + 1));
  }

  private static int compare(String a, String b) {
    int common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      char unitA = a.charAt(i);
      char unitB = b.charAt(i);
      if (unitA != unitB) {
        return Integer.compare(rank(unitA), rank(unitB));
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  // Surrogates stand for code points above every other unit.
  private static int rank(char unit) {
    return Character.isSurrogate(unit) ? unit + 0x10000 : unit;
  }
}
