package dev.plait.storage.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;

/** A database as another program has it. */
final class Outside {

  private Outside() {}

  static Connection connect(Path path) throws SQLException {
    return Connections.connect(path, "", new SQLiteConfig());
  }

  static void execute(Path path, String... statements) throws SQLException {
    try (Connection connection = connect(path)) {
      execute(connection, statements);
    }
  }

  static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  static String query(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.getString(1);
    }
  }
}
