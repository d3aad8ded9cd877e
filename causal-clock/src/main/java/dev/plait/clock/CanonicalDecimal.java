package dev.plait.clock;

/** Reads the one spelling of a positive number that {@link Long#toString(long)} writes. */
final class CanonicalDecimal {

  private CanonicalDecimal() {}

  /**
   * The number written in {@code text} from {@code start} to its end, or -1 if what stands there is
   * not a number from 1 to {@link Long#MAX_VALUE} without sign or leading zero.
   */
  static long positive(String text, int start) {
    if (start >= text.length() || text.charAt(start) == '0') {
      return -1;
    }
    long value = 0;
    for (int i = start; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
