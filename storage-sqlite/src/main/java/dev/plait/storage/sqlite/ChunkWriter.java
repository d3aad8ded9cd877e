package dev.plait.storage.sqlite;

import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.clock.ReplicaId;
import dev.plait.storage.guard.RecordSum;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;

/**
 * Changes one of the tables of chunks. Each method takes what the document's seal said of the table
 * and gives what it says now. Not thread-safe.
 */
final class ChunkWriter {

  /** Which chunks of a replica are to go. */
  enum Which {
    ALL(""),
    NAMED(" AND first = ?"),
    SHORTER(" AND first = ? AND last < ?"),
    EXACT(" AND first = ? AND last = ?"),
    WITHIN(" AND first >= ? AND last <= ?"),
    COVERED(" AND last <= ?"),
    REACHING(" AND last >= ?");

    private final String condition;

    Which(String condition) {
      this.condition = condition;
    }
  }

  private final ChunkTable table;
  private final PreparedStatement insert;
  private final PreparedStatement deleteDocument;
  private final Map<Which, PreparedStatement> deletes = new EnumMap<>(Which.class);

  ChunkWriter(ChunkTable table, Connection connection) throws SQLException {
    this.table = table;
    insert =
        connection.prepareStatement(
            "INSERT OR IGNORE INTO "
                + table.table()
                + " (document, replica, first, last, sum, record) VALUES (?, ?, ?, ?, ?, ?)");
    deleteDocument =
        connection.prepareStatement("DELETE FROM " + table.table() + " WHERE document = ?");
    for (Which which : Which.values()) {
      deletes.put(
          which,
          connection.prepareStatement(
              "DELETE FROM "
                  + table.table()
                  + " WHERE document = ? AND replica = ?"
                  + which.condition
                  + " RETURNING first, last, sum"));
    }
  }

  /** Puts a chunk in, unless one with the same key reaches as far. */
  RecordSum append(RecordSum sum, Chunk chunk) throws SQLException {
    RecordSum after = insert(sum, chunk);
    if (!after.equals(sum)) {
      return after;
    }
    RecordSum without = delete(sum, chunk, Which.SHORTER);
    return without.equals(sum) ? sum : insert(without, chunk);
  }

  /** Puts a chunk in for all that lie wholly within it. */
  RecordSum merge(RecordSum sum, Chunk chunk) throws SQLException {
    return append(delete(sum, chunk, Which.WITHIN), chunk);
  }

  /** Puts a chunk in the place of the one of the same range, if there is one. */
  RecordSum rewrite(RecordSum sum, Chunk chunk) throws SQLException {
    RecordSum without = delete(sum, chunk, Which.EXACT);
    return without.equals(sum) ? sum : insert(without, chunk);
  }

  /**
   * Takes chunks out.
   *
   * @param bounds what the condition compares with, in order
   */
  RecordSum delete(RecordSum sum, Which which, String document, ReplicaId replica, long... bounds)
      throws SQLException {
    byte[] id = replica.toBytes();
    ChunkKey key = table.key(document, id);
    PreparedStatement delete = deletes.get(which);
    if (delete == null) {
      throw new IllegalStateException("every deletion has a statement");
    }
    delete.setString(1, document);
    delete.setBytes(2, id);
    for (int i = 0; i < bounds.length; i++) {
      delete.setLong(3 + i, bounds[i]);
    }
    RecordSum rest = sum;
    try (ResultSet rows = delete.executeQuery()) {
      while (rows.next()) {
        long gone = rows.getLong(3);
        rest =
            rest.without(
                key.place(rows.getLong(1), rows.getLong(2), gone), SqliteLayout.size(gone));
      }
    }
    return rest;
  }

  /** Takes all of a document out. */
  void deleteDocument(String document) throws SQLException {
    deleteDocument.setString(1, document);
    deleteDocument.execute();
  }

  private RecordSum delete(RecordSum sum, Chunk chunk, Which which) throws SQLException {
    ChunkHeader header = chunk.header();
    return delete(
        sum,
        which,
        header.document(),
        header.replica(),
        header.firstCounter(),
        header.lastCounter());
  }

  /** The sum as it was if there is a chunk of this key. */
  private RecordSum insert(RecordSum before, Chunk chunk) throws SQLException {
    ChunkHeader header = chunk.header();
    byte[] replica = header.replica().toBytes();
    byte[] record = ChunkTable.record(chunk);
    ChunkKey key = table.key(header.document(), replica);
    long first = header.firstCounter();
    long last = header.lastCounter();
    long sum = SqliteLayout.sum(chunk.size(), key.crc(first, last, record));
    insert.setString(1, header.document());
    insert.setBytes(2, replica);
    insert.setLong(3, first);
    insert.setLong(4, last);
    insert.setLong(5, sum);
    insert.setBytes(6, record);
    boolean inserted = insert.executeUpdate() > 0;
    return inserted ? before.with(key.place(first, last, sum), chunk.size()) : before;
  }
}
