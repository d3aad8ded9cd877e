package dev.plait.value;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Doubles for people.
 *
 * <p>The platform's own conversion prints different digits on different releases, so this one is
 * built on exact decimals: it rounds to 15 digits, and to more only when 15 do not name the double.
 */
final class DoubleText {
  private static final int ALWAYS_REPRESENTABLE = 15;
  private static final int ALWAYS_ENOUGH = 17;
  private static final int LONGEST_PLAIN = 21;

  private DoubleText() {}

  static String of(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "Infinity" : "-Infinity";
    }
    if (value == 0) {
      return 1 / value > 0 ? "0.0" : "-0.0";
    }
    BigDecimal shortest = shortest(value);
    if (shortest.scale() > 0) {
      return shortest.toString();
    }
    return shortest.precision() - shortest.scale() <= LONGEST_PLAIN
        ? shortest.toPlainString() + ".0"
        : shortest.toString();
  }

  private static BigDecimal shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    int digits = ALWAYS_REPRESENTABLE;
    BigDecimal rounded = exact.round(new MathContext(digits));
    while (digits < ALWAYS_ENOUGH && rounded.doubleValue() != value) {
      digits++;
      rounded = exact.round(new MathContext(digits));
    }
    return rounded.stripTrailingZeros();
  }
}
