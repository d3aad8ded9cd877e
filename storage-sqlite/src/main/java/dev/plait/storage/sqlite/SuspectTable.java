package dev.plait.storage.sqlite;

import dev.plait.clock.Dot;
import dev.plait.clock.ReplicaId;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The table of replicas that made two changes of one name. */
final class SuspectTable {

  /** The first one stays. */
  static final String INSERT_SQL =
      "INSERT OR IGNORE INTO suspects (document, replica, counter, sum) VALUES (?, ?, ?, ?)";

  static final String READ_SQL =
      "SELECT replica, counter, sum FROM suspects WHERE document = ? ORDER BY replica";

  /** Document, replica. */
  static final String DELETE_SQL =
      "DELETE FROM suspects WHERE document = ? AND replica = ? RETURNING counter";

  /** Document. */
  static final String DELETE_DOCUMENT_SQL = "DELETE FROM suspects WHERE document = ?";

  private static final char TAG = 'E';

  private SuspectTable() {}

  static void bind(PreparedStatement insert, String document, Dot dot) throws SQLException {
    byte[] replica = dot.replica().toBytes();
    insert.setString(1, document);
    insert.setBytes(2, replica);
    insert.setLong(3, dot.counter());
    insert.setLong(4, crc(document, replica, dot.counter()));
  }

  /** The change in a row, if that matches its checksum. */
  static Dot suspect(String document, byte[] replica, long counter, long sum) throws SQLException {
    if (crc(document, replica, counter) != sum) {
      throw Columns.mismatch("suspects", document);
    }
    return new Dot(ReplicaId.fromBytes(replica), counter);
  }

  /** What a row's {@code sum} must be, and what stands for it in the seal. */
  static long crc(String document, byte[] replica, long counter) {
    return new SqliteLayout.Checksum(TAG)
        .bytes(document.getBytes(StandardCharsets.UTF_8))
        .bytes(replica)
        .number(counter)
        .value();
  }
}
