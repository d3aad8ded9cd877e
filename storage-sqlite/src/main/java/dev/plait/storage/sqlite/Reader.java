package dev.plait.storage.sqlite;

import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.clock.VersionVector;
import dev.plait.store.DocumentSize;
import dev.plait.store.StoredSnapshot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection that reads, with its statements. Not thread-safe. Each method sees the file as of
 * one moment. After a failure it must be closed.
 */
final class Reader implements Resource {

  // The least name in each table is one step down an index, however many rows there are.
  private static final String NEXT_DOCUMENT_SQL =
      "SELECT min(document) FROM ("
          + "SELECT min(document) AS document FROM chunks WHERE document >= ?1"
          + " UNION ALL SELECT min(document) FROM quarantine WHERE document >= ?1"
          + " UNION ALL SELECT min(document) FROM suspects WHERE document >= ?1"
          + " UNION ALL SELECT min(document) FROM snapshots WHERE document >= ?1)";

  private final Connection connection;
  private final PreparedStatement begin;
  private final PreparedStatement end;
  private final ChunkReader chunks;
  private final ChunkReader quarantine;
  private final PreparedStatement suspects;
  private final PreparedStatement snapshot;
  private final PreparedStatement nextDocument;
  private final PreparedStatement chunkSize;
  private final PreparedStatement quarantineSize;
  private final PreparedStatement snapshotSize;

  private Reader(Connection connection) throws SQLException {
    this.connection = connection;
    begin = connection.prepareStatement("BEGIN");
    end = connection.prepareStatement("COMMIT");
    chunks = new ChunkReader(ChunkTable.CHUNKS, connection);
    quarantine = new ChunkReader(ChunkTable.QUARANTINE, connection);
    suspects = connection.prepareStatement(SuspectTable.READ_SQL);
    snapshot = connection.prepareStatement(SnapshotTable.READ_SQL);
    nextDocument = connection.prepareStatement(NEXT_DOCUMENT_SQL);
    chunkSize = connection.prepareStatement(sizeSql("chunks"));
    quarantineSize = connection.prepareStatement(sizeSql("quarantine"));
    snapshotSize = connection.prepareStatement(sizeSql("snapshots"));
  }

  private static String sizeSql(String table) {
    return "SELECT count(*), sum(length(bytes)) FROM " + table + " WHERE document = ?";
  }

  static Reader open(StoreFile file) throws SQLException {
    Connection connection = file.openReader();
    try {
      return new Reader(connection);
    } catch (SQLException failure) {
      StoreFile.closeAfter(failure, connection);
      throw failure;
    }
  }

  /** Gives how many chunks it handed over. */
  long readChunks(String document, VersionVector since, Consumer<Chunk> consumer)
      throws SQLException {
    begin.execute();
    long handedOver = chunks.read(document, since, consumer);
    end.execute();
    return handedOver;
  }

  List<Chunk> quarantined(String document) throws SQLException {
    List<Chunk> list = new ArrayList<>();
    begin.execute();
    quarantine.read(document, VersionVector.EMPTY, list::add);
    end.execute();
    return list;
  }

  List<Dot> suspects(String document) throws SQLException {
    suspects.setString(1, document);
    try (ResultSet rows = suspects.executeQuery()) {
      return SuspectTable.read(rows, document);
    }
  }

  Optional<StoredSnapshot> snapshot(String document) throws SQLException {
    snapshot.setString(1, document);
    try (ResultSet rows = snapshot.executeQuery()) {
      return SnapshotTable.read(rows, document);
    }
  }

  /** Names are checked here for form only; the checksums that cover them are read with the rows. */
  List<String> documents(String prefix) throws SQLException {
    List<String> names = new ArrayList<>();
    begin.execute();
    for (String name = firstFrom(prefix);
        name != null && name.startsWith(prefix);
        name = firstFrom(name + '\0')) {
      names.add(name);
    }
    end.execute();
    return names;
  }

  DocumentSize size(String document) throws SQLException {
    begin.execute();
    long[] chunksAndBytes = countAndBytes(chunkSize, document);
    long[] asideAndBytes = countAndBytes(quarantineSize, document);
    long[] snapshotAndBytes = countAndBytes(snapshotSize, document);
    end.execute();
    return new DocumentSize(
        chunksAndBytes[0],
        chunksAndBytes[1],
        asideAndBytes[0],
        asideAndBytes[1],
        snapshotAndBytes[1]);
  }

  private static long[] countAndBytes(PreparedStatement select, String document)
      throws SQLException {
    select.setString(1, document);
    try (ResultSet row = select.executeQuery()) {
      return new long[] {row.getLong(1), row.getLong(2)};
    }
  }

  private @Nullable String firstFrom(String least) throws SQLException {
    nextDocument.setString(1, least);
    try (ResultSet row = nextDocument.executeQuery()) {
      byte[] name = row.getBytes(1);
      return name == null ? null : Columns.text(name);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
