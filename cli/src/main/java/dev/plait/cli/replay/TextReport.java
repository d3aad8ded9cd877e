package dev.plait.cli.replay;

import java.util.Locale;

/** A report as a table for people. */
final class TextReport {
  private final StringBuilder out = new StringBuilder();
  private final ReplayReport report;

  private TextReport(ReplayReport report) {
    this.report = report;
  }

  static String of(ReplayReport report) {
    return new TextReport(report).write();
  }

  private String write() {
    line(
        "%s: %s trace, %,d edits, %s",
        report.trace(),
        report.kind().name().toLowerCase(Locale.ROOT),
        report.edits(),
        report.replicas() == 1 ? "1 author" : format("%,d authors", report.replicas()));
    line("");
    fact("all replicas equal", yesNo(report.converged()));
    fact("text as expected", yesNo(report.matchesEndContent()));
    fact("SHA-256 of the text", report.sha256());
    line("");
    Round.Times times = report.times();
    line("  %-34s %14s %14s", "time", "warm", "cold");
    times("authors edit", times.local());
    times("reader takes change by change", times.remote());
    times("reader takes the history at once", times.merge());
    times("reader opens the snapshot", times.open());
    line("");
    fact("history", size(report.historyBytes()));
    fact("snapshot", size(report.snapshotBytes()));
    fact("heap of one open document", size(report.heapBytes()));
    line("");
    line("  %s", runs());
    return out.toString();
  }

  private String runs() {
    return switch (report.repeats()) {
      case 1 -> "measured once, in a cold JVM";
      case 2 -> "run twice: cold, then warm";
      default ->
          "run "
              + report.repeats()
              + " times: cold is the first, warm the median of what came later";
    };
  }

  private void fact(String what, String value) {
    line("  %-34s %s", what, value);
  }

  private void times(String what, Samples samples) {
    line("  %-34s %,11.1f ms %,11.1f ms", what, samples.warm(), samples.cold());
  }

  private static String yesNo(boolean fact) {
    return fact ? "yes" : "NO";
  }

  private static String size(long bytes) {
    String exact = format("%,d bytes", bytes);
    return bytes < 1024 ? exact : exact + " (" + rounded(bytes) + ")";
  }

  private static String rounded(long bytes) {
    double kibibytes = bytes / 1024.0;
    return kibibytes < 1024
        ? format("%,.1f KiB", kibibytes)
        : format("%,.1f MiB", kibibytes / 1024);
  }

  private void line(String format, Object... values) {
    out.append(format(format, values)).append(System.lineSeparator());
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
