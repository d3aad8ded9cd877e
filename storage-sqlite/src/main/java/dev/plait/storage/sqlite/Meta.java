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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a store says of itself. Immutable.
 *
 * @param identity who writes here
 * @param former who has written here before, earliest first
 * @param clock the highest reading
 */
record Meta(@Nullable ReplicaId identity, List<ReplicaId> former, HybridTimestamp clock) {

  static final String WRITE_SQL = "INSERT OR REPLACE INTO meta (name, value, crc) VALUES (?, ?, ?)";

  private static final String IDENTITY = "identity";
  private static final String FORMER = "former";
  private static final String CLOCK = "clock";
  private static final char TAG = 'M';

  static Meta read(Connection connection) throws SQLException {
    ReplicaId identity = null;
    List<ReplicaId> former = new ArrayList<>();
    HybridTimestamp clock = HybridTimestamp.ZERO;
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT name, value, crc FROM meta")) {
      while (rows.next()) {
        byte[] name = Columns.bytes(rows, 1);
        byte[] value = Columns.bytes(rows, 2);
        Columns.checkCrc(rows, 3, crc(name, value), "meta");
        switch (Columns.text(name)) {
          case IDENTITY -> identity = ReplicaId.fromBytes(value);
          case FORMER -> {
            for (int at = 0; at < value.length; at += ReplicaId.BYTES) {
              former.add(ReplicaId.fromBytes(Arrays.copyOfRange(value, at, at + ReplicaId.BYTES)));
            }
          }
          case CLOCK -> clock = new HybridTimestamp(ByteBuffer.wrap(value).getLong());
          default -> throw Columns.damaged("meta has a record that this layout does not know");
        }
      }
    }
    return new Meta(identity, List.copyOf(former), clock);
  }

  Meta after(StoreBatch batch) {
    ReplicaId next = batch.identity();
    boolean replaced = identity != null && next != null && !next.equals(identity);
    return new Meta(
        next == null ? identity : next,
        replaced ? Stream.concat(former.stream(), Stream.of(identity)).toList() : former,
        batch.clock().isAfter(clock) ? batch.clock() : clock);
  }

  /** Writes what is not the same as before; the statement is one of {@link #WRITE_SQL}. */
  void write(PreparedStatement statement, Meta before) throws SQLException {
    if (identity != null && !identity.equals(before.identity)) {
      write(statement, IDENTITY, identity.toBytes());
    }
    if (!former.equals(before.former)) {
      ByteBuffer ids = ByteBuffer.allocate(ReplicaId.BYTES * former.size());
      former.forEach(id -> ids.put(id.toBytes()));
      write(statement, FORMER, ids.array());
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
