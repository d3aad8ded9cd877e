package dev.plait.storage.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.VersionVector;
import dev.plait.properties.store.StoreSamples;
import dev.plait.store.Durability;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoreException;
import dev.plait.store.StoredSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the connections promise, and what happens when a commit fails. */
class SqliteDurabilityTest {

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"FULL, 2, 1", "RELAXED, 1, 0", "NONE, 0, 0"})
  void theConnectionsSyncAsPromised(Durability durability, String synchronous, String full)
      throws SQLException {
    SqliteOptions options = SqliteOptions.defaults().withDurability(durability);
    Path path = directory.resolve("pragmas.db");
    try (SqliteStore store = SqliteStore.open(path, options)) {
      assertEquals(durability, store.durability());
    }
    Connections file = new Connections(path, options);
    try (Connection connection = file.openWriter()) {
      assertEquals("wal", Outside.query(connection, "PRAGMA journal_mode"));
      assertEquals(synchronous, Outside.query(connection, "PRAGMA synchronous"));
      assertEquals(full, Outside.query(connection, "PRAGMA fullfsync"));
      assertEquals(full, Outside.query(connection, "PRAGMA checkpoint_fullfsync"));
      assertEquals("0", Outside.query(connection, "PRAGMA trusted_schema"));
      assertEquals("1", Outside.query(connection, "PRAGMA cell_size_check"));
      assertEquals("5000", Outside.query(connection, "PRAGMA busy_timeout"));
      assertEquals("UTF-8", Outside.query(connection, "PRAGMA encoding"));
      assertEquals("4096", Outside.query(connection, "PRAGMA page_size"));
      assertEquals("0", Outside.query(connection, "PRAGMA mmap_size"));
      assertThrows(
          SQLException.class, () -> Outside.query(connection, "SELECT load_extension('x')"));
    }
    try (Connection connection = file.openReader()) {
      assertEquals("1", Outside.query(connection, "PRAGMA query_only"));
    }
  }

  @Test
  void theDefaultSurvivesPowerLoss() {
    try (SqliteStore store = SqliteStore.open(directory.resolve("default.db"))) {
      assertEquals(Durability.FULL, store.durability());
    }
  }

  @Test
  void aFailureInTheMiddleOfABatchLeavesNothing() throws SQLException {
    Path path = directory.resolve("middle.db");
    try (SqliteStore store = SqliteStore.open(path)) {
      store.commit(StoreSamples.appending(StoreSamples.chunk("d", 1, 10)));
      Outside.execute(
          path,
          "CREATE TRIGGER refuse BEFORE INSERT ON snapshots BEGIN SELECT RAISE(ABORT, 'no'); END");
      StoreBatch batch =
          StoreBatch.builder()
              .identity(StoreSamples.REPLICA)
              .clock(HybridTimestamp.MIN_VALID)
              .append(StoreSamples.chunk("d", 2, 10))
              .quarantine(StoreSamples.chunk("d", 9, 10))
              .snapshot(new StoredSnapshot("d", VersionVector.EMPTY, new byte[] {1}))
              .build();
      assertThrows(StoreException.Corrupt.class, () -> store.commit(batch));
      assertEquals(1, StoreSamples.chunks(store, "d").size());
      assertEquals(0, store.quarantined("d").size());
      assertNull(store.identity());
      assertEquals(HybridTimestamp.ZERO, store.clock());
      Outside.execute(path, "DROP TRIGGER refuse");
      store.commit(batch);
      assertEquals(2, StoreSamples.chunks(store, "d").size());
      assertEquals(StoreSamples.REPLICA, store.identity());
    }
  }

  @Test
  void aFullStoreRefusesTheBatchServesReadsAndTakesSmallerOnes() {
    SqliteOptions options = SqliteOptions.defaults().withMaximumBytes(200_000);
    Path path = directory.resolve("full.db");
    try (SqliteStore store = SqliteStore.open(path, options)) {
      store.commit(StoreSamples.appending(StoreSamples.chunk("d", 1, 10)));
      StoreException full =
          assertThrows(
              StoreException.Full.class,
              () ->
                  store.commit(
                      StoreSamples.appending(
                          StoreSamples.chunk("d", 2, 10), StoreSamples.chunk("d", 3, 300_000))));
      assertEquals(StoreException.STORE_FULL, full.code());
      assertEquals(1, StoreSamples.chunks(store, "d").size());
      store.commit(StoreSamples.appending(StoreSamples.chunk("d", 4, 10)));
      assertEquals(2, StoreSamples.chunks(store, "d").size());
    }
    try (SqliteStore store = SqliteStore.open(path)) {
      assertEquals(2, StoreSamples.chunks(store, "d").size());
      store.commit(StoreSamples.appending(StoreSamples.chunk("d", 3, 300_000)));
    }
  }

  @Test
  void anotherProgramsLockEndsInBusyAndLeavesTheStoreUsable() throws SQLException {
    Path path = directory.resolve("busy.db");
    SqliteOptions options = SqliteOptions.defaults().withBusyTimeout(Duration.ofMillis(1));
    try (SqliteStore store = SqliteStore.open(path, options)) {
      try (Connection backup = Outside.connect(path)) {
        Outside.execute(backup, "BEGIN IMMEDIATE");
        StoreException busy =
            assertThrows(
                StoreException.Busy.class,
                () -> store.commit(StoreSamples.appending(StoreSamples.chunk("d", 1, 10))));
        assertEquals(StoreException.STORE_BUSY, busy.code());
        assertThrows(StoreException.Busy.class, store::reclaim);
        assertEquals(0, StoreSamples.chunks(store, "d").size());
        Outside.execute(backup, "ROLLBACK");
      }
      store.commit(StoreSamples.appending(StoreSamples.chunk("d", 1, 10)));
      try (Connection backup = Outside.connect(path)) {
        Outside.execute(backup, "BEGIN IMMEDIATE");
        assertThrows(StoreException.Busy.class, () -> store.commit(batch(2)));
        Outside.execute(backup, "ROLLBACK");
      }
      store.commit(batch(2));
      assertEquals(2, StoreSamples.chunks(store, "d").size());
    }
    try (SqliteStore store = SqliteStore.open(path)) {
      assertEquals(2, StoreSamples.chunks(store, "d").size());
      assertTrue(store.verify().isSound());
    }
  }

  @Test
  void afterAFailureOfTheDiskNothingIsWrittenUntilTheStoreIsOpenedAgain() throws IOException {
    for (boolean reclaiming : new boolean[] {false, true}) {
      Path path = directory.resolve("failing" + reclaiming + ".db");
      Path log = directory.resolve("failing" + reclaiming + ".db-wal");
      SqliteStore.open(path).close();
      try (SqliteStore store = SqliteStore.open(path)) {
        assertEquals(List.of(), store.documents(""));
        // What the store reads of its log fails, and nothing else does.
        Files.delete(log);
        Files.createDirectory(log);
        Runnable first = reclaiming ? store::reclaim : () -> store.commit(batch(1));
        Runnable then = reclaiming ? () -> store.commit(batch(1)) : store::reclaim;
        assertThrows(StoreException.InputOutput.class, first::run);
        Files.delete(log);
        for (Runnable next : List.of(first, then)) {
          StoreException refused = assertThrows(StoreException.InputOutput.class, next::run);
          assertTrue(String.valueOf(refused.getMessage()).contains("takes no writes"));
          assertTrue(refused.getCause() instanceof StoreException);
        }
        assertEquals(List.of(), store.documents(""));
      }
      try (SqliteStore store = SqliteStore.open(path)) {
        store.commit(batch(1));
        store.reclaim();
        assertEquals(1, StoreSamples.chunks(store, "d").size());
      }
    }
  }

  private static StoreBatch batch(int counter) {
    return StoreSamples.appending(StoreSamples.chunk("d", counter, 10));
  }

  @Test
  void anyBusyTimeoutIsTakenAsNearAsSqliteCan() throws SQLException {
    Path path = directory.resolve("timeout.db");
    SqliteStore.open(path).close();
    assertEquals("0", busyTimeout(path, Duration.ofSeconds(Long.MIN_VALUE)));
    assertEquals("1500", busyTimeout(path, Duration.ofMillis(1500)));
    assertEquals("2147483647", busyTimeout(path, Duration.ofSeconds(Long.MAX_VALUE)));
  }

  private static String busyTimeout(Path path, Duration timeout) throws SQLException {
    SqliteOptions options = SqliteOptions.defaults().withBusyTimeout(timeout);
    try (Connection connection = new Connections(path, options).openWriter()) {
      return Outside.query(connection, "PRAGMA busy_timeout");
    }
  }

  @Test
  @SuppressWarnings("try") // closing it too early is the point
  void aConsumerThatClosesTheStoreIsToldSo() {
    try (SqliteStore store = SqliteStore.open(directory.resolve("inside.db"))) {
      store.commit(StoreSamples.appending(StoreSamples.chunk("d", 1, 10)));
      assertThrows(
          StoreException.Busy.class,
          () -> store.readChunks("d", VersionVector.EMPTY, chunk -> store.close()));
      assertEquals(1, StoreSamples.chunks(store, "d").size());
    }
  }

  @Test
  void aCommitOfManyChunksIsOneTransaction() {
    Path path = directory.resolve("many.db");
    StoreBatch.Builder batch = StoreBatch.builder();
    for (int i = 1; i <= 20_000; i++) {
      batch.append(StoreSamples.chunk("d", i, 64));
    }
    try (SqliteStore store = SqliteStore.open(path)) {
      store.commit(batch.build());
      assertEquals(20_000, StoreSamples.chunks(store, "d").size());
      assertEquals(20_000, StoreSamples.chunks(store, "d").get(19_999).header().firstCounter());
    }
  }
}
