package dev.plait.peers.page;

import dev.plait.peers.run.Measurement;
import dev.plait.peers.run.Results;
import dev.plait.peers.task.Task;
import dev.plait.peers.work.Work.Chapter;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of the page: one table, and the charts of its columns.
 *
 * @param name of the file of its charts
 */
record Section(String name, String title, List<Column> columns) {

  /** The sections of a chapter of the results. */
  static List<Section> of(Results results, Chapter chapter) {
    List<Section> sections = new ArrayList<>();
    List<String> scripts =
        results.measurements().stream()
            .filter(one -> one.chapter().equals(chapter.name()))
            .map(Measurement::script)
            .distinct()
            .toList();
    if (chapter == Chapter.MICRO) {
      List<Column> columns = new ArrayList<>();
      for (String script : scripts) {
        Task task = script.startsWith("B3") ? Task.FAN_IN : Task.EXCHANGE;
        columns.add(new Column(script, script + ", ms", script, task, Column.Kind.MILLIS));
      }
      return List.of(new Section("micro", chapter.title(), columns));
    }
    List<Column> single = new ArrayList<>();
    for (String script : scripts) {
      if (script.startsWith("set-add") || script.startsWith("set-join")) {
        single.add(single(script));
      } else {
        sections.add(new Section(script, script, columns(script)));
      }
    }
    if (!single.isEmpty()) {
      sections.add(new Section("large-sets", "large sets", single));
    }
    return sections;
  }

  private static Column single(String script) {
    String size = script.substring(script.lastIndexOf('-') + 1);
    return script.startsWith("set-add")
        ? new Column(
            "add to " + size + ", µs",
            "one remote add to a set of " + size + ", µs",
            script,
            Task.ADD,
            Column.Kind.MICROS_EACH)
        : new Column(
            "join of two of " + size + ", ms",
            "joining two disjoint sets of " + size + ", ms",
            script,
            Task.JOIN,
            Column.Kind.MILLIS);
  }

  private static List<Column> columns(String script) {
    List<Column> columns = new ArrayList<>();
    columns.add(millis("local, ms", "local edits, one transaction each, ms", script, Task.LOCAL));
    columns.add(millis("each change, ms", "each change's bytes applied, ms", script, Task.REMOTE));
    columns.add(
        millis(
            "whole history, ms", "whole history into a fresh replica, ms", script, Task.HISTORY));
    columns.add(millis("open, ms", "opening the saved state, ms", script, Task.OPEN));
    if (script.startsWith("map") || script.startsWith("set")) {
      columns.add(millis("merge, ms", "merging another replica's work, ms", script, Task.MERGE));
    }
    columns.add(bytes("a change, all", "bytes of all changes, one by one", script, Task.REMOTE));
    columns.add(bytes("history", "bytes of the whole history", script, Task.HISTORY));
    columns.add(bytes("saved", "bytes of the saved state", script, Task.OPEN));
    columns.add(bytes("memory", "bytes an open document takes in memory", script, Task.MEMORY));
    return columns;
  }

  private static Column millis(String head, String title, String script, Task task) {
    return new Column(head, title, script, task, Column.Kind.MILLIS);
  }

  private static Column bytes(String head, String title, String script, Task task) {
    return new Column(head, title, script, task, Column.Kind.BYTES);
  }

  /** The participants down, the columns across; of many columns the other way round. */
  Table table(Results results) {
    return name.equals("micro") ? tall(results) : wide(results);
  }

  private Table wide(Results results) {
    List<String> header = new ArrayList<>(List.of(""));
    columns.forEach(column -> header.add(column.head()));
    List<List<Table.Cell>> rows = new ArrayList<>();
    for (String participant : results.participants()) {
      List<Table.Cell> row = new ArrayList<>(List.of(Table.Cell.of(participant)));
      columns.forEach(column -> row.add(cell(results, column, participant)));
      if (row.stream().skip(1).anyMatch(cell -> !cell.text().equals("–"))) {
        rows.add(row);
      }
    }
    return new Table(title, header, rows);
  }

  private Table tall(Results results) {
    List<String> header = new ArrayList<>(List.of("ms"));
    header.addAll(results.participants());
    List<List<Table.Cell>> rows = new ArrayList<>();
    for (Column column : columns) {
      List<Table.Cell> row = new ArrayList<>(List.of(Table.Cell.of(column.head())));
      for (String participant : results.participants()) {
        Double value = column.value(results, participant);
        String text = value == null ? "–" : Figures.millis(value);
        row.add(new Table.Cell(text, participant.equals(column.best(results))));
      }
      rows.add(row);
    }
    return new Table(title, header, rows);
  }

  private static Table.Cell cell(Results results, Column column, String participant) {
    return new Table.Cell(
        column.text(results, participant), participant.equals(column.best(results)));
  }
}
