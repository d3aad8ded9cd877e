package dev.plait.storage.sqlite;

import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.clock.ReplicaId;
import dev.plait.storage.guard.DocumentSeal;
import dev.plait.storage.guard.RecordSum;
import dev.plait.storage.sqlite.ChunkWriter.Which;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoredSnapshot;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The one connection that writes, with its statements. Not thread-safe. After a failure it must be
 * closed, which undoes what it had begun: SQLite may have ended the transaction by itself or not,
 * and the driver has given up the statement that failed.
 */
final class Writer implements Resource {

  private final StoreFile file;
  private final Connection connection;
  private final PreparedStatement begin;
  private final PreparedStatement commit;
  private final PreparedStatement writeMeta;
  private final PreparedStatement deleteMeta;
  private final ChunkWriter chunks;
  private final ChunkWriter quarantine;
  private final PreparedStatement insertSuspect;
  private final PreparedStatement deleteSuspect;
  private final PreparedStatement deleteSuspects;
  private final PreparedStatement writeSnapshot;
  private final PreparedStatement deleteSnapshot;
  private final SealWriter seals;

  private Writer(StoreFile file, Connection connection) throws SQLException {
    this.file = file;
    this.connection = connection;
    begin = connection.prepareStatement("BEGIN IMMEDIATE");
    commit = connection.prepareStatement("COMMIT");
    writeMeta = connection.prepareStatement(Meta.WRITE_SQL);
    deleteMeta = connection.prepareStatement(Meta.DELETE_SQL);
    chunks = new ChunkWriter(ChunkTable.CHUNKS, connection);
    quarantine = new ChunkWriter(ChunkTable.QUARANTINE, connection);
    insertSuspect = connection.prepareStatement(SuspectTable.INSERT_SQL);
    deleteSuspect = connection.prepareStatement(SuspectTable.DELETE_SQL);
    deleteSuspects = connection.prepareStatement(SuspectTable.DELETE_DOCUMENT_SQL);
    writeSnapshot = connection.prepareStatement(SnapshotTable.WRITE_SQL);
    deleteSnapshot = connection.prepareStatement(SnapshotTable.DELETE_SQL);
    seals = new SealWriter(connection);
  }

  static Writer open(StoreFile file) throws SQLException {
    Connection connection = file.connections().openWriter();
    try {
      return new Writer(file, connection);
    } catch (SQLException failure) {
      Connections.closeAfter(failure, connection);
      throw failure;
    }
  }

  /** Writes the batches in one transaction; gives what the store says of itself after it. */
  Meta commit(List<StoreBatch> batches, Meta before) throws SQLException {
    begin.execute();
    seals.begin();
    Meta after = before;
    for (StoreBatch batch : batches) {
      write(batch);
      after = after.after(batch);
    }
    after = after.withSeals(seals.write(before.seals()));
    after.write(writeMeta);
    commit.execute();
    return after;
  }

  private void write(StoreBatch batch) throws SQLException {
    for (String document : batch.deleted()) {
      delete(document);
    }
    for (StoreBatch.Forsaken forsaken : batch.forsaken()) {
      forsake(forsaken.document(), forsaken.dot());
    }
    for (Chunk chunk : batch.chunks()) {
      String document = chunk.header().document();
      DocumentSeal seal = seals.get(document);
      seals.put(document, seal.withChunks(chunks.append(seal.chunks(), chunk)));
    }
    for (Chunk chunk : batch.merged()) {
      String document = chunk.header().document();
      DocumentSeal seal = seals.get(document);
      seals.put(document, seal.withChunks(chunks.merge(seal.chunks(), chunk)));
    }
    for (Chunk chunk : batch.rewritten()) {
      String document = chunk.header().document();
      DocumentSeal seal = seals.get(document);
      seals.put(
          document,
          seal.withChunks(chunks.rewrite(seal.chunks(), chunk))
              .withQuarantined(quarantine.rewrite(seal.quarantined(), chunk)));
    }
    for (Chunk chunk : batch.quarantined()) {
      String document = chunk.header().document();
      DocumentSeal seal = seals.get(document);
      seals.put(document, seal.withQuarantined(quarantine.append(seal.quarantined(), chunk)));
    }
    for (StoreBatch.Released released : batch.released()) {
      release(released.document(), released.dot());
    }
    for (StoreBatch.Suspect suspect : batch.suspects()) {
      suspect(suspect.document(), suspect.dot());
    }
    StoredSnapshot snapshot = batch.snapshot();
    if (snapshot != null) {
      replace(snapshot);
    }
  }

