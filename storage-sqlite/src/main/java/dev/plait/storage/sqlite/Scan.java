package dev.plait.storage.sqlite;

import dev.plait.change.Chunk;
import dev.plait.clock.ReplicaId;
import dev.plait.storage.guard.DocumentSeal;
import dev.plait.storage.guard.RecordSum;
import dev.plait.store.Salvage;
import dev.plait.store.StoreCheck;
import dev.plait.store.StoredSnapshot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/**
 * Reads every row of every table, whatever it finds, and compares it with the seals. Where a table
 * can't be read on, it is read from its end. Not thread-safe.
 */
final class Scan {

  private static final int PRIMARY_CODE = 0xff;

  private final Connection connection;
  private final Optional<Salvage> salvage;
  private final Map<String, DocumentSeal> sealed = new TreeMap<>();
  private final Map<String, DocumentSeal> found = new TreeMap<>();
  private final List<StoreCheck.Damage> damages = new ArrayList<>();
  private long records;
  private long bytes;

  /** What is done with a row. */
  private interface Row {
    void read(String document, ResultSet row) throws SQLException;
  }

  /**
   * A scan to be made.
   *
   * @param salvage what takes the sound records, if anybody wants them
   */
  Scan(Connection connection, Optional<Salvage> salvage) {
    this.connection = connection;
    this.salvage = salvage;
  }

  StoreCheck check() throws SQLException {
    structure();
    RecordSum seals = readMeta();
    table("seals", "document", "sum, record", this::seal);
    for (ChunkTable chunks : ChunkTable.values()) {
      table(
          chunks.table(),
          "document, replica, first",
          "replica, first, last, sum, record",
          (document, row) -> chunk(chunks, document, row));
    }
    table("suspects", "document, replica", "replica, counter, sum", this::suspect);
    table("snapshots", "document", "sum, record", this::snapshot);
    compare(seals);
    sealed.keySet().forEach(document -> found.putIfAbsent(document, DocumentSeal.EMPTY));
    return new StoreCheck(found.size(), records, bytes, damages);
  }

  /** What SQLite itself finds wrong with its pages. */
  private void structure() throws SQLException {
    try (PreparedStatement check = connection.prepareStatement("PRAGMA integrity_check(100)");
        ResultSet rows = check.executeQuery()) {
      while (rows.next()) {
        String line = rows.getString(1);
        if (!"ok".equals(line)) {
          damage(null, "SQLite: " + line);
        }
      }
    } catch (SQLException failure) {
      damage(null, failure);
    }
  }

  private RecordSum readMeta() throws SQLException {
    try {
      Meta meta = Meta.read(connection);
      ReplicaId identity = meta.identity();
      if (identity != null) {
        salvage.ifPresent(taker -> taker.identity(identity));
      }
      return meta.seals();
    } catch (SQLException failure) {
      damage(null, failure);
      return RecordSum.EMPTY;
    }
  }

  private void table(String table, String key, String columns, Row row) throws SQLException {
    String sql = "SELECT document, " + columns + " FROM " + table + " ORDER BY ";
    List<Object> last = rows(sql + key, List.of(), key, row);
    if (!last.isEmpty()) {
      rows(sql + key.replace(",", " DESC,") + " DESC", last, key, row);
    }
  }

