package dev.plait.storage.sqlite;

import dev.plait.storage.guard.Head;
import dev.plait.store.Durability;
import dev.plait.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/** The database file: whether it is a store, and how connections to it are opened. */
final class StoreFile {

  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER_BYTES = 100;
  private static final int USER_VERSION_OFFSET = 60;
  private static final int APPLICATION_ID_OFFSET = 68;
  private static final int WAL_LIMIT_BYTES = 32 << 20;

  private static final Duration MAX_BUSY = Duration.ofMillis(Integer.MAX_VALUE);

  private final Path path;
  private final SqliteOptions options;

  /**
   * A file to be opened.
   *
   * @param path its one real name, see {@link #resolve}
   */
  StoreFile(Path path, SqliteOptions options) {
    this.path = path;
    this.options = options;
  }

  Path path() {
    return path;
  }

  SqliteOptions options() {
    return options;
  }

  /** The log beside it. */
  Path log() {
    return beside("-wal");
  }

  /** The lock file beside it. */
  Path lock() {
    return beside("-lock");
  }

  /** The head file beside it. */
  Path head() {
    return beside("-head");
  }

  private Path beside(String suffix) {
    return path.resolveSibling(path.getFileName() + suffix);
  }

  /** What the file and its log take. */
  long storedBytes() throws IOException {
    Path wal = log();
    return Files.size(path) + (Files.exists(wal) ? Files.size(wal) : 0);
  }

  /** The one real name of a file, which is created empty if it is not there. */
  static Path resolve(Path path) throws IOException {
    if (!Files.exists(path)) {
      Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
    }
    return path.toRealPath();
  }

  /** Refuses what cannot be a store, without opening it. */
  void checkIsFile() {
    if (!Files.isRegularFile(path)) {
      throw notAStore("it is not a regular file");
    }
  }

  /**
   * Refuses what is no store or a newer one, without a change to it. Only for the holder of the
   * lock: see there what the system does when a file that SQLite has open is opened beside it.
   */
  void checkIsStore(@Nullable Head head) throws IOException, SQLException {
    boolean hasWal = hasLog();
    byte[] header = readHeader();
    if (header.length == 0) {
      if (head != null && head.commits() > 0) {
        throw head.lost(path, 0);
      }
      if (hasWal) {
        throw new StoreException.Corrupt(
            path + " is empty, but " + log().getFileName() + " beside it is not; restore a copy",
            null);
      }
      return;
    }
    if (!isMarked(header)) {
      throw notAStore("something else wrote it");
    }
    checkVersion(ByteBuffer.wrap(header).getInt(USER_VERSION_OFFSET));
    if (head != null) {
      checkSalts(head);
    }
    if (hasLog()) {
      checkLog(log(), head);
      checkVersion(versionWithWal());
    }
  }

  private static boolean isMarked(byte[] header) {
    return header.length >= HEADER_BYTES
        && ByteBuffer.wrap(MAGIC).equals(ByteBuffer.wrap(header, 0, MAGIC.length))
        && ByteBuffer.wrap(header).getInt(APPLICATION_ID_OFFSET) == SqliteLayout.APPLICATION_ID;
  }

  /** Whether a file that begins so is a store with the layout that this release knows. */
  static boolean isHeaderOfStore(byte[] header) {
    return isMarked(header)
        && ByteBuffer.wrap(header).getInt(USER_VERSION_OFFSET) == SqliteLayout.VERSION;
  }

  private byte[] readHeader() throws IOException {
    try (InputStream file = Files.newInputStream(path)) {
      return file.readNBytes(HEADER_BYTES);
    }
  }

