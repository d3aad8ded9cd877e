package dev.plait.storage.sqlite;

import dev.plait.store.Durability;
import dev.plait.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.sqlite.SQLiteConfig;

/** Opens connections to a database file; each is asked whether it is as it was wanted. */
final class Connections {

  private static final int WAL_LIMIT_BYTES = 32 << 20;
  private static final Duration MAX_BUSY = Duration.ofMillis(Integer.MAX_VALUE);

  private final Path path;
  private final SqliteOptions options;

  Connections(Path path, SqliteOptions options) {
    this.path = path;
    this.options = options;
  }

  /** Makes the tables in a file that is not there, and forces all to the disk. */
  void make() throws SQLException {
    try (Connection connection = open(new SQLiteConfig(), "");
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA synchronous = FULL");
      createSchema(connection);
      pragma(connection, "journal_mode = WAL");
    }
  }

  /** The connection that writes. */
  Connection openWriter() throws SQLException {
    Connection connection = open(new SQLiteConfig(), "");
    try {
      if (!pragma(connection, "user_version").equals("" + SqliteLayout.VERSION)) {
        throw Columns.damaged("the version of the layout is gone");
      }
      pragma(connection, "journal_mode = WAL");
      check(path, connection, settings());
      return connection;
    } catch (SQLException | StoreException failure) {
      closeAfter(failure, connection);
      throw failure;
    }
  }

  /** A connection that reads, beside the writer. */
  Connection openReader() throws SQLException {
    return reading(open(new SQLiteConfig(), ""), settings());
  }

  /**
   * A connection that reads what may be refused, and can't move the log into the file.
   *
   * @param log whether there is one; without it the file is read as one that nobody changes, or
   *     SQLite would make files beside it and remove those that a killed process has left
   */
  Connection openInspector(boolean log) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    Map<String, String> asked = settings();
    if (!log) {
      // What nobody changes needs no log.
      asked.remove("journal_mode");
    }
    return reading(open(config, log ? "" : "?immutable=1"), asked);
  }

  private Connection reading(Connection connection, Map<String, String> asked) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA query_only = ON");
      asked.put("query_only", "1");
      check(path, connection, asked);
      return connection;
    } catch (SQLException | StoreException failure) {
      closeAfter(failure, connection);
      throw failure;
    }
  }

  /** What every connection must say of itself. */
  Map<String, String> settings() {
    String full = options.durability() == Durability.FULL ? "1" : "0";
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("journal_mode", "wal");
    settings.put("synchronous", synchronous());
    settings.put("fullfsync", full);
    settings.put("checkpoint_fullfsync", full);
    settings.put("locking_mode", "normal");
    settings.put("busy_timeout", "" + busyMillis());
    settings.put("encoding", "UTF-8");
    settings.put("page_size", "" + SqliteLayout.PAGE_BYTES);
    settings.put("mmap_size", "0");
    settings.put("trusted_schema", "0");
    settings.put("cell_size_check", "1");
    settings.put("wal_autocheckpoint", "0");
    settings.put("cache_spill", "0");
    settings.put("journal_size_limit", "" + WAL_LIMIT_BYTES);
    return settings;
  }

  /**
   * Refuses a connection that is not as it was asked to be: SQLite says nothing when it can't.
   *
   * @param asked values by the names of their pragmas
   */
  static void check(Path path, Connection connection, Map<String, String> asked)
      throws SQLException {
    for (Map.Entry<String, String> entry : asked.entrySet()) {
      String found = pragma(connection, entry.getKey());
      if (!found.equals(entry.getValue())) {
        throw new StoreException.InputOutput(
            path
                + ": SQLite was told "
                + entry.getKey()
                + " = "
                + entry.getValue()
                + " and has "
                + found
                + "; keep the store on a local file system, and use the sqlite-jdbc of this"
                + " release",
            null);
      }
    }
  }

  private static void createSchema(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      for (String sql : SqliteLayout.SCHEMA) {
        statement.execute(sql);
      }
      try (PreparedStatement meta = connection.prepareStatement(Meta.WRITE_SQL)) {
        Meta.of(UUID.randomUUID()).write(meta);
      }
      statement.execute("COMMIT");
    }
  }

  private Connection open(SQLiteConfig config, String query) throws SQLException {
    config.setEncoding(SQLiteConfig.Encoding.UTF8);
    config.setPageSize(SqliteLayout.PAGE_BYTES);
    config.setBusyTimeout(busyMillis());
    config.setJournalSizeLimit(WAL_LIMIT_BYTES);
    config.enableLoadExtension(false);
    long pages = Math.max(1, options.maximumBytes() / SqliteLayout.PAGE_BYTES);
    if (pages <= Integer.MAX_VALUE) {
      config.setMaxPageCount((int) pages);
    }
    Connection connection = connect(path, query, config);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA synchronous = " + synchronous());
      statement.execute("PRAGMA trusted_schema = OFF");
      statement.execute("PRAGMA cell_size_check = ON");
      statement.execute("PRAGMA mmap_size = 0");
      // The store moves the log itself, and writes to it when a transaction ends and not before.
      statement.execute("PRAGMA wal_autocheckpoint = 0");
      statement.execute("PRAGMA cache_spill = OFF");
      // Where a plain sync stops at the drive's cache (macOS), FULL goes on to the platter.
      boolean full = options.durability() == Durability.FULL;
      statement.execute("PRAGMA fullfsync = " + full);
      statement.execute("PRAGMA checkpoint_fullfsync = " + full);
      return connection;
    } catch (SQLException failure) {
      closeAfter(failure, connection);
      throw failure;
    }
  }

  private int busyMillis() {
    Duration timeout = options.busyTimeout();
    if (timeout.isNegative()) {
      return 0;
    }
    return timeout.compareTo(MAX_BUSY) > 0 ? Integer.MAX_VALUE : (int) timeout.toMillis();
  }

  /** FULL, NORMAL or OFF, as SQLite says it itself. */
  private String synchronous() {
    return switch (options.durability()) {
      case FULL -> "2";
      case RELAXED -> "1";
      case NONE -> "0";
    };
  }

  /**
   * A connection whose transactions are begun and ended by statements alone.
   *
   * @param path handed over as a percent-encoded URI, so that no character of it means anything
   * @param query what follows it in the URI
   */
  static Connection connect(Path path, String query, SQLiteConfig config) throws SQLException {
    // The driver would ask for a row's number after each insertion, by a statement that stays open.
    config.setGetGeneratedKeys(false);
    Connection connection =
        config.createConnection("jdbc:sqlite:" + path.toUri().toASCIIString() + query);
    try (Statement statement = connection.createStatement()) {
      // In auto-commit mode the driver tries a transaction of its own after each statement.
      connection.setAutoCommit(false);
      statement.execute("ROLLBACK");
      return connection;
    } catch (SQLException failure) {
      closeAfter(failure, connection);
      throw failure;
    }
  }

  /** Closes what a failure leaves behind; a second failure is kept with the first. */
  static void closeAfter(Throwable failure, AutoCloseable left) {
    try {
      left.close();
    } catch (Exception second) {
      failure.addSuppressed(second);
    }
  }

  static String pragma(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet value = statement.executeQuery("PRAGMA " + name)) {
      return value.next() ? String.valueOf(value.getString(1)) : "nothing";
    }
  }
}
