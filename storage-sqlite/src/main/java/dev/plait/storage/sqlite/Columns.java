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

  /** What to throw for a row that is not what its checksum was computed from. */
  static SQLException mismatch(String table, String document) {
    return damaged("a record in " + table + " of \"" + document + "\" does not match its checksum");
  }

  /** What is thrown for damage that SQLite does not see; of the driver's kind. */
  static SQLException damaged(String what) {
    return new DamagedRecord(what);
  }

  /** Whether a failure is one of {@link #damaged}, and not SQLite's. */
  static boolean isOwn(SQLException failure) {
    return failure instanceof DamagedRecord;
  }

  private static final class DamagedRecord extends SQLiteException {
    private static final long serialVersionUID = 1L;

    DamagedRecord(String what) {
      super(what, SQLiteErrorCode.SQLITE_CORRUPT);
    }
  }
}
