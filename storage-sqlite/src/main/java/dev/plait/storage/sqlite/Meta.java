package dev.plait.storage.sqlite;

import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.store.StoreBatch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * What a store says of itself. Immutable.
 *
 * @param identity who writes here
 * @param clock the highest reading
 */
record Meta(@Nullable ReplicaId identity, HybridTimestamp clock) {

  static final String WRITE_SQL = "INSERT OR REPLACE INTO meta (name, value, crc) VALUES (?, ?, ?)";

  private static final String IDENTITY = "identity";
  private static final String CLOCK = "clock";
  private static final char TAG = 'M';

  static Meta read(Connection connection) throws SQLException {
    ReplicaId identity = null;
    HybridTimestamp clock = HybridTimestamp.ZERO;
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT name, value, crc FROM meta")) {
      while (rows.next()) {
        byte[] name = Columns.bytes(rows, 1);
        byte[] value = Columns.bytes(rows, 2);
        Columns.checkCrc(rows, 3, crc(name, value), "meta");
        switch (Columns.text(name)) {
          case IDENTITY -> identity = ReplicaId.fromBytes(value);
          case CLOCK -> clock = new HybridTimestamp(ByteBuffer.wrap(value).getLong());
          default -> throw Columns.damaged("meta has a record that this layout does not know");
        }
      }
    }
    return new Meta(identity, clock);
  }

  Meta after(StoreBatch batch) {
    return new Meta(
        batch.identity() == null ? identity : batch.identity(),
        batch.clock().isAfter(clock) ? batch.clock() : clock);
  }

  /** Writes what is not the same as before; the statement is one of {@link #WRITE_SQL}. */
  void write(PreparedStatement statement, Meta before) throws SQLException {
    if (identity != null && !identity.equals(before.identity)) {
      write(statement, IDENTITY, identity.toBytes());
    }
    if (!clock.equals(before.clock)) {
      write(statement, CLOCK, ByteBuffer.allocate(Long.BYTES).putLong(clock.bits()).array());
    }
  }

  private static void write(PreparedStatement statement, String name, byte[] value)
      throws SQLException {
    statement.setString(1, name);
    statement.setBytes(2, value);
    statement.setLong(3, crc(name.getBytes(StandardCharsets.UTF_8), value));
    statement.execute();
  }

  private static long crc(byte[] name, byte[] value) {
    return new SqliteLayout.Checksum(TAG).bytes(name).bytes(value).value();
  }
}
