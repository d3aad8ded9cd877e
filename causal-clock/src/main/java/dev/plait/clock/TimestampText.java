package dev.plait.clock;

import org.jspecify.annotations.Nullable;

/**
 * The text form of timestamps, {@code 2026-11-21T03:17:09.123Z+5}, in the proleptic Gregorian
 * calendar. It is written here in plain arithmetic because {@code java.time} reports bad text only
 * by an exception, drops trailing zeros, and is not everywhere the core runs.
 */
final class TimestampText {

  private static final long DAY_MILLIS = 86_400_000;
  private static final int EPOCH_YEAR = 1970;
  private static final int[] DAYS_BEFORE_MONTH = {
    0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365
  };

  private TimestampText() {}

  static String write(long millis, int counter) {
    long day = millis / DAY_MILLIS;
    int year = EPOCH_YEAR + (int) (day / 366);
    while (daysBeforeYear(year + 1) <= day) {
      year++;
    }
    int dayOfYear = (int) (day - daysBeforeYear(year));
    int month = 1;
    while (daysBeforeMonth(year, month + 1) <= dayOfYear) {
      month++;
    }
    int inDay = (int) (millis % DAY_MILLIS);
    StringBuilder text = new StringBuilder(32);
    append(text, year, 4).append('-');
    append(text, month, 2).append('-');
    append(text, dayOfYear - daysBeforeMonth(year, month) + 1, 2).append('T');
    append(text, inDay / 3_600_000, 2).append(':');
    append(text, inDay / 60_000 % 60, 2).append(':');
    append(text, inDay / 1000 % 60, 2).append('.');
    append(text, inDay % 1000, 3).append("Z+");
    return text.append(counter).toString();
  }

  /** What the text says, or null if {@link #write} never writes such a text. */
  static @Nullable HybridTimestamp read(String text) {
    int dash = text.indexOf('-');
    int counterStart = dash + 21;
    int counterLength = text.length() - counterStart;
    if (dash < 4 || dash > 5 || counterLength < 1 || counterLength > 5) {
      return null;
    }
    int year = digits(text, 0, dash);
    int month = digits(text, dash + 1, dash + 3);
    int dayOfMonth = digits(text, dash + 4, dash + 6);
    int hour = digits(text, dash + 7, dash + 9);
    int minute = digits(text, dash + 10, dash + 12);
    int second = digits(text, dash + 13, dash + 15);
    int milli = digits(text, dash + 16, dash + 19);
    int counter = digits(text, counterStart, text.length());
    if (year < EPOCH_YEAR || month < 1 || month > 12 || counter > HybridTimestamp.MAX_COUNTER) {
      return null;
    }
    long day = daysBeforeYear(year) + daysBeforeMonth(year, month) + dayOfMonth - 1;
    long millis = day * DAY_MILLIS + hour * 3_600_000L + minute * 60_000L + second * 1000L + milli;
    // Whatever was odd about the text (a 30th of February, a missing colon, a letter for a digit),
    // it then differs from how the moment that came out is written.
    boolean canonical =
        millis >= 0
            && millis <= HybridTimestamp.MAX_MILLIS
            && counter >= 0
            && write(millis, counter).equals(text);
    return canonical ? HybridTimestamp.of(millis, counter) : null;
  }

  private static long daysBeforeYear(int year) {
    return 365L * (year - EPOCH_YEAR) + leapYearsBefore(year) - leapYearsBefore(EPOCH_YEAR);
  }

  private static int leapYearsBefore(int year) {
    int last = year - 1;
    return last / 4 - last / 100 + last / 400;
  }

  private static int daysBeforeMonth(int year, int month) {
    boolean leap = leapYearsBefore(year + 1) > leapYearsBefore(year);
    return DAYS_BEFORE_MONTH[month - 1] + (leap && month > 2 ? 1 : 0);
  }

  private static StringBuilder append(StringBuilder text, int number, int width) {
    String digits = Integer.toString(number);
    for (int i = digits.length(); i < width; i++) {
      text.append('0');
    }
    return text.append(digits);
  }

  /** The number these characters spell, or -1 if one is no digit. */
  private static int digits(String text, int start, int end) {
    int value = 0;
    for (int i = start; i < end; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
