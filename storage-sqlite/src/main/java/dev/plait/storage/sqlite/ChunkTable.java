package dev.plait.storage.sqlite;

import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The two tables of chunks: how a chunk becomes a row and a row a chunk. */
enum ChunkTable {
  CHUNKS("chunks", 'C'),
  QUARANTINE("quarantine", 'Q');

  private final String table;
  private final char tag;

  ChunkTable(String table, char tag) {
    this.table = table;
    this.tag = tag;
  }

  /**
   * Puts a chunk in, unless one with the same key reaches as far; {@link #bind} gives the values.
   */
  String insertSql() {
    return "INSERT INTO "
        + table
        + " (document, replica, first, last, previous_time, first_time, last_time, revision,"
        + " dependencies, bytes, crc) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        + " ON CONFLICT (document, replica, first) DO UPDATE SET last = excluded.last,"
        + " previous_time = excluded.previous_time, first_time = excluded.first_time,"
        + " last_time = excluded.last_time, revision = excluded.revision,"
        + " dependencies = excluded.dependencies, bytes = excluded.bytes, crc = excluded.crc"
        + " WHERE excluded.last > last";
  }

  /** Takes one chunk out: document, replica, first counter. */
  String deleteSql() {
    return "DELETE FROM " + table + " WHERE document = ? AND replica = ? AND first = ?";
  }

  /** Takes out the chunks of a replica that lie within a range: document, replica, first, last. */
  String deleteWithinSql() {
    return "DELETE FROM "
        + table
        + " WHERE document = ? AND replica = ? AND first >= ? AND last <= ?";
  }

  /** Takes out the chunk of exactly this range: document, replica, first, last. */
  String deleteExactlySql() {
    return "DELETE FROM "
        + table
        + " WHERE document = ? AND replica = ? AND first = ? AND last = ?";
  }

  /** Takes out all chunks of a document: document. */
  String deleteDocumentSql() {
    return "DELETE FROM " + table + " WHERE document = ?";
  }

  /** Takes out all chunks of a replica that end by a counter: document, replica, counter. */
  String deleteCoveredSql() {
    return "DELETE FROM " + table + " WHERE document = ? AND replica = ? AND last <= ?";
  }

  /** Takes out all chunks of a replica that reach a counter: document, replica, counter. */
  String deleteFromSql() {
    return "DELETE FROM " + table + " WHERE document = ? AND replica = ? AND last >= ?";
  }

  /** Takes out all chunks of a replica: document, replica. */
  String deleteReplicaSql() {
    return "DELETE FROM " + table + " WHERE document = ? AND replica = ?";
  }

  /** The first replica with a chunk in a document, after another in order: document, replica. */
  String nextReplicaSql() {
    return "SELECT min(replica) FROM " + table + " WHERE document = ? AND replica > ?";
  }

  /**
   * The chunks of a replica that reach beyond a counter, in order: document, replica, counter.
   *
   * <p>What is passed over is not checked, so only what makes sense is passed over.
   */
  String selectSql() {
    return "SELECT first, last, previous_time, first_time, last_time, revision, dependencies,"
        + " bytes, crc FROM "
        + table
        + " WHERE document = ? AND replica = ? AND (last > ? OR last < first) ORDER BY first";
  }

  void bind(PreparedStatement insert, Chunk chunk) throws SQLException {
    ChunkHeader header = chunk.header();
    byte[] replica = header.replica().toBytes();
    byte[] dependencies = SqliteLayout.packDots(header.dependencies());
    byte[] bytes = chunk.bytes();
    insert.setString(1, header.document());
    insert.setBytes(2, replica);
    insert.setLong(3, header.firstCounter());
    insert.setLong(4, header.lastCounter());
    insert.setLong(5, header.previousTime().bits());
    insert.setLong(6, header.firstTime().bits());
    insert.setLong(7, header.lastTime().bits());
    insert.setInt(8, header.revision());
    insert.setBytes(9, dependencies);
    insert.setBytes(10, bytes);
    insert.setLong(11, crc(header, replica, dependencies, bytes));
  }

  /** The chunk in a row of {@link #selectSql}. */
  Chunk read(ResultSet row, String document, byte[] replica) throws SQLException {
    long first = row.getLong(1);
    long last = row.getLong(2);
    long previousTime = row.getLong(3);
    long firstTime = row.getLong(4);
    long lastTime = row.getLong(5);
    long revision = row.getLong(6);
    byte[] dependencies = Columns.bytes(row, 7);
    byte[] bytes = Columns.bytes(row, 8);
    long crc =
        new SqliteLayout.Checksum(tag)
            .bytes(document.getBytes(StandardCharsets.UTF_8))
            .bytes(replica)
            .number(first)
            .number(last)
            .number(previousTime)
            .number(firstTime)
            .number(lastTime)
            .number(revision)
            .bytes(dependencies)
            .bytes(bytes)
            .value();
    Columns.checkCrc(row, 9, crc, table + " of \"" + document + "\"");
    ChunkHeader header =
        new ChunkHeader(
            document,
            ReplicaId.fromBytes(replica),
            first,
            last,
            SqliteLayout.unpackDots(dependencies),
            new HybridTimestamp(previousTime),
            new HybridTimestamp(firstTime),
            new HybridTimestamp(lastTime),
            (int) revision);
    return Chunk.of(header, bytes);
  }

  private long crc(ChunkHeader header, byte[] replica, byte[] dependencies, byte[] bytes) {
    return new SqliteLayout.Checksum(tag)
        .bytes(header.document().getBytes(StandardCharsets.UTF_8))
        .bytes(replica)
        .number(header.firstCounter())
        .number(header.lastCounter())
        .number(header.previousTime().bits())
        .number(header.firstTime().bits())
        .number(header.lastTime().bits())
        .number(header.revision())
        .bytes(dependencies)
        .bytes(bytes)
        .value();
  }
}
