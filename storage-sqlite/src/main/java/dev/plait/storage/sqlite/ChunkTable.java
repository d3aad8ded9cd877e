package dev.plait.storage.sqlite;

import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.storage.guard.DocumentSeal;
import dev.plait.storage.guard.RecordSum;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;

/** The two tables of chunks: how a chunk becomes a row and a row a chunk. */
enum ChunkTable {
  CHUNKS("chunks", 'C'),
  QUARANTINE("quarantine", 'Q');

  private static final int HEAD_BYTES = 3 * Long.BYTES + 2 * Integer.BYTES;

  private final String table;
  private final char tag;

  ChunkTable(String table, char tag) {
    this.table = table;
    this.tag = tag;
  }

  String table() {
    return table;
  }

  ChunkKey key(String document, byte[] replica) {
    return key(document.getBytes(StandardCharsets.UTF_8), replica);
  }

  ChunkKey key(byte[] document, byte[] replica) {
    return new ChunkKey(tag, document, replica);
  }

  /** What a document's seal says of this table. */
  RecordSum of(DocumentSeal seal) {
    return this == CHUNKS ? seal.chunks() : seal.quarantined();
  }

  /** The seal with this said of the table. */
  DocumentSeal with(DocumentSeal seal, RecordSum sum) {
    return this == CHUNKS ? seal.withChunks(sum) : seal.withQuarantined(sum);
  }

  /** What stands in the column {@code record}. */
  static byte[] record(Chunk chunk) {
    ChunkHeader header = chunk.header();
    List<Dot> dependencies = header.dependencies();
    byte[] dots = SqliteLayout.packDots(dependencies);
    return ByteBuffer.allocate(HEAD_BYTES + dots.length + chunk.size())
        .putLong(header.previousTime().bits())
        .putLong(header.firstTime().bits())
        .putLong(header.lastTime().bits())
        .putInt(header.revision())
        .putInt(dependencies.size())
        .put(dots)
        .put(chunk.bytes())
        .array();
  }

  /** The chunk of a row, if that matches its checksum. */
  Chunk chunk(
      String document, byte[] replica, ChunkKey key, long first, long last, long sum, byte[] record)
      throws SQLException {
    if (record.length < HEAD_BYTES || key.crc(first, last, record) != SqliteLayout.crc(sum)) {
      throw Columns.mismatch(table, document);
    }
    ByteBuffer fields = ByteBuffer.wrap(record);
    HybridTimestamp previousTime = new HybridTimestamp(fields.getLong());
    HybridTimestamp firstTime = new HybridTimestamp(fields.getLong());
    HybridTimestamp lastTime = new HybridTimestamp(fields.getLong());
    int revision = fields.getInt();
    List<Dot> dependencies = SqliteLayout.unpackDots(fields, fields.getInt());
    ChunkHeader header =
        new ChunkHeader(
            document,
            ReplicaId.fromBytes(replica),
            first,
            last,
            dependencies,
            previousTime,
            firstTime,
            lastTime,
            revision);
    byte[] bytes = new byte[fields.remaining()];
    fields.get(bytes);
    return Chunk.over(header, bytes);
  }
}
