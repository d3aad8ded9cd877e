package dev.plait.storage.sqlite;

import java.sql.SQLException;

/** Something of SQLite's to be closed. */
interface Resource extends AutoCloseable {
  @Override
  void close() throws SQLException;
}
