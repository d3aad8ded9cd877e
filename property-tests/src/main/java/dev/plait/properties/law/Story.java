package dev.plait.properties.law;

import java.util.ArrayList;
import java.util.List;

/** What happens in a history, in words: a line for each thing, and what it led to beside it. */
final class Story {

  private record Line(String number, String what, String then) {}

  private final List<Line> lines = new ArrayList<>();
  private String begun = "";

  /** Something is about to happen. */
  void begin(String what) {
    begun = what;
  }

  /** Something has happened. */
  void line(String number, String what, String then) {
    lines.add(new Line(number, what, then));
  }

  /** What follows belongs together. */
  void heading(String what) {
    lines.add(new Line("", what + ":", ""));
  }

  /** What was about to happen has failed. */
  void fails(Throwable failure) {
    lines.add(new Line("", begun, "fails with " + failure.getClass().getSimpleName()));
  }

  @Override
  public String toString() {
    int numbers = lines.stream().mapToInt(line -> line.number().length()).max().orElse(0);
    int whats =
        lines.stream()
            .filter(line -> !line.then().isEmpty())
            .mapToInt(line -> line.what().length())
            .max()
            .orElse(0);
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      String start = padded(line.number(), numbers) + padded(line.what(), whats);
      text.append("  ").append((start + "   " + line.then()).stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static String padded(String text, int length) {
    return text + " ".repeat(Math.max(0, length - text.length()));
  }
}
