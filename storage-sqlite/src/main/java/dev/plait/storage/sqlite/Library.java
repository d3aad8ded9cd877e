package dev.plait.storage.sqlite;

import dev.plait.store.StoreException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteJDBCLoader;

/** SQLite itself, which is native: whether it is there and new enough. */
final class Library {

  /** Before it, a log that was begun anew at the wrong moment could damage the database. */
  static final String LEAST_VERSION = "3.51.3";

  private static final Pattern VERSION = Pattern.compile("\\d{1,6}(\\.\\d{1,6})*");

  private Library() {}

  /**
   * Loads it, if that was not done.
   *
   * @throws StoreException.NativeUnavailable if it can't be loaded, or is too old
   */
  static void require() throws SQLException {
    try {
      SQLiteJDBCLoader.initialize();
    } catch (Exception | LinkageError failure) {
      throw unavailable("can't be loaded: " + failure, failure);
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT sqlite_version()")) {
      check(row.getString(1));
    }
  }

  /** Refuses a version that is too old. */
  static void check(String found) {
    if (!isNewEnough(found)) {
      throw unavailable("has version " + found + ", and " + LEAST_VERSION + " is needed", null);
    }
  }

  private static boolean isNewEnough(String found) {
    if (!VERSION.matcher(found).matches()) {
      return false;
    }
    String[] is = found.split("\\.", -1);
    String[] least = LEAST_VERSION.split("\\.", -1);
    for (int i = 0; i < least.length; i++) {
      int part = i < is.length ? Integer.parseInt(is[i]) : 0;
      int needed = Integer.parseInt(least[i]);
      if (part != needed) {
        return part > needed;
      }
    }
    return true;
  }

  private static StoreException unavailable(String why, @Nullable Throwable cause) {
    return new StoreException.NativeUnavailable(
        "SQLite's native library "
            + why
            + "; have the sqlite-jdbc of this release on the class path, and either a directory for"
            + " temporary files that may be written and run from (-Dorg.sqlite.tmpdir=...), or"
            + " where the library lies (-Dorg.sqlite.lib.path=...)",
        cause);
  }
}
