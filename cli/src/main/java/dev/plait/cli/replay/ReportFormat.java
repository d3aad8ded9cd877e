package dev.plait.cli.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Locale;

/** How a report is written. */
enum ReportFormat {
  /** A table for people. */
  TEXT {
    @Override
    String write(ReplayReport report) {
      return TextReport.of(report);
    }
  },
  /** One JSON object on one line. */
  JSON {
    @Override
    String write(ReplayReport report) throws IOException {
      StringWriter text = new StringWriter();
      try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
        writeJson(report, out);
      }
      return text + System.lineSeparator();
    }
  };

  /** The report, with an end of line. */
  abstract String write(ReplayReport report) throws IOException;

  /** The name in lower case, as it is typed. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static void writeJson(ReplayReport report, JsonGenerator out) throws IOException {
    Round.Times times = report.times();
    out.writeStartObject();
    out.writeStringField("trace", report.trace());
    out.writeStringField("kind", report.kind().name().toLowerCase(Locale.ROOT));
    out.writeNumberField("edits", report.edits());
    out.writeNumberField("replicas", report.replicas());
    out.writeBooleanField("converged", report.converged());
    out.writeBooleanField("matchesEndContent", report.matchesEndContent());
    out.writeStringField("sha256", report.sha256());
    writeMillis("localMillis", times.local().warm(), out);
    writeMillis("remoteMillis", times.remote().warm(), out);
    writeMillis("mergeMillis", times.merge().warm(), out);
    writeMillis("openMillis", times.open().warm(), out);
    out.writeNumberField("historyBytes", report.historyBytes());
    out.writeNumberField("snapshotBytes", report.snapshotBytes());
    out.writeNumberField("heapBytes", report.heapBytes());
    out.writeNumberField("repeats", report.repeats());
    writeMillis("coldLocalMillis", times.local().cold(), out);
    writeMillis("coldRemoteMillis", times.remote().cold(), out);
    writeMillis("coldMergeMillis", times.merge().cold(), out);
    writeMillis("coldOpenMillis", times.open().cold(), out);
    out.writeEndObject();
  }

  /** Microseconds are as fine as these measurements get. */
  private static void writeMillis(String field, double millis, JsonGenerator out)
      throws IOException {
    out.writeNumberField(field, Math.round(millis * 1000) / 1000.0);
  }
}
