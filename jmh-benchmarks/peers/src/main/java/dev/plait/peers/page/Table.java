package dev.plait.peers.page;

import java.util.ArrayList;
import java.util.List;

/**
 * A table to be read. The best cell of a column is marked.
 *
 * @param header with the head of the first column
 * @param rows each with a name first
 */
record Table(String title, List<String> header, List<List<Cell>> rows) {

  /**
   * A cell.
   *
   * @param best whether nobody does better
   */
  record Cell(String text, boolean best) {
    static Cell of(String text) {
      return new Cell(text, false);
    }
  }

  String toMarkdown() {
    StringBuilder out = new StringBuilder();
    out.append("**").append(title).append("**\n\n");
    line(header, out);
    line(header.stream().map(any -> "---").toList(), out);
    for (List<Cell> row : rows) {
      List<String> cells = new ArrayList<>();
      row.forEach(cell -> cells.add(cell.best() ? "**" + cell.text() + "**" : cell.text()));
      line(cells, out);
    }
    return out.append('\n').toString();
  }

  private static void line(List<String> cells, StringBuilder out) {
    out.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  String toHtml() {
    StringBuilder out = new StringBuilder();
    out.append("<table><caption>").append(escaped(title)).append("</caption>\n<tr>");
    header.forEach(head -> out.append("<th>").append(escaped(head)).append("</th>"));
    out.append("</tr>\n");
    for (List<Cell> row : rows) {
      out.append("<tr>");
      for (Cell cell : row) {
        out.append(cell.best() ? "<td class=\"best\">" : "<td>");
        out.append(escaped(cell.text())).append("</td>");
      }
      out.append("</tr>\n");
    }
    return out.append("</table>\n").toString();
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
