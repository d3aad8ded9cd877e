package dev.plait.storage.sqlite;

import dev.plait.store.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite's result codes mean to the caller of a store. */
final class Failures {

  private static final int PRIMARY_CODE = 0xff;

  private Failures() {}

  /**
   * Whether it is the file system that failed, and not a file that is shorter than it should be.
   */
  static boolean isOfFileSystem(SQLException failure) {
    boolean shortRead =
        failure instanceof SQLiteException driver
            && driver.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_SHORT_READ;
    return (failure.getErrorCode() & PRIMARY_CODE) == SQLiteErrorCode.SQLITE_IOERR.code
        && !shortRead;
  }

  /** Whether no room was left, be it for the index of the log. */
  static boolean isFull(SQLException failure) {
    return (failure.getErrorCode() & PRIMARY_CODE) == SQLiteErrorCode.SQLITE_FULL.code
        || (failure instanceof SQLiteException driver
            && driver.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE);
  }

  /**
   * The store's failure for the driver's.
   *
   * @param path the database file
   * @param doing what was being done, to follow "while"
   */
  static StoreException translate(Path path, String doing, SQLException failure) {
    String what = path + ", while " + doing + ": " + failure.getMessage();
    if (isFull(failure)) {
      return new StoreException.Full(
          "no room is left on the disk or in the bound for " + what, failure);
    }
    return switch (SQLiteErrorCode.getErrorCode(failure.getErrorCode() & PRIMARY_CODE)) {
      case SQLITE_BUSY, SQLITE_LOCKED ->
          new StoreException.Busy("another program holds a lock in " + what, failure);
      case SQLITE_TOOBIG ->
          new StoreException.Unstorable(
              "a record is above SQLite's greatest size in " + what, failure);
      // The statements fit the layout, so when SQLite finds them wrong the file is.
      case SQLITE_CORRUPT,
          SQLITE_NOTADB,
          SQLITE_ERROR,
          SQLITE_SCHEMA,
          SQLITE_CONSTRAINT,
          SQLITE_MISMATCH,
          SQLITE_FORMAT ->
          new StoreException.Corrupt("the store is damaged: " + what, failure);
      case SQLITE_IOERR ->
          isOfFileSystem(failure)
              ? new StoreException.InputOutput("the file system failed under " + what, failure)
              : new StoreException.Corrupt("the store is cut off: " + what, failure);
      default -> new StoreException.InputOutput("the file system failed under " + what, failure);
    };
  }
}