  private void delete(String document) throws SQLException {
    if (seals.get(document).isEmpty()) {
      return;
    }
    chunks.deleteDocument(document);
    quarantine.deleteDocument(document);
    deleteSuspects.setString(1, document);
    deleteSuspects.execute();
    deleteSnapshot.setString(1, document);
    deleteSnapshot.execute();
    seals.put(document, DocumentSeal.EMPTY);
  }

  private void forsake(String document, Dot dot) throws SQLException {
    ReplicaId replica = dot.replica();
    DocumentSeal seal = seals.get(document);
    RecordSum suspects = seal.suspects();
    deleteSuspect.setString(1, document);
    deleteSuspect.setBytes(2, replica.toBytes());
    try (ResultSet rows = deleteSuspect.executeQuery()) {
      while (rows.next()) {
        suspects =
            suspects.without(SuspectTable.crc(document, replica.toBytes(), rows.getLong(1)), 0);
      }
    }
    seals.put(
        document,
        new DocumentSeal(
            chunks.delete(seal.chunks(), Which.REACHING, document, replica, dot.counter()),
            quarantine.delete(seal.quarantined(), Which.ALL, document, replica),
            suspects,
            seal.snapshots()));
  }

  private void release(String document, Dot dot) throws SQLException {
    DocumentSeal seal = seals.get(document);
    RecordSum rest =
        quarantine.delete(seal.quarantined(), Which.NAMED, document, dot.replica(), dot.counter());
    seals.put(document, seal.withQuarantined(rest));
  }

  private void suspect(String document, Dot dot) throws SQLException {
    DocumentSeal seal = seals.get(document);
    SuspectTable.bind(insertSuspect, document, dot);
    if (insertSuspect.executeUpdate() > 0) {
      long crc = SuspectTable.crc(document, dot.replica().toBytes(), dot.counter());
      seals.put(document, seal.withSuspects(seal.suspects().with(crc, 0)));
    }
  }

  private void replace(StoredSnapshot snapshot) throws SQLException {
    String document = snapshot.document();
    DocumentSeal seal = seals.get(document);
    RecordSum rest = seal.chunks();
    for (Dot covered : snapshot.version().dots()) {
      rest = chunks.delete(rest, Which.COVERED, document, covered.replica(), covered.counter());
    }
    RecordSum sum = SnapshotTable.bind(writeSnapshot, snapshot);
    writeSnapshot.execute();
    seals.put(document, seal.withChunks(rest).withSnapshots(sum));
  }

  Meta readMeta() throws SQLException {
    return Meta.read(connection);
  }

  /** A transaction that changes nothing, so that there is a log. */
  void touch() throws SQLException {
    begin.execute();
    Meta meta = readMeta();
    // SQLite writes no page when a row is replaced by the same.
    deleteMeta.execute();
    meta.write(writeMeta);
    commit.execute();
  }

  /**
   * Moves the log into the file, as far as readers and the room on the disk let it; gives whether
   * that was all. What is not moved is as safe where it is, so a log that the file would have no
   * room for stays: moving half of it would take the room that is left for commits.
   */
  boolean checkpoint() throws SQLException, IOException {
    if (!file.hasRoomFor(Long.parseLong(Connections.pragma(connection, "page_count")))) {
      return false;
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(PASSIVE)")) {
      return row.getInt(1) == 0 && row.getInt(2) == row.getInt(3);
    } catch (SQLException failure) {
      if (Failures.isFull(failure)) {
        return false;
      }
      throw failure;
    }
  }

  /** Rewrites the database without what is free. */
  void vacuum() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("VACUUM");
    }
  }

  /** Empties the log, unless somebody reads; nobody waits for that. */
  void truncate() throws SQLException {
    String timeout = Connections.pragma(connection, "busy_timeout");
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 0");
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
      statement.execute("PRAGMA busy_timeout = " + timeout);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
