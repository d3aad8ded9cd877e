package dev.plait.cli.store;

import java.util.Locale;

/** For whom a report is written. */
enum ReportFormat {
  /** Tables for people. */
  TEXT,
  /** One JSON object on one line. */
  JSON;

  /** The name in lower case, as it is typed. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
