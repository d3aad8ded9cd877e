package dev.plait.storage.sqlite;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Reads columns of a file that may be damaged: whatever is there, it is refused by name. */
final class Columns {

  private Columns() {}

  /** The bytes of a text or blob; none where damage has left nothing. */
  static byte[] bytes(ResultSet row, int column) throws SQLException {
    byte[] bytes = row.getBytes(column);
    return bytes == null ? new byte[0] : bytes;
  }

  /** A text that must be well-formed UTF-8. */
  static String text(byte[] bytes) throws SQLException {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
      throw damaged("a name is not well-formed UTF-8");
    }
    return text;
  }

  /** Refuses a row whose stored checksum is not the one computed from its other columns. */
  static void checkCrc(ResultSet row, int column, long computed, String record)
      throws SQLException {
    if (row.getLong(column) != computed) {
      throw damaged("a record in " + record + " does not match its checksum");
    }
  }

  /** What the driver throws when SQLite itself finds damage. */
  static SQLException damaged(String what) {
    return new SQLiteException(what, SQLiteErrorCode.SQLITE_CORRUPT);
  }
}
