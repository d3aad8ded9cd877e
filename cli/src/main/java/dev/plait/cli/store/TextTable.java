package dev.plait.cli.store;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Help;

/** Rows under headings, as wide as what is in them; numbers stand at the right. */
final class TextTable {
  private static final int GAP = 2;

  private final List<Object[]> rows = new ArrayList<>();
  private final int[] widths;

  TextTable(Object... headings) {
    widths = new int[headings.length];
    row(headings);
  }

  void row(Object... cells) {
    rows.add(cells.clone());
    for (int i = 0; i < cells.length; i++) {
      widths[i] = Math.max(widths[i], text(cells[i]).length());
    }
  }

  void print(PrintWriter out) {
    int total = Arrays.stream(widths).sum() + GAP * widths.length;
    Help.TextTable table =
        Help.TextTable.forColumns(
            Help.defaultColorScheme(Help.Ansi.OFF),
            Arrays.stream(widths)
                .mapToObj(width -> new Help.Column(width + GAP, 0, Help.Column.Overflow.TRUNCATE))
                .toArray(Help.Column[]::new));
    for (Object[] row : rows) {
      String[] cells = new String[row.length];
      for (int i = 0; i < row.length; i++) {
        cells[i] = isNumber(i) ? right(text(row[i]), widths[i]) : text(row[i]);
      }
      table.addRowValues(cells);
    }
    for (String line : table.toString(new StringBuilder(total)).toString().lines().toList()) {
      out.println(line.stripTrailing());
    }
  }

  private boolean isNumber(int column) {
    return rows.size() > 1 && rows.get(1)[column] instanceof Number;
  }

  private static String right(String text, int width) {
    return " ".repeat(width - text.length()) + text;
  }

  private static String text(Object cell) {
    return Objects.toString(cell);
  }
}
