package dev.plait.storage.sqlite;

import dev.plait.change.Chunk;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Consumer;

/**
 * Reads one of the tables of chunks, replica by replica: so that SQLite itself passes over what the
 * caller has, which costs a tenth of looking at each row from here. Not thread-safe.
 */
final class ChunkReader {

  private static final byte[] BEFORE_ALL = {};

  private final ChunkTable table;
  private final PreparedStatement nextReplica;
  private final PreparedStatement select;

  ChunkReader(ChunkTable table, Connection connection) throws SQLException {
    this.table = table;
    nextReplica = connection.prepareStatement(table.nextReplicaSql());
    select = connection.prepareStatement(table.selectSql());
  }

  /** Hands over the chunks that hold anything above {@code since}; gives how many. */
  long read(String document, VersionVector since, Consumer<Chunk> consumer) throws SQLException {
    long handedOver = 0;
    for (byte[] replica = replicaAfter(document, BEFORE_ALL);
        replica.length > 0;
        replica = replicaAfter(document, replica)) {
      // Only damage makes an id of another length; its rows fail their checksums.
      long held = replica.length == ReplicaId.BYTES ? since.get(ReplicaId.fromBytes(replica)) : 0;
      select.setString(1, document);
      select.setBytes(2, replica);
      select.setLong(3, held);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          consumer.accept(table.read(rows, document, replica));
          handedOver++;
        }
      }
    }
    return handedOver;
  }

  private byte[] replicaAfter(String document, byte[] replica) throws SQLException {
    nextReplica.setString(1, document);
    nextReplica.setBytes(2, replica);
    try (ResultSet row = nextReplica.executeQuery()) {
      return Columns.bytes(row, 1);
    }
  }
}
