package dev.plait.properties.store.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts what became of damaged images, by what was done to them. Not thread-safe. */
final class OutcomeTable {

  private static final int MOST_LISTED = 20;

  private final Map<String, Map<String, Integer>> counts = new TreeMap<>();
  private final List<String> forbidden = new ArrayList<>();
  private int images;

  /**
   * Adds what a journal tells.
   *
   * @param unended what became of the image that has no end in it
   * @return the number after the last image in it
   */
  int read(Path journal, Outcome unended) throws IOException {
    Map<String, String[]> begun = new HashMap<>();
    int last = -1;
    for (String line : Files.readAllLines(journal)) {
      String[] fields = line.split("\t", -1);
      last = Integer.parseInt(fields[1]);
      if (fields[0].equals(ImageProcess.BEGIN)) {
        begun.put(fields[1], fields);
      } else {
        count(Objects.requireNonNull(begun.remove(fields[1]), line), fields[2]);
      }
    }
    begun.values().forEach(image -> count(image, unended + " "));
    return last + 1;
  }

  private void count(String[] image, String result) {
    String[] words = result.split(" ", 3);
    Outcome outcome = Outcome.valueOf(words[0]);
    // Codes say more than that there was one.
    String column = outcome == Outcome.TYPED ? words[1] : words[0];
    counts.computeIfAbsent(image[2], kind -> new TreeMap<>()).merge(column, 1, Integer::sum);
    images++;
    if (!outcome.isAllowed()) {
      forbidden.add("image-" + image[1] + " (" + image[2] + ", " + image[3] + "): " + result);
    }
  }

  /** How many images were counted. */
  int images() {
    return images;
  }

  /** What may not be, a line each. */
  List<String> forbidden() {
    return List.copyOf(forbidden);
  }

  /** The first of what may not be, and where it can be looked at. */
  String forbidden(Trial trial) {
    return forbidden.size()
        + " forbidden outcomes; "
        + trial
        + "\n"
        + String.join("\n", forbidden.subList(0, Math.min(MOST_LISTED, forbidden.size())));
  }

  /** The counts, as a table for people. */
  String text() {
    TreeSet<String> columns = new TreeSet<>();
    counts.values().forEach(row -> columns.addAll(row.keySet()));
    StringBuilder text = new StringBuilder(String.format("  %-10s", ""));
    columns.forEach(column -> text.append("  ").append(column));
    counts.forEach(
        (kind, row) -> {
          text.append(String.format("%n  %-10s", kind));
          columns.forEach(
              column ->
                  text.append(
                      String.format("  %" + column.length() + "d", row.getOrDefault(column, 0))));
        });
    return text.toString();
  }
}
