package dev.plait.storage.sqlite;

import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.storage.guard.RecordSum;
import dev.plait.store.StoreBatch;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a store says of itself. Immutable.
 *
 * @param identity who writes here
 * @param former who has written here before, earliest first
 * @param clock the highest reading
 * @param instance the name of this store among its copies
 * @param formerInstance the name it had before, or zero
 * @param commits how many batches were written
 * @param seals what the seals of all documents add up to
 */
record Meta(
    @Nullable ReplicaId identity,
    List<ReplicaId> former,
    HybridTimestamp clock,
    UUID instance,
    UUID formerInstance,
    long commits,
    RecordSum seals) {

  static final String WRITE_SQL =
      "INSERT OR REPLACE INTO seals (document, sum, record) VALUES (x'', ?, ?)";

  static final String DELETE_SQL = "DELETE FROM seals WHERE document = x''";

  private static final String READ_SQL = "SELECT sum, record FROM seals WHERE document = x''";

  private static final UUID NONE = new UUID(0, 0);

  private static final char TAG = 'M';
  private static final int BYTES = 1 + 3 * ReplicaId.BYTES + 5 * Long.BYTES;

  /** Of a store in which nothing was written. */
  static Meta of(UUID instance) {
    return new Meta(null, List.of(), HybridTimestamp.ZERO, instance, NONE, 0, RecordSum.EMPTY);
  }

  static Meta read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(READ_SQL)) {
      if (!row.next()) {
        throw Columns.damaged("the meta row is gone");
      }
      return from(row.getLong(1), Columns.bytes(row, 2));
    }
  }

  /** What a row says, if that matches its checksum. */
  static Meta from(long sum, byte[] record) throws SQLException {
    Meta meta = fromSound(sum, record);
    if (meta == null) {
      throw Columns.damaged("the meta row does not match its checksum");
    }
    return meta;
  }

  /** What a row says; null if that does not match its checksum. */
  static @Nullable Meta fromSound(long sum, byte[] record) {
    boolean sound =
        record.length >= BYTES
            && (record.length - BYTES) % ReplicaId.BYTES == 0
            && sum == crc(record);
    return sound ? from(ByteBuffer.wrap(record)) : null;
  }

  private static Meta from(ByteBuffer record) {
    boolean identified = record.get() != 0;
    ReplicaId identity = ReplicaId.of(record.getLong(), record.getLong());
    HybridTimestamp clock = new HybridTimestamp(record.getLong());
    UUID instance = new UUID(record.getLong(), record.getLong());
    UUID formerInstance = new UUID(record.getLong(), record.getLong());
    long commits = record.getLong();
    RecordSum seals = new RecordSum(record.getLong(), record.getLong(), record.getLong());
    List<ReplicaId> former = new ArrayList<>();
    while (record.hasRemaining()) {
      former.add(ReplicaId.of(record.getLong(), record.getLong()));
    }
    return new Meta(
        identified ? identity : null,
        List.copyOf(former),
        clock,
        instance,
        formerInstance,
        commits,
        seals);
  }

  Meta after(StoreBatch batch) {
    ReplicaId next = batch.identity();
    boolean replaced = identity != null && next != null && !next.equals(identity);
    return new Meta(
        next == null ? identity : next,
        replaced ? Stream.concat(former.stream(), Stream.of(identity)).toList() : former,
        batch.clock().isAfter(clock) ? batch.clock() : clock,
        instance,
        formerInstance,
        commits + 1,
        seals);
  }

  Meta withSeals(RecordSum sum) {
    return new Meta(identity, former, clock, instance, formerInstance, commits, sum);
  }

  Meta withInstance(UUID other) {
    return new Meta(identity, former, clock, other, instance, commits, seals);
  }

  /** The statement is one of {@link #WRITE_SQL}. */
  void write(PreparedStatement statement) throws SQLException {
    ByteBuffer record = ByteBuffer.allocate(BYTES + ReplicaId.BYTES * former.size());
    record.put((byte) (identity == null ? 0 : 1));
    record.put(identity == null ? new byte[ReplicaId.BYTES] : identity.toBytes());
    record.putLong(clock.bits());
    record.putLong(instance.getMostSignificantBits()).putLong(instance.getLeastSignificantBits());
    record.putLong(formerInstance.getMostSignificantBits());
    record.putLong(formerInstance.getLeastSignificantBits());
    record.putLong(commits);
    record.putLong(seals.count()).putLong(seals.bytes()).putLong(seals.sum());
    former.forEach(id -> record.put(id.toBytes()));
    statement.setLong(1, crc(record.array()));
    statement.setBytes(2, record.array());
    statement.execute();
  }

  private static long crc(byte[] record) {
    return new SqliteLayout.Checksum(TAG).bytes(record).value();
  }
}
