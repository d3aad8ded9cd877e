package dev.plait.peers.page;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** How figures are written: three digits that count, and no more. */
final class Figures {
  private static final double THREE_DIGITS = 99.95;
  private static final double TWO_DECIMALS = 9.995;
  private static final double SMALL = 0.0995;

  private Figures() {}

  /** Milliseconds. */
  static String millis(double millis) {
    if (millis >= THREE_DIGITS) {
      return String.format(Locale.ROOT, "%,.0f", millis);
    }
    if (millis >= TWO_DECIMALS) {
      return String.format(Locale.ROOT, "%.1f", millis);
    }
    return String.format(Locale.ROOT, millis >= SMALL ? "%.2f" : "%.4f", millis);
  }

  /** The same with three digits that count. */
  static double rounded(double figure) {
    return new BigDecimal(figure).round(new MathContext(3, RoundingMode.HALF_UP)).doubleValue();
  }

  /** Bytes. */
  static String bytes(long bytes) {
    return String.format(Locale.ROOT, "%,d", bytes);
  }
}
