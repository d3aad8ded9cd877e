package dev.plait.storage.sqlite;

import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.clock.VersionVector;
import dev.plait.storage.guard.DocumentSeal;
import dev.plait.storage.guard.RecordSum;
import dev.plait.store.DocumentSize;
import dev.plait.store.StoreCheck;
import dev.plait.store.StoredSnapshot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A connection that reads, with its statements. Not thread-safe. Each method sees the file as of
 * one moment. What it hands over has passed its checksum; that nothing is missing is compared with
 * the document's seal at the end. After a failure it must be closed.
 */
final class Reader implements Resource {

  private final Connection connection;
  private final PreparedStatement begin;
  private final PreparedStatement end;
  private final ChunkReader chunks;
  private final ChunkReader quarantine;
  private final PreparedStatement suspects;
  private final PreparedStatement snapshot;
  private final PreparedStatement seal;
  private final PreparedStatement sealsFrom;

  private Reader(Connection connection) throws SQLException {
    this.connection = connection;
    begin = connection.prepareStatement("BEGIN");
    end = connection.prepareStatement("COMMIT");
    chunks = new ChunkReader(ChunkTable.CHUNKS, connection);
    quarantine = new ChunkReader(ChunkTable.QUARANTINE, connection);
    suspects = connection.prepareStatement(SuspectTable.READ_SQL);
    snapshot = connection.prepareStatement(SnapshotTable.READ_SQL);
    seal = connection.prepareStatement(SealTable.READ_SQL);
    sealsFrom = connection.prepareStatement(SealTable.READ_FROM_SQL);
  }

  static Reader open(StoreFile file) throws SQLException {
    return over(file.connections().openReader());
  }

  /** Takes over a connection. */
  static Reader over(Connection connection) throws SQLException {
    try {
      return new Reader(connection);
    } catch (SQLException failure) {
      Connections.closeAfter(failure, connection);
      throw failure;
    }
  }

  void readChunks(String document, VersionVector since, Consumer<Chunk> consumer)
      throws SQLException {
    begin.execute();
    compare(seal(document).chunks(), chunks.read(document, since, consumer), "chunks", document);
    end.execute();
  }

  List<Chunk> quarantined(String document) throws SQLException {
    List<Chunk> list = new ArrayList<>();
    begin.execute();
    RecordSum seen = quarantine.read(document, VersionVector.EMPTY, list::add);
    compare(seal(document).quarantined(), seen, "quarantine", document);
    end.execute();
    return list;
  }

  List<Dot> suspects(String document) throws SQLException {
    List<Dot> list = new ArrayList<>();
    RecordSum seen = RecordSum.EMPTY;
    begin.execute();
    suspects.setString(1, document);
    try (ResultSet rows = suspects.executeQuery()) {
      while (rows.next()) {
        long sum = rows.getLong(3);
        list.add(SuspectTable.suspect(document, Columns.bytes(rows, 1), rows.getLong(2), sum));
        seen = seen.with(sum, 0);
      }
    }
    compare(seal(document).suspects(), seen, "suspects", document);
    end.execute();
    return list;
  }

  Optional<StoredSnapshot> snapshot(String document) throws SQLException {
    Optional<StoredSnapshot> found = Optional.empty();
    RecordSum seen = RecordSum.EMPTY;
    begin.execute();
    snapshot.setString(1, document);
    try (ResultSet rows = snapshot.executeQuery()) {
      if (rows.next()) {
        long sum = rows.getLong(1);
        found = Optional.of(SnapshotTable.snapshot(document, sum, Columns.bytes(rows, 2)));
        seen = seen.with(SnapshotTable.place(document, sum), SqliteLayout.size(sum));
      }
    }
    compare(seal(document).snapshots(), seen, "snapshots", document);
    end.execute();
    return found;
  }

  List<String> documents(String prefix) throws SQLException {
    List<String> names = new ArrayList<>();
    SealTable.read(sealsFrom, prefix, (name, seal) -> names.add(name));
    return names;
  }

  DocumentSize size(String document) throws SQLException {
    return seal(document).size();
  }

  void seals(BiConsumer<String, DocumentSeal> consumer) throws SQLException {
    SealTable.read(sealsFrom, "", consumer);
  }

  /** What the store says of itself, if its seals add up to what that says. */
  Meta checkedMeta() throws SQLException {
    begin.execute();
    Meta meta = Meta.read(connection);
    RecordSum[] sum = {RecordSum.EMPTY};
    seals((document, found) -> sum[0] = SealTable.add(sum[0], document, found));
    end.execute();
    if (!sum[0].equals(meta.seals())) {
      throw Columns.damaged("a document is missing or was added, or is as of another time");
    }
    return meta;
  }

  /** Reads everything, damaged or not. */
  StoreCheck verify() throws SQLException {
    begin.execute();
    StoreCheck check = new Scan(connection).check();
    end.execute();
    return check;
  }

  private DocumentSeal seal(String document) throws SQLException {
    return SealTable.read(seal, document);
  }

  private static void compare(RecordSum sealed, RecordSum seen, String table, String document)
      throws SQLException {
    if (!sealed.equals(seen)) {
      throw Columns.damaged(
          "a record in " + table + " of \"" + document + "\" is missing, was added or replaced");
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
