package dev.plait.peers.page;

import dev.plait.peers.run.Measurement;
import dev.plait.peers.run.Results;
import dev.plait.peers.work.Work.Chapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Writes what was measured: as a page by itself, and as a section of a document. */
public final class Page {
  private static final String BEGIN = "<!-- peers: begin, written by the comparison -->";
  private static final String END = "<!-- peers: end -->";
  private static final String STYLE =
      "body{font-family:sans-serif;max-width:80em;margin:2em auto;padding:0 1em}"
          + "table{border-collapse:collapse;margin:1em 0}caption{text-align:left;font-weight:bold}"
          + "td,th{border:1px solid #ccc;padding:.2em .6em;text-align:right}"
          + "td:first-child,th:first-child{text-align:left}td.best{font-weight:bold}"
          + "img{max-width:100%}";

  private final Results results;
  private final List<Section> sections = new ArrayList<>();

  /** A page about these results. */
  public Page(Results results) {
    this.results = results;
    for (Chapter chapter : Chapter.values()) {
      sections.addAll(Section.of(results, chapter));
    }
  }

  /** Writes the page and its pictures into a folder. */
  public void write(Path folder) throws IOException {
    Charts charts = new Charts(results);
    StringBuilder body = new StringBuilder();
    for (String line : introduction()) {
      body.append("<p>").append(Table.escaped(line)).append("</p>\n");
    }
    for (Section section : sections) {
      body.append("<h2>").append(Table.escaped(section.title())).append("</h2>\n");
      body.append(section.table(results).toHtml());
      String file = section.name() + ".png";
      if (charts.draw(section, folder.resolve(file))) {
        body.append("<img src=\"").append(file).append("\" alt=\"").append(section.title());
        body.append("\">\n");
      }
    }
    Files.writeString(
        folder.resolve("index.html"),
        "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>Plait and its peers"
            + "</title><style>"
            + STYLE
            + "</style>\n<h1>Plait and its peers</h1>\n"
            + body
            + "</html>\n");
  }

  /**
   * Writes the section between the marks of a document anew, and its pictures into a folder beside
   * the document.
   *
   * @throws IOException if the marks are not there, or anything can't be written
   */
  public void writeInto(Path document, String pictures) throws IOException {
    String text = Files.readString(document);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException(document + " lacks the lines " + BEGIN + " and " + END);
    }
    Path folder = document.resolveSibling(pictures);
    Files.createDirectories(folder);
    Charts charts = new Charts(results);
    StringBuilder section = new StringBuilder(BEGIN).append("\n\n");
    introduction().forEach(line -> section.append(line).append("\n\n"));
    for (Section part : sections) {
      section.append(part.table(results).toMarkdown());
      String file = part.name() + ".png";
      if (charts.draw(part, folder.resolve(file))) {
        section.append("![").append(part.title()).append("](").append(pictures).append('/');
        section.append(file).append(")\n\n");
      }
    }
    Files.writeString(document, text.substring(0, begin) + section + text.substring(end));
  }

  private List<String> introduction() {
    List<String> lines = new ArrayList<>();
    lines.add("Measured on " + results.date() + ". " + String.join("; ", results.machine()) + ".");
    lines.add("Versions: " + String.join(", ", versions()) + ".");
    results
        .leftOut()
        .forEach((name, reason) -> lines.add("Left out: " + name + ", because " + reason + "."));
    lines.add(
        "Times are medians of warm runs in a process of its own: of the later half of as many as"
            + " fitted into the time they had, "
            + mostRuns()
            + " at most. The first run of that process is in brackets; the least of each column is"
            + " bold. A dash: the library has no such type, or was not done in time (below).");
    lines.add(
        "Where a new replica takes the whole history, Loro is given its snapshot, which is faster"
            + " than its updates. Pekko keeps no history; it is given the state.");
    lines.add(lead());
    List<String> failures = failures();
    if (!failures.isEmpty()) {
      lines.add("Not done: " + String.join("; ", failures) + ".");
    }
    return lines;
  }

  private List<String> versions() {
    Map<String, String> versions = new LinkedHashMap<>();
    for (Measurement one : results.measurements()) {
      if (!one.version().isEmpty()) {
        versions.putIfAbsent(one.participant(), one.participant() + " " + one.version());
      }
    }
    return List.copyOf(versions.values());
  }

  private int mostRuns() {
    return results.measurements().stream()
        .map(Measurement::times)
        .filter(Objects::nonNull)
        .mapToInt(List::size)
        .max()
        .orElse(0);
  }

  /** Where somebody else is first. */
  private String lead() {
    List<String> behind = new ArrayList<>();
    int columns = 0;
    for (Section section : sections) {
      for (Column column : section.columns()) {
        String best = column.best(results);
        Double ours = column.value(results, "plait");
        if (best == null || ours == null) {
          continue;
        }
        columns++;
        if (!best.equals("plait")) {
          double theirs = Objects.requireNonNull(column.value(results, best));
          behind.add(
              String.format(
                  Locale.ROOT,
                  "%s, %s: %s (Plait takes %.2g times as much)",
                  column.script(),
                  column.head().replaceAll(", .*", ""),
                  best,
                  ours / theirs));
        }
      }
    }
    return "Of "
        + columns
        + " columns, Plait has the least in "
        + (columns - behind.size())
        + (behind.isEmpty() ? "." : ". Where another is first: " + String.join("; ", behind) + ".");
  }

  private List<String> failures() {
    return results.measurements().stream()
        .filter(one -> one.reason() != null && one.version().isEmpty())
        .map(
            one ->
                one.participant() + ", " + one.script() + ", " + one.task() + ": " + one.reason())
        .toList();
  }
}
