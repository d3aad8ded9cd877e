package dev.plait.storage.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.properties.store.StoreSamples;
import dev.plait.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connections that are not what was asked for. */
class SqliteSettingsTest {

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "synchronous, 1",
    "synchronous, 0",
    "fullfsync, 0",
    "checkpoint_fullfsync, 0",
    "locking_mode, exclusive",
    "busy_timeout, 1",
    "mmap_size, 65536",
    "trusted_schema, 1",
    "cell_size_check, 0",
    "wal_autocheckpoint, 1000",
    "cache_spill, 1",
    "journal_size_limit, 7",
    "journal_mode, delete"
  })
  void eachSettingIsReadBackAndRefusedIfItIsAnother(String name, String value) throws SQLException {
    Path path = directory.resolve("settings.db");
    SqliteStore.open(path).close();
    Connections connections = new Connections(path, SqliteOptions.defaults());
    try (Connection connection = connections.openWriter()) {
      Connections.check(path, connection, connections.settings());
      Outside.execute(connection, "PRAGMA " + name + " = " + value);
      StoreException refused =
          assertThrows(
              StoreException.InputOutput.class,
              () -> Connections.check(path, connection, connections.settings()));
      assertTrue(String.valueOf(refused.getMessage()).contains(name), refused.toString());
      assertTrue(String.valueOf(refused.getMessage()).contains("settings.db"), refused.toString());
    }
  }

  @Test
  void whereThereCanBeNoLogTheConnectionIsRefused() throws SQLException {
    try (Connection memory = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      Outside.execute(memory, "PRAGMA journal_mode = WAL");
      StoreException refused =
          assertThrows(
              StoreException.InputOutput.class,
              () -> Connections.check(directory, memory, Map.of("journal_mode", "wal")));
      String message = String.valueOf(refused.getMessage());
      assertTrue(message.contains("journal_mode = wal and has memory"), message);
      assertTrue(message.contains("local file system"), message);
    }
  }

  @Test
  void aConnectionThatReadsCantWriteAndNoneLoadsExtensions() throws SQLException {
    Path path = directory.resolve("reading.db");
    SqliteStore.open(path).close();
    Connections connections = new Connections(path, SqliteOptions.defaults());
    try (Connection writer = connections.openWriter();
        Connection reader = connections.openReader();
        Connection readOnly = connections.openInspector(true)) {
      for (Connection connection : new Connection[] {reader, readOnly}) {
        assertEquals("1", Outside.query(connection, "PRAGMA query_only"));
        assertThrows(SQLException.class, () -> Outside.execute(connection, "DELETE FROM seals"));
      }
      for (Connection connection : new Connection[] {writer, reader, readOnly}) {
        SQLException refused =
            assertThrows(
                SQLException.class, () -> Outside.query(connection, "SELECT load_extension('x')"));
        assertTrue(String.valueOf(refused.getMessage()).contains("not authorized"));
      }
    }
  }

  @Test
  void noStatementStaysOpenOnTheConnectionThatWrites() {
    try (SqliteStore store = SqliteStore.open(directory.resolve("open.db"))) {
      store.commit(StoreSamples.appending(StoreSamples.chunk("d", 1, 10)));
      // SQLite refuses to rewrite the file while another statement of the connection is open.
      store.reclaim();
      assertEquals(1, StoreSamples.chunks(store, "d").size());
    }
  }
}
