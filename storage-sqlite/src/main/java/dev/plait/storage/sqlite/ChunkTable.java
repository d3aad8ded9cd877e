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
        + " (document, replica, first, last, first_time, last_time, dependencies, bytes, crc)"
        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        + " ON CONFLICT (document, replica, first) DO UPDATE SET last = excluded.last,"
        + " first_time = excluded.first_time, last_time = excluded.last_time,"
        + " dependencies = excluded.dependencies, bytes = excluded.bytes, crc = excluded.crc"
        + " WHERE excluded.last > last";
  }

  /** Takes one chunk out: document, replica, first counter. */
  String deleteSql() {
    return "DELETE FROM " + table + " WHERE document = ? AND replica = ? AND first = ?";
  }

  /** Takes out all chunks of a replica that end by a counter: document, replica, counter. */
  String deleteCoveredSql() {
    return "DELETE FROM " + table + " WHERE document = ? AND replica = ? AND last <= ?";
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
    return "SELECT first, last, first_time, last_time, dependencies, bytes, crc FROM "
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
    insert.setLong(5, header.firstTime().bits());
    insert.setLong(6, header.lastTime().bits());
    insert.setBytes(7, dependencies);
    insert.setBytes(8, bytes);
    insert.setLong(
        9,
        crc(
            header.document().getBytes(StandardCharsets.UTF_8),
            replica,
            header.firstCounter(),
            header.lastCounter(),
            header.firstTime().bits(),
            header.lastTime().bits(),
            dependencies,
            bytes));
  }

  /** The chunk in a row of {@link #selectSql}. */
  Chunk read(ResultSet row, String document, byte[] replica) throws SQLException {
    byte[] name = document.getBytes(StandardCharsets.UTF_8);
    long first = row.getLong(1);
    long last = row.getLong(2);
    long firstTime = row.getLong(3);
    long lastTime = row.getLong(4);
    byte[] dependencies = Columns.bytes(row, 5);
    byte[] bytes = Columns.bytes(row, 6);
    long crc = crc(name, replica, first, last, firstTime, lastTime, dependencies, bytes);
    Columns.checkCrc(row, 7, crc, table + " of \"" + document + "\"");
    ChunkHeader header =
        new ChunkHeader(
            document,
            ReplicaId.fromBytes(replica),
            first,
            last,
            SqliteLayout.unpackDots(dependencies),
            new HybridTimestamp(firstTime),
            new HybridTimestamp(lastTime));
    return Chunk.of(header, bytes);
  }

  private long crc(
      byte[] document,
      byte[] replica,
      long first,
      long last,
      long firstTime,
      long lastTime,
      byte[] dependencies,
      byte[] bytes) {
    return new SqliteLayout.Checksum(tag)
        .bytes(document)
        .bytes(replica)
        .number(first)
        .number(last)
        .number(firstTime)
        .number(lastTime)
        .bytes(dependencies)
        .bytes(bytes)
        .value();
  }
}
