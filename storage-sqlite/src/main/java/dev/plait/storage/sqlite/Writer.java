package dev.plait.storage.sqlite;

import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.clock.ReplicaId;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoredSnapshot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The one connection that writes, with its statements. Not thread-safe. After a failure it must be
 * closed, which undoes what it had begun: SQLite may have ended the transaction by itself or not,
 * and the driver has given up the statement that failed.
 */
final class Writer implements Resource {

  private final Connection connection;
  private final PreparedStatement begin;
  private final PreparedStatement commit;
  private final PreparedStatement writeMeta;
  private final PreparedStatement deleteChunksFrom;
  private final PreparedStatement deleteQuarantineOf;
  private final PreparedStatement deleteSuspect;
  private final PreparedStatement insertChunk;
  private final PreparedStatement insertQuarantined;
  private final PreparedStatement deleteQuarantined;
  private final PreparedStatement insertSuspect;
  private final PreparedStatement writeSnapshot;
  private final PreparedStatement deleteCovered;
  private final PreparedStatement deleteWithin;
  private final PreparedStatement deleteChunk;
  private final PreparedStatement deleteAside;
  private final List<PreparedStatement> deleteDocument;

  private Writer(Connection connection) throws SQLException {
    this.connection = connection;
    begin = connection.prepareStatement("BEGIN IMMEDIATE");
    commit = connection.prepareStatement("COMMIT");
    writeMeta = connection.prepareStatement(Meta.WRITE_SQL);
    deleteChunksFrom = connection.prepareStatement(ChunkTable.CHUNKS.deleteFromSql());
    deleteQuarantineOf = connection.prepareStatement(ChunkTable.QUARANTINE.deleteReplicaSql());
    deleteSuspect = connection.prepareStatement(SuspectTable.DELETE_SQL);
    insertChunk = connection.prepareStatement(ChunkTable.CHUNKS.insertSql());
    insertQuarantined = connection.prepareStatement(ChunkTable.QUARANTINE.insertSql());
    deleteQuarantined = connection.prepareStatement(ChunkTable.QUARANTINE.deleteSql());
    insertSuspect = connection.prepareStatement(SuspectTable.INSERT_SQL);
    writeSnapshot = connection.prepareStatement(SnapshotTable.WRITE_SQL);
    deleteCovered = connection.prepareStatement(ChunkTable.CHUNKS.deleteCoveredSql());
    deleteWithin = connection.prepareStatement(ChunkTable.CHUNKS.deleteWithinSql());
    deleteChunk = connection.prepareStatement(ChunkTable.CHUNKS.deleteExactlySql());
    deleteAside = connection.prepareStatement(ChunkTable.QUARANTINE.deleteExactlySql());
    deleteDocument =
        List.of(
            connection.prepareStatement(ChunkTable.CHUNKS.deleteDocumentSql()),
            connection.prepareStatement(ChunkTable.QUARANTINE.deleteDocumentSql()),
            connection.prepareStatement(SuspectTable.DELETE_DOCUMENT_SQL),
            connection.prepareStatement(SnapshotTable.DELETE_SQL));
  }

  static Writer open(StoreFile file) throws SQLException {
    Connection connection = file.openWriter();
    try {
      return new Writer(connection);
    } catch (SQLException failure) {
      StoreFile.closeAfter(failure, connection);
      throw failure;
    }
  }

  Meta readMeta() throws SQLException {
    return Meta.read(connection);
  }

  /** Writes the batch in one transaction. */
  void commit(StoreBatch batch, Meta before, Meta after) throws SQLException {
    begin.execute();
    after.write(writeMeta, before);
    for (String deleted : batch.deleted()) {
      for (PreparedStatement delete : deleteDocument) {
        delete.setString(1, deleted);
        delete.execute();
      }
    }
    for (StoreBatch.Forsaken forsaken : batch.forsaken()) {
      delete(deleteChunksFrom, forsaken.document(), forsaken.dot());
      deleteAll(deleteQuarantineOf, forsaken.document(), forsaken.dot().replica());
      deleteAll(deleteSuspect, forsaken.document(), forsaken.dot().replica());
    }
    insert(ChunkTable.CHUNKS, insertChunk, batch.chunks());
    for (Chunk chunk : batch.merged()) {
      delete(deleteWithin, chunk);
      insert(ChunkTable.CHUNKS, insertChunk, List.of(chunk));
    }
    for (Chunk chunk : batch.rewritten()) {
      if (delete(deleteChunk, chunk) > 0) {
        insert(ChunkTable.CHUNKS, insertChunk, List.of(chunk));
      }
      if (delete(deleteAside, chunk) > 0) {
        insert(ChunkTable.QUARANTINE, insertQuarantined, List.of(chunk));
      }
    }
    insert(ChunkTable.QUARANTINE, insertQuarantined, batch.quarantined());
    for (StoreBatch.Released released : batch.released()) {
      delete(deleteQuarantined, released.document(), released.dot());
    }
    for (StoreBatch.Suspect suspect : batch.suspects()) {
      SuspectTable.bind(insertSuspect, suspect);
      insertSuspect.execute();
    }
    StoredSnapshot snapshot = batch.snapshot();
    if (snapshot != null) {
      SnapshotTable.bind(writeSnapshot, snapshot);
      writeSnapshot.execute();
      for (Dot covered : snapshot.version().dots()) {
        delete(deleteCovered, snapshot.document(), covered);
      }
    }
    commit.execute();
  }

  private static void insert(ChunkTable table, PreparedStatement insert, List<Chunk> chunks)
      throws SQLException {
    for (Chunk chunk : chunks) {
      table.bind(insert, chunk);
      insert.execute();
    }
  }

  /** Deletes by the range of a chunk; gives how many rows. */
  private static int delete(PreparedStatement delete, Chunk chunk) throws SQLException {
    delete.setString(1, chunk.header().document());
    delete.setBytes(2, chunk.header().replica().toBytes());
    delete.setLong(3, chunk.header().firstCounter());
    delete.setLong(4, chunk.header().lastCounter());
    return delete.executeUpdate();
  }

  /** Rewrites the file without what is free, and moves the log into it. */
  void reclaim() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("VACUUM");
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
  }

  private static void deleteAll(PreparedStatement delete, String document, ReplicaId replica)
      throws SQLException {
    delete.setString(1, document);
    delete.setBytes(2, replica.toBytes());
    delete.execute();
  }

  private static void delete(PreparedStatement delete, String document, Dot dot)
      throws SQLException {
    delete.setString(1, document);
    delete.setBytes(2, dot.replica().toBytes());
    delete.setLong(3, dot.counter());
    delete.execute();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
