package dev.plait.storage.sqlite;

import dev.plait.store.StoreCheck;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/**
 * Reads every row of every table, whatever it finds, and compares it with the seals. Where a table
 * can't be read on, it is read from its end. Not thread-safe.
 */
final class Scan {

  private static final int PRIMARY_CODE = 0xff;

  private final Connection connection;
  private final Tally tally = new Tally(Optional.empty());

  /** What is done with a row. */
  private interface Row {
    void read(String document, ResultSet row) throws SQLException;
  }

  Scan(Connection connection) {
    this.connection = connection;
  }

  StoreCheck check() throws SQLException {
    structure();
    meta();
    table(
        "seals WHERE " + SealTable.NAMED_SQL,
        "document",
        "sum, record",
        (document, row) -> tally.seal(document, row.getLong(2), Columns.bytes(row, 3)));
    for (ChunkTable chunks : ChunkTable.values()) {
      table(
          chunks.table(),
          "document, replica, first",
          "replica, first, last, sum, record",
          (document, row) -> chunk(chunks, document, row));
    }
    table(
        "suspects",
        "document, replica",
        "replica, counter, sum",
        (document, row) ->
            tally.suspect(document, Columns.bytes(row, 2), row.getLong(3), row.getLong(4)));
    table(
        "snapshots",
        "document",
        "sum, record",
        (document, row) -> tally.snapshot(document, row.getLong(2), Columns.bytes(row, 3)));
    return tally.check();
  }

  private void chunk(ChunkTable table, String document, ResultSet row) throws SQLException {
    tally.chunk(
        table,
        document,
        Columns.bytes(row, 2),
        row.getLong(3),
        row.getLong(4),
        row.getLong(5),
        Columns.bytes(row, 6));
  }

  /** What SQLite itself finds wrong with its pages. */
  private void structure() throws SQLException {
    try (PreparedStatement check = connection.prepareStatement("PRAGMA integrity_check(100)");
        ResultSet rows = check.executeQuery()) {
      while (rows.next()) {
        String line = rows.getString(1);
        if (!"ok".equals(line)) {
          tally.damages().add(null, "SQLite: " + line);
        }
      }
    } catch (SQLException failure) {
      damage(null, failure);
    }
  }

  private void meta() throws SQLException {
    try {
      tally.meta(Meta.read(connection));
    } catch (SQLException failure) {
      damage(null, failure);
    }
  }

  private void table(String table, String key, String columns, Row row) throws SQLException {
    String sql = "SELECT document, " + columns + " FROM " + table + " ORDER BY ";
    List<Object> last = rows(sql + key, List.of(), key, row);
    if (!last.isEmpty()) {
      rows(sql + key.replace(",", " DESC,") + " DESC", last, key, row);
    }
  }

  /**
   * Goes through the rows until one with the key {@code end}; gives the key of the last one read if
   * it was stopped by damage.
   */
  private List<Object> rows(String sql, List<Object> end, String key, Row row) throws SQLException {
    int keys = key.split(",").length;
    List<Object> at = List.of(0);
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        byte[] name = Columns.bytes(rows, 1);
        at = keyOf(rows, keys);
        if (at.equals(end)) {
          return List.of();
        }
        read(name, rows, row);
      }
      return List.of();
    } catch (SQLException failure) {
      damage(null, failure);
      return at;
    }
  }

  private static List<Object> keyOf(ResultSet row, int columns) throws SQLException {
    List<Object> key = new ArrayList<>();
    for (int i = 1; i <= columns; i++) {
      key.add(Arrays.toString(row.getBytes(i)));
    }
    return key;
  }

  private void read(byte[] name, ResultSet rows, Row row) throws SQLException {
    String document = null;
    try {
      document = Columns.text(name);
      row.read(document, rows);
    } catch (SQLException failure) {
      // A row that fails its checksum is passed over; what stops SQLite ends the table.
      if (!Columns.isOwn(failure)) {
        throw failure;
      }
      damage(document, failure);
    }
  }

  private void damage(@Nullable String document, SQLException failure) throws SQLException {
    int code = failure.getErrorCode() & PRIMARY_CODE;
    if (Failures.isOfFileSystem(failure) || code == SQLiteErrorCode.SQLITE_BUSY.code) {
      throw failure;
    }
    tally.damages().add(document, failure);
  }
}
