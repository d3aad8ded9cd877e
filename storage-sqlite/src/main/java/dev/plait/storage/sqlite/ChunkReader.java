package dev.plait.storage.sqlite;

import dev.plait.change.Chunk;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.storage.guard.RecordSum;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Consumer;

/** Reads one of the tables of chunks, replica by replica. Not thread-safe. */
final class ChunkReader {

  private static final byte[] BEFORE_ALL = {};

  /** What is read where there is no first counter; these are at least one. */
  private static final long BEHIND = 0;

  private final ChunkTable table;
  private final PreparedStatement nextReplica;
  private final PreparedStatement select;

  ChunkReader(ChunkTable table, Connection connection) throws SQLException {
    this.table = table;
    nextReplica =
        connection.prepareStatement(
            "SELECT min(replica) FROM " + table.table() + " WHERE document = ? AND replica > ?");
    // The record of a row that is passed over stays on the disk. The first row behind the replica's
    // has no first: to look for the last one by a condition, SQLite would load every record twice.
    select =
        connection.prepareStatement(
            "SELECT CASE WHEN document = ?1 AND replica = ?2 THEN first END, last, sum,"
                + " CASE WHEN last > ?3 OR last < first THEN record END FROM "
                + table.table()
                + " WHERE (document, replica) >= (?1, ?2) ORDER BY document, replica, first");
  }

  /**
   * Hands over the chunks that hold anything above {@code since}; gives the sum of all rows, passed
   * over or not, to be compared with the document's seal.
   */
  RecordSum read(String document, VersionVector since, Consumer<Chunk> consumer)
      throws SQLException {
    byte[] name = document.getBytes(StandardCharsets.UTF_8);
    RecordSum seen = RecordSum.EMPTY;
    boolean more = true;
    for (byte[] replica = replicaAfter(document, BEFORE_ALL);
        replica.length > 0;
        replica = more ? replicaAfter(document, replica) : BEFORE_ALL) {
      // Only damage makes an id of another length; its rows fail their checksums.
      long held = replica.length == ReplicaId.BYTES ? since.get(ReplicaId.fromBytes(replica)) : 0;
      ChunkKey key = table.key(name, replica);
      select.setString(1, document);
      select.setBytes(2, replica);
      select.setLong(3, held);
      try (ResultSet rows = select.executeQuery()) {
        // Where the table ends, no replica follows.
        for (more = rows.next(); more; more = rows.next()) {
          long first = rows.getLong(1);
          if (first == BEHIND) {
            break;
          }
          long last = rows.getLong(2);
          long sum = rows.getLong(3);
          if (last > held || last < first) {
            byte[] record = Columns.bytes(rows, 4);
            consumer.accept(table.chunk(document, replica, key, first, last, sum, record));
          }
          seen = seen.with(key.place(first, last, sum), SqliteLayout.size(sum));
        }
      }
    }
    return seen;
  }

  private byte[] replicaAfter(String document, byte[] replica) throws SQLException {
    nextReplica.setString(1, document);
    nextReplica.setBytes(2, replica);
    try (ResultSet row = nextReplica.executeQuery()) {
      return Columns.bytes(row, 1);
    }
  }
}
