package dev.plait.storage.sqlite;

import dev.plait.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/*
 * WHY NOT A FILE LOCK OF JAVA'S
 *
 * On POSIX systems a process loses all its locks on a file when it closes any descriptor of that
 * file. A second open in the same process would be refused by the JVM, close its channel, and with
 * that quietly unlock the store for other processes. SQLite knows all of its descriptors in the
 * process and closes them with care, so the lock is an exclusive transaction on an empty database
 * beside the store. The system ends it when the process dies.
 */
/** The claim on a store: one holder at a time, across threads, connections and processes. */
final class StoreLock implements Resource {

  static final String SUFFIX = "-lock";

  private final Connection connection;

  private StoreLock(Connection connection) {
    this.connection = connection;
  }

  /**
   * Claims a store.
   *
   * @param path the database file, links resolved, so that all names of it meet in one lock
   */
  static StoreLock acquire(Path path) throws SQLException {
    try {
      return new StoreLock(beginExclusive(path.resolveSibling(path.getFileName() + SUFFIX)));
    } catch (SQLException failure) {
      if (failure.getErrorCode() == SQLiteErrorCode.SQLITE_BUSY.code) {
        throw new StoreException.Locked(
            path + " is open already, here or in another process; close it there first", failure);
      }
      throw failure;
    }
  }

  private static Connection beginExclusive(Path lock) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(0);
    config.setJournalMode(SQLiteConfig.JournalMode.MEMORY);
    Connection connection = StoreFile.connect(lock, config);
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN EXCLUSIVE");
      return connection;
    } catch (SQLException failure) {
      StoreFile.closeAfter(failure, connection);
      throw failure;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
