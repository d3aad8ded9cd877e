package dev.plait.storage.sqlite;

import dev.plait.clock.Dot;
import dev.plait.clock.ReplicaId;
import dev.plait.store.StoreBatch;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The table of replicas that made two changes of one name. */
final class SuspectTable {

  /** The first one stays. */
  static final String INSERT_SQL =
      "INSERT OR IGNORE INTO suspects (document, replica, counter, crc) VALUES (?, ?, ?, ?)";

  static final String READ_SQL =
      "SELECT replica, counter, crc FROM suspects WHERE document = ? ORDER BY replica";

  /** Document, replica. */
  static final String DELETE_SQL = "DELETE FROM suspects WHERE document = ? AND replica = ?";

  /** Document. */
  static final String DELETE_DOCUMENT_SQL = "DELETE FROM suspects WHERE document = ?";

  private static final char TAG = 'E';

  private SuspectTable() {}

  static void bind(PreparedStatement insert, StoreBatch.Suspect suspect) throws SQLException {
    byte[] replica = suspect.dot().replica().toBytes();
    insert.setString(1, suspect.document());
    insert.setBytes(2, replica);
    insert.setLong(3, suspect.dot().counter());
    insert.setLong(4, crc(suspect.document(), replica, suspect.dot().counter()));
  }

  /** The rows of {@link #READ_SQL}. */
  static List<Dot> read(ResultSet rows, String document) throws SQLException {
    List<Dot> suspects = new ArrayList<>();
    while (rows.next()) {
      byte[] replica = Columns.bytes(rows, 1);
      long counter = rows.getLong(2);
      long crc = crc(document, replica, counter);
      Columns.checkCrc(rows, 3, crc, "suspects of \"" + document + "\"");
      suspects.add(new Dot(ReplicaId.fromBytes(replica), counter));
    }
    return suspects;
  }

  private static long crc(String document, byte[] replica, long counter) {
    return new SqliteLayout.Checksum(TAG)
        .bytes(document.getBytes(StandardCharsets.UTF_8))
        .bytes(replica)
        .number(counter)
        .value();
  }
}
