package dev.plait.cli.demo;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/** Prints the story: wrapped lines, people in colour where the output is a terminal. */
final class Narrator {
  private static final int WIDTH = 78;
  private static final List<String> STYLES =
      List.of("bold,fg(cyan)", "bold,fg(yellow)", "bold,fg(magenta)");

  private final PrintWriter out;
  private final Ansi ansi;

  Narrator(PrintWriter out, Ansi ansi) {
    this.out = out;
    this.ansi = ansi;
  }

  /** A heading with space around it. */
  void act(String title) {
    out.println();
    out.println(styled("bold", title));
    out.println("-".repeat(title.length()));
  }

  /** A paragraph. */
  void say(String text) {
    wrap(text, "", "");
  }

  /** What one person does. */
  void does(String text) {
    wrap(text, "  * ", "    ");
  }

  /** What came of a conflict: what happened, and by which rule. */
  void settled(String what, String outcome, String rule) {
    out.println();
    out.println("  " + styled("bold", what));
    wrap(outcome, "    ", "    ");
    wrap("rule: " + rule, "    ", "          ");
  }

  /** Text as it stands in a document. */
  void quote(String text) {
    text.lines().forEach(line -> out.println("  | " + line));
  }

  /** A line of facts, name first. */
  void fact(String name, String value) {
    StringBuilder padded = new StringBuilder(name);
    while (padded.length() < 5) {
      padded.append(' ');
    }
    out.println("  " + people(padded.toString()) + "  " + value);
  }

  void blank() {
    out.println();
  }

  private void wrap(String text, String first, String rest) {
    StringBuilder line = new StringBuilder(first);
    int start = line.length();
    for (String word : text.split(" ", -1)) {
      if (line.length() + word.length() + 1 > WIDTH && line.length() > start) {
        out.println(people(line.toString()));
        line = new StringBuilder(rest);
        start = line.length();
      }
      if (line.length() > start) {
        line.append(' ');
      }
      line.append(word);
    }
    out.println(people(line.toString()));
  }

  private String people(String line) {
    String coloured = line;
    for (int i = 0; i < Cast.PEOPLE.size(); i++) {
      String name = Cast.PEOPLE.get(i);
      coloured = coloured.replace(name, styled(STYLES.get(i), name));
    }
    return coloured;
  }

  private String styled(String style, String text) {
    return ansi.enabled() ? ansi.string("@|" + style + " " + text + "|@") : text;
  }
}