  /**
   * Goes through the rows until one with the key {@code end}; gives the key of the last one read if
   * it was stopped by damage.
   */
  private List<Object> rows(String sql, List<Object> end, String key, Row row) throws SQLException {
    int keys = key.split(",").length;
    List<Object> at = List.of(0);
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        byte[] name = Columns.bytes(rows, 1);
        at = keyOf(rows, keys);
        if (at.equals(end)) {
          return List.of();
        }
        read(name, rows, row);
      }
      return List.of();
    } catch (SQLException failure) {
      damage(null, failure);
      return at;
    }
  }

  private static List<Object> keyOf(ResultSet row, int columns) throws SQLException {
    List<Object> key = new ArrayList<>();
    for (int i = 1; i <= columns; i++) {
      key.add(Arrays.toString(row.getBytes(i)));
    }
    return key;
  }

  private void read(byte[] name, ResultSet rows, Row row) throws SQLException {
    String document = null;
    try {
      document = Columns.text(name);
      row.read(document, rows);
    } catch (SQLException failure) {
      // A row that fails its checksum is passed over; what stops SQLite ends the table.
      if (!Columns.isOwn(failure)) {
        throw failure;
      }
      damage(document, failure);
    }
  }

  private void seal(String document, ResultSet row) throws SQLException {
    sealed.put(document, SealTable.seal(document, row.getLong(2), Columns.bytes(row, 3)));
  }

  private void chunk(ChunkTable table, String document, ResultSet row) throws SQLException {
    byte[] replica = Columns.bytes(row, 2);
    long first = row.getLong(3);
    long last = row.getLong(4);
    long sum = row.getLong(5);
    ChunkKey key = table.key(document, replica);
    Chunk chunk = table.chunk(document, replica, key, first, last, sum, Columns.bytes(row, 6));
    DocumentSeal seal = found(document);
    long place = key.place(first, last, sum);
    found.put(document, table.with(seal, table.of(seal).with(place, chunk.size())));
    count(chunk.size());
    if (table == ChunkTable.CHUNKS) {
      salvage.ifPresent(taker -> taker.chunk(chunk));
    } else {
      salvage.ifPresent(taker -> taker.quarantined(chunk));
    }
  }

  private void suspect(String document, ResultSet row) throws SQLException {
    long sum = row.getLong(4);
    var suspect = SuspectTable.suspect(document, Columns.bytes(row, 2), row.getLong(3), sum);
    DocumentSeal seal = found(document);
    found.put(document, seal.withSuspects(seal.suspects().with(sum, 0)));
    count(0);
    salvage.ifPresent(taker -> taker.suspect(document, suspect));
  }

  private void snapshot(String document, ResultSet row) throws SQLException {
    long sum = row.getLong(2);
    StoredSnapshot snapshot = SnapshotTable.snapshot(document, sum, Columns.bytes(row, 3));
    DocumentSeal seal = found(document);
    int size = snapshot.bytes().length;
    found.put(
        document,
        seal.withSnapshots(seal.snapshots().with(SnapshotTable.place(document, sum), size)));
    count(size);
    salvage.ifPresent(taker -> taker.snapshot(snapshot));
  }

  private void compare(RecordSum seals) {
    RecordSum sum = RecordSum.EMPTY;
    for (Map.Entry<String, DocumentSeal> entry : sealed.entrySet()) {
      sum = SealTable.add(sum, entry.getKey(), entry.getValue());
      if (!found(entry.getKey()).equals(entry.getValue())) {
        damage(entry.getKey(), "records are missing, were added or replaced");
      }
    }
    for (String document : found.keySet()) {
      if (!sealed.containsKey(document)) {
        damage(document, "there are records of a document that has no seal");
      }
    }
    if (!sum.equals(seals)) {
      damage(null, "a document is missing or was added, or is as of another time");
    }
  }

  private DocumentSeal found(String document) {
    return found.getOrDefault(document, DocumentSeal.EMPTY);
  }

  private void count(int length) {
    records++;
    bytes += length;
  }

  private void damage(@Nullable String document, SQLException failure) throws SQLException {
    int code = failure.getErrorCode() & PRIMARY_CODE;
    if (code == SQLiteErrorCode.SQLITE_IOERR.code || code == SQLiteErrorCode.SQLITE_BUSY.code) {
      throw failure;
    }
    damage(document, String.valueOf(failure.getMessage()));
  }

  private void damage(@Nullable String document, String what) {
    if (damages.size() < StoreCheck.MOST_DAMAGES) {
      damages.add(new StoreCheck.Damage(document, what));
    } else if (damages.size() == StoreCheck.MOST_DAMAGES) {
      damages.add(new StoreCheck.Damage(null, "there are more"));
    }
  }
}
