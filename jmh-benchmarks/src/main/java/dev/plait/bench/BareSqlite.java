package dev.plait.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.openjdk.jmh.infra.Blackhole;

/** SQLite: one table, the number as its row's, a write-ahead log, {@code synchronous=FULL}. */
final class BareSqlite implements BareEngine {
  private final Connection connection;
  private final PreparedStatement insert;
  private final PreparedStatement select;
  private long last;

  BareSqlite(Path file) {
    try {
      connection = DriverManager.getConnection("jdbc:sqlite:" + file);
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA journal_mode = WAL");
        statement.execute("PRAGMA synchronous = FULL");
        statement.execute("CREATE TABLE chunks (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL)");
      }
      connection.setAutoCommit(false);
      insert = connection.prepareStatement("INSERT INTO chunks (number, bytes) VALUES (?, ?)");
      select =
          connection.prepareStatement(
              "SELECT number, bytes FROM chunks WHERE number > ? ORDER BY number");
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Override
  public synchronized void append(List<byte[]> values) {
    try {
      for (byte[] value : values) {
        insert.setLong(1, ++last);
        insert.setBytes(2, value);
        insert.executeUpdate();
      }
      connection.commit();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Override
  public synchronized void scan(Blackhole out) {
    try {
      select.setLong(1, 0);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          out.consume(rows.getLong(1));
          out.consume(rows.getBytes(2));
        }
      }
      connection.commit();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