  /** The version including what waits in the log; a connection that may write would move it in. */
  private int versionWithWal() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    try (Connection connection = connect(path, config)) {
      return pragma(connection, "user_version");
    }
  }

  /** Whether there is a log with anything in it. */
  boolean hasLog() throws IOException {
    return Files.exists(log()) && Files.size(log()) > 0;
  }

  /** Refuses a log that is not the store's, or a store whose log is gone. */
  private void checkSalts(Head head) throws IOException {
    long salts = WalScan.salts(log());
    WalScan.Finding known = WalScan.Finding.withSalts(head.mark1());
    if (head.clean() && salts != 0) {
      WalScan.Finding finding = WalScan.of(log(), SqliteLayout.PAGE_BYTES);
      if (salts != head.mark1() && finding.commits() > 1) {
        throw new StoreException.Corrupt(
            path
                + " was closed and needs no log, but there is another store's beside it: take "
                + log().getFileName()
                + " away",
            null);
      }
      // All of it is in the database; SQLite would write it over what is newer there.
      Files.delete(log());
      Files.deleteIfExists(beside("-shm"));
    } else if (!head.clean()
        && head.mark1() != 0
        && salts != head.mark1()
        && !known.followedBy(salts)) {
      throw new StoreException.LostAcknowledged(
          path
              + " was not closed, and "
              + (salts == 0 ? "its log is gone" : "the log beside it is another's")
              + "; nothing was changed: restore the log, or go on without what is missing and fetch"
              + " it from a peer with: plait repair",
          null);
    }
  }

  /**
   * SQLite would drop what is behind a bad frame without a word. Only where each commit is forced
   * to the disk is that more than a loss of power explains.
   */
  private void checkLog(Path wal, @Nullable Head head) throws IOException {
    if (head != null && head.durability() != Durability.FULL) {
      return;
    }
    WalScan.Finding finding = WalScan.of(wal, SqliteLayout.PAGE_BYTES);
    if (finding.state() == WalScan.State.DAMAGED) {
      throw new StoreException.LostAcknowledged(
          wal
              + " is damaged in "
              + (finding.firstBad() == 0 ? "its header" : "frame " + finding.firstBad())
              + ", and acknowledged commits lie behind that; nothing was changed: restore the files"
              + " of "
              + path.getFileName()
              + ", or go on without what is missing and fetch it from a peer with: plait repair",
          null);
    }
  }

  private void checkVersion(int version) {
    if (version != SqliteLayout.VERSION) {
      throw new StoreException.OtherVersion(
          path
              + " has version "
              + version
              + " of the layout, this release knows "
              + SqliteLayout.VERSION
              + "; open it with the release that wrote it",
          null);
    }
  }

  private StoreException notAStore(String why) {
    return new StoreException.NotAStore(
        path + " is not a store: " + why + "; name another file or one that does not exist", null);
  }

  /** The connection that writes; makes the tables if there are none. */
  Connection openWriter() throws SQLException {
    Connection connection = open();
    try {
      if (pragma(connection, "user_version") == 0 && pragma(connection, "schema_version") == 0) {
        createSchema(connection);
      }
      if (pragma(connection, "user_version") != SqliteLayout.VERSION) {
        throw Columns.damaged("the version of the layout is gone");
      }
      try (Statement statement = connection.createStatement();
          ResultSet mode = statement.executeQuery("PRAGMA journal_mode = WAL")) {
        if (!"wal".equals(mode.getString(1))) {
          throw new SQLException("the file system has no shared memory for a write-ahead log");
        }
      }
      return connection;
    } catch (SQLException failure) {
      closeAfter(failure, connection);
      throw failure;
    }
  }

  /** What the store says of itself, read without a change to any file. */
  Meta inspect() throws SQLException, IOException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    try (Reader reader = hasLog() ? Reader.over(connect(path, config)) : Reader.open(this)) {
      return reader.checkedMeta();
    }
  }

  /** Rewrites the file without what is free; on a connection of its own, as SQLite wants it. */
  void vacuum() throws SQLException {
    try (Connection connection = openWriter();
        Statement statement = connection.createStatement()) {
      statement.execute("VACUUM");
    }
  }

  /** A connection that reads, beside the writer. */
  Connection openReader() throws SQLException {
    Connection connection = open();
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA query_only = ON");
      return connection;
    } catch (SQLException failure) {
      closeAfter(failure, connection);
      throw failure;
    }
  }

  /*
   * Made before the file is switched to a write-ahead log: so the header says what the file is as
   * soon as it has one.
   */
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

  private Connection open() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setEncoding(SQLiteConfig.Encoding.UTF8);
    config.setPageSize(SqliteLayout.PAGE_BYTES);
    config.setBusyTimeout(busyMillis());
    config.setSynchronous(synchronous(options.durability()));
    config.setJournalSizeLimit(WAL_LIMIT_BYTES);
    config.enableLoadExtension(false);
    long pages = Math.max(1, options.maximumBytes() / SqliteLayout.PAGE_BYTES);
    if (pages <= Integer.MAX_VALUE) {
      config.setMaxPageCount((int) pages);
    }
    Connection connection = connect(path, config);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA trusted_schema = OFF");
      statement.execute("PRAGMA cell_size_check = ON");
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

  private static SQLiteConfig.SynchronousMode synchronous(Durability durability) {
    return switch (durability) {
      case FULL -> SQLiteConfig.SynchronousMode.FULL;
      case RELAXED -> SQLiteConfig.SynchronousMode.NORMAL;
      case NONE -> SQLiteConfig.SynchronousMode.OFF;
    };
  }

  /**
   * A connection whose transactions are begun and ended by statements alone.
   *
   * @param path handed over as a percent-encoded URI, so that no character of it means anything
   */
  static Connection connect(Path path, SQLiteConfig config) throws SQLException {
    Connection connection = config.createConnection("jdbc:sqlite:" + path.toUri().toASCIIString());
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

  private static int pragma(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet value = statement.executeQuery("PRAGMA " + name)) {
      return value.getInt(1);
    }
  }
}
