package dev.plait.storage.sqlite;

import dev.plait.clock.Dot;
import dev.plait.clock.VersionVector;
import dev.plait.storage.guard.RecordSum;
import dev.plait.store.StoredSnapshot;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** The table of snapshots: how a snapshot becomes a row and a row a snapshot. */
final class SnapshotTable {

  static final String WRITE_SQL =
      "INSERT OR REPLACE INTO snapshots (document, sum, record) VALUES (?, ?, ?)";
  static final String READ_SQL = "SELECT sum, record FROM snapshots WHERE document = ?";

  /** Document. */
  static final String DELETE_SQL = "DELETE FROM snapshots WHERE document = ?";

  private static final char TAG = 'S';

  private SnapshotTable() {}

  /** Binds {@link #WRITE_SQL}; gives what the seal says when this is the document's snapshot. */
  static RecordSum bind(PreparedStatement write, StoredSnapshot snapshot) throws SQLException {
    List<Dot> dots = snapshot.version().dots();
    byte[] version = SqliteLayout.packDots(dots);
    byte[] record =
        ByteBuffer.allocate(Integer.BYTES + version.length + snapshot.bytes().length)
            .putInt(dots.size())
            .put(version)
            .put(snapshot.bytes())
            .array();
    long sum = SqliteLayout.sum(snapshot.bytes().length, crc(snapshot.document(), record));
    write.setString(1, snapshot.document());
    write.setLong(2, sum);
    write.setBytes(3, record);
    return RecordSum.EMPTY.with(place(snapshot.document(), sum), snapshot.bytes().length);
  }

  /** The snapshot of a row, if that matches its checksum. */
  static StoredSnapshot snapshot(String document, long sum, byte[] record) throws SQLException {
    if (record.length < Integer.BYTES || crc(document, record) != SqliteLayout.crc(sum)) {
      throw Columns.mismatch("snapshots", document);
    }
    ByteBuffer fields = ByteBuffer.wrap(record);
    VersionVector version = VersionVector.from(SqliteLayout.unpackDots(fields, fields.getInt()));
    byte[] bytes = new byte[fields.remaining()];
    fields.get(bytes);
    return new StoredSnapshot(document, version, bytes);
  }

  /** What stands for a row in the seal. */
  static long place(String document, long sum) {
    return new SqliteLayout.Checksum(TAG)
        .bytes(document.getBytes(StandardCharsets.UTF_8))
        .number(sum)
        .value();
  }

  private static long crc(String document, byte[] record) {
    return new SqliteLayout.Checksum(TAG)
        .bytes(document.getBytes(StandardCharsets.UTF_8))
        .bytes(record)
        .value();
  }
}
