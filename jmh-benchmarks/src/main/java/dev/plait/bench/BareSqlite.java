package dev.plait.bench;

import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.clock.Dot;
import dev.plait.store.Durability;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.openjdk.jmh.infra.Blackhole;
import org.sqlite.SQLiteConfig;

/**
 * SQLite: one table with the columns of the store's, but for the checksum, a write-ahead log,
 * {@code synchronous} as the store sets it, prepared statements.
 */
final class BareSqlite implements BareEngine {
  private static final int HEAD_BYTES = 3 * Long.BYTES + 2 * Integer.BYTES;
  private static final int DOT_BYTES = 24;

  private final Connection connection;
  private final PreparedStatement begin;
  private final PreparedStatement commit;
  private final PreparedStatement insert;
  private final PreparedStatement select;
  private final PreparedStatement selectFrom;

  BareSqlite(Path file, Durability durability) {
    try {
      SQLiteConfig config = new SQLiteConfig();
      // The driver would ask for a row's number after each insertion.
      config.setGetGeneratedKeys(false);
      connection = config.createConnection("jdbc:sqlite:" + file);
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA journal_mode = WAL");
        statement.execute("PRAGMA synchronous = " + synchronous(durability));
        statement.execute(
            "CREATE TABLE chunks (document TEXT NOT NULL, replica BLOB NOT NULL,"
                + " first INTEGER NOT NULL, last INTEGER NOT NULL, record BLOB NOT NULL,"
                + " PRIMARY KEY (document, replica, first)) WITHOUT ROWID");
        // In auto-commit mode the driver tries a transaction of its own after each statement.
        connection.setAutoCommit(false);
        statement.execute("ROLLBACK");
      }
      begin = connection.prepareStatement("BEGIN IMMEDIATE");
      commit = connection.prepareStatement("COMMIT");
      insert =
          connection.prepareStatement(
              "INSERT INTO chunks (document, replica, first, last, record) VALUES (?, ?, ?, ?, ?)");
      select =
          connection.prepareStatement(
              "SELECT replica, first, last, record FROM chunks"
                  + " ORDER BY document, replica, first");
      selectFrom =
          connection.prepareStatement(
              "SELECT replica, first, last, record FROM chunks"
                  + " WHERE document = ? AND replica = ? AND first >= ? ORDER BY first");
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static String synchronous(Durability durability) {
    return switch (durability) {
      case FULL -> "FULL";
      case RELAXED -> "NORMAL";
      case NONE -> "OFF";
    };
  }

  @Override
  public synchronized void append(List<Chunk> chunks) {
    try {
      begin.execute();
      for (Chunk chunk : chunks) {
        ChunkHeader header = chunk.header();
        insert.setString(1, header.document());
        insert.setBytes(2, header.replica().toBytes());
        insert.setLong(3, header.firstCounter());
        insert.setLong(4, header.lastCounter());
        insert.setBytes(5, record(chunk));
        insert.executeUpdate();
      }
      commit.execute();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static byte[] record(Chunk chunk) {
    ChunkHeader header = chunk.header();
    List<Dot> dependencies = header.dependencies();
    byte[] bytes = chunk.bytes();
    ByteBuffer record =
        ByteBuffer.allocate(HEAD_BYTES + DOT_BYTES * dependencies.size() + bytes.length)
            .putLong(header.previousTime().bits())
            .putLong(header.firstTime().bits())
            .putLong(header.lastTime().bits())
            .putInt(header.revision())
            .putInt(dependencies.size());
    for (Dot dot : dependencies) {
      record.putLong(dot.replica().high()).putLong(dot.replica().low()).putLong(dot.counter());
    }
    return record.put(bytes).array();
  }

  @Override
  public synchronized void scan(Blackhole out) {
    try {
      consume(select, out);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Override
  public synchronized void scanFrom(ChunkHeader first, Blackhole out) {
    try {
      selectFrom.setString(1, first.document());
      selectFrom.setBytes(2, first.replica().toBytes());
      selectFrom.setLong(3, first.firstCounter());
      consume(selectFrom, out);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static void consume(PreparedStatement query, Blackhole out) throws SQLException {
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        out.consume(rows.getBytes(1));
        out.consume(rows.getLong(2));
        out.consume(rows.getLong(3));
        out.consume(rows.getBytes(4));
      }
    }
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
