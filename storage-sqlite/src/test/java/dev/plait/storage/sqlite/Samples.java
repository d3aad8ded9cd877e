package dev.plait.storage.sqlite;

import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.store.ChangeStore;
import dev.plait.store.StoreBatch;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConfig;

/** Chunks made by hand, and the database looked at from outside. */
final class Samples {

  static final ReplicaId REPLICA = ReplicaId.of(0x0123456789abcdefL, -2);

  private Samples() {}

  static Chunk chunk(String document, long counter, int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (counter + i);
    }
    ChunkHeader header =
        new ChunkHeader(
            document,
            REPLICA,
            counter,
            counter,
            List.of(new Dot(ReplicaId.of(7, 7), counter)),
            HybridTimestamp.ZERO,
            HybridTimestamp.MIN_VALID,
            HybridTimestamp.MAX_VALID,
            0);
    return Chunk.of(header, bytes);
  }

  static StoreBatch appending(Chunk... chunks) {
    StoreBatch.Builder batch = StoreBatch.builder();
    for (Chunk chunk : chunks) {
      batch.append(chunk);
    }
    return batch.build();
  }

  static List<Chunk> chunks(ChangeStore store, String document) {
    List<Chunk> chunks = new ArrayList<>();
    store.readChunks(document, VersionVector.EMPTY, chunks::add);
    return chunks;
  }

  /** Another program's connection to a database. */
  static Connection outside(Path path) throws SQLException {
    return Connections.connect(path, "", new SQLiteConfig());
  }

  static void execute(Path path, String... statements) throws SQLException {
    try (Connection connection = outside(path)) {
      execute(connection, statements);
    }
  }

  static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  static String query(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.getString(1);
    }
  }
}
