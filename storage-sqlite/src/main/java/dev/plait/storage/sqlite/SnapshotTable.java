package dev.plait.storage.sqlite;

import dev.plait.clock.VersionVector;
import dev.plait.store.StoredSnapshot;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The table of snapshots: how a snapshot becomes a row and a row a snapshot. */
final class SnapshotTable {

  static final String WRITE_SQL =
      "INSERT OR REPLACE INTO snapshots (document, version, bytes, crc) VALUES (?, ?, ?, ?)";
  static final String READ_SQL = "SELECT version, bytes, crc FROM snapshots WHERE document = ?";

  /** Document. */
  static final String DELETE_SQL = "DELETE FROM snapshots WHERE document = ?";

  private static final char TAG = 'S';

  private SnapshotTable() {}

  static void bind(PreparedStatement write, StoredSnapshot snapshot) throws SQLException {
    byte[] version = SqliteLayout.packDots(snapshot.version().dots());
    write.setString(1, snapshot.document());
    write.setBytes(2, version);
    write.setBytes(3, snapshot.bytes());
    write.setLong(4, crc(snapshot.document(), version, snapshot.bytes()));
  }

  static Optional<StoredSnapshot> read(ResultSet rows, String document) throws SQLException {
    if (!rows.next()) {
      return Optional.empty();
    }
    byte[] version = Columns.bytes(rows, 1);
    byte[] bytes = Columns.bytes(rows, 2);
    Columns.checkCrc(rows, 3, crc(document, version, bytes), "snapshots of \"" + document + "\"");
    return Optional.of(
        new StoredSnapshot(document, VersionVector.from(SqliteLayout.unpackDots(version)), bytes));
  }

  private static long crc(String document, byte[] version, byte[] bytes) {
    return new SqliteLayout.Checksum(TAG)
        .bytes(document.getBytes(StandardCharsets.UTF_8))
        .bytes(version)
        .bytes(bytes)
        .value();
  }
}
