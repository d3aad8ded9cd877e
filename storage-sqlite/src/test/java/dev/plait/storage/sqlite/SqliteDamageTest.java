package dev.plait.storage.sqlite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.VersionVector;
import dev.plait.properties.store.StoreSamples;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoreCheck;
import dev.plait.store.StoreException;
import dev.plait.store.StoredSnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Stored bytes that are not what was written. */
class SqliteDamageTest {

  private static final byte[] MARK = "a mark to be found".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path directory;
  private Path path;

  @BeforeEach
  void writeAStore() {
    path = directory.resolve("damaged.db");
    try (SqliteStore store = SqliteStore.open(path)) {
      store.commit(
          StoreBatch.builder()
              .identity(StoreSamples.REPLICA)
              .clock(HybridTimestamp.MIN_VALID)
              .append(StoreSamples.chunk("d", 1, 40))
              .append(StoreSamples.chunk("d", 2, 40))
              .quarantine(StoreSamples.chunk("d", 9, 40))
              .snapshot(
                  new StoredSnapshot("s", VersionVector.of(new Dot(StoreSamples.REPLICA, 1)), MARK))
              .build());
    }
  }

  @Test
  void aByteFlippedInTheFileIsFoundWhenItIsRead() throws IOException {
    byte[] file = Files.readAllBytes(path);
    int at = new String(file, StandardCharsets.ISO_8859_1).indexOf("a mark to be found");
    assertTrue(at > 0);
    file[at + 5] ^= 1;
    Files.write(path, file);
    try (SqliteStore store = SqliteStore.open(path)) {
      assertCorrupt(() -> store.snapshot("s"));
      assertEquals(2, StoreSamples.chunks(store, "d").size());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "record = x'00'",
        "record = 'text'",
        "record = substr(record, 1, 31)",
        "record = record || x'00'",
        "record = zeroblob(length(record))",
        "last = last + 1",
        "last = 0",
        "sum = sum + 1",
        "sum = -sum",
        "sum = sum + (1 << 32)",
        "replica = x'ff'",
        "replica = zeroblob(16)",
        "first = 3",
        "document = 'e'"
      })
  void aChangedColumnIsFoundWhenTheRowIsRead(String change) throws SQLException {
    Outside.execute(path, "UPDATE chunks SET " + change + " WHERE first = 2");
    try (SqliteStore store = SqliteStore.open(path)) {
      assertCorrupt(() -> StoreSamples.chunks(store, "d"));
      assertCorrupt(() -> StoreSamples.chunks(store, change.startsWith("document") ? "e" : "d"));
      assertFalse(store.verify().isSound());
    }
  }

  @Test
  void aRowFromTheOtherTableIsFoundWhenItIsRead() throws SQLException {
    Outside.execute(path, "INSERT INTO chunks SELECT * FROM quarantine");
    try (SqliteStore store = SqliteStore.open(path)) {
      assertCorrupt(() -> StoreSamples.chunks(store, "d"));
      assertEquals(1, store.quarantined("d").size());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM chunks WHERE first = 1",
        "DELETE FROM chunks WHERE first = 2",
        "DELETE FROM chunks",
        "INSERT INTO chunks SELECT document, replica, 9, 9, sum, record FROM chunks LIMIT 1",
        "UPDATE chunks SET replica = zeroblob(16)"
      })
  void aMissingOrAddedRowIsFoundEvenWhereItIsPassedOver(String change) throws SQLException {
    VersionVector all = VersionVector.of(new Dot(StoreSamples.REPLICA, 99));
    try (SqliteStore store = SqliteStore.open(path)) {
      store.readChunks("d", all, chunk -> fail("nothing is new"));
    }
    Outside.execute(path, change);
    try (SqliteStore store = SqliteStore.open(path)) {
      assertCorrupt(() -> store.readChunks("d", all, chunk -> {}));
      assertCorrupt(() -> StoreSamples.chunks(store, "d"));
      assertFalse(store.verify().isSound());
      assertEquals(1, store.quarantined("d").size());
    }
  }

  @Test
  void aRowOfAnEarlierTimeIsFound() throws SQLException {
    Outside.execute(path, "CREATE TABLE kept AS SELECT * FROM chunks WHERE first = 2");
    try (SqliteStore store = SqliteStore.open(path)) {
      store.commit(StoreBatch.builder().rewrite(StoreSamples.chunk("d", 2, 41)).build());
      assertEquals(41, StoreSamples.chunks(store, "d").get(1).size());
    }
    Outside.execute(
        path,
        "REPLACE INTO chunks SELECT document, replica, first, last, sum, record FROM kept",
        "DROP TABLE kept");
    try (SqliteStore store = SqliteStore.open(path)) {
      assertCorrupt(() -> StoreSamples.chunks(store, "d"));
    }
  }

  @Test
  void aMissingSnapshotQuarantinedChunkOrSuspectIsFound() throws SQLException {
    try (SqliteStore store = SqliteStore.open(path)) {
      store.commit(StoreBatch.builder().suspect("d", new Dot(StoreSamples.REPLICA, 5)).build());
    }
    Outside.execute(
        path, "DELETE FROM snapshots", "DELETE FROM quarantine", "DELETE FROM suspects");
    try (SqliteStore store = SqliteStore.open(path)) {
      assertCorrupt(() -> store.snapshot("s"));
      assertCorrupt(() -> store.quarantined("d"));
      assertCorrupt(() -> store.suspects("d"));
      assertEquals(List.of("d", "s"), store.documents(""));
    }
  }

  @Test
  void verifyTellsWhatIsDamagedAndReadsTheRest() throws SQLException {
    Outside.execute(
        path, "UPDATE chunks SET record = zeroblob(9) WHERE first = 1", "DELETE FROM snapshots");
    try (SqliteStore store = SqliteStore.open(path)) {
      StoreCheck check = store.verify();
      assertEquals(2, check.documents());
      assertEquals(2, check.records());
      assertEquals(
          Set.of("d", "s"),
          check.damages().stream().map(StoreCheck.Damage::document).collect(Collectors.toSet()));
    }
  }

  @Test
  void verifyFindsASoundStoreSound() {
    try (SqliteStore store = SqliteStore.open(path)) {
      StoreCheck check = store.verify();
      assertEquals(List.of(), check.damages());
      assertEquals(4, check.records());
      assertEquals(3 * 40 + MARK.length, check.bytes());
    }
  }

  @Test
  void aChangedSnapshotIsFound() throws SQLException {
    Outside.execute(path, "UPDATE snapshots SET record = x''");
    try (SqliteStore store = SqliteStore.open(path)) {
      assertCorrupt(() -> store.snapshot("s"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE seals SET record = zeroblob(length(record)) WHERE document = x''",
        "UPDATE seals SET record = record || zeroblob(16) WHERE document = x''",
        "UPDATE seals SET sum = sum - 1 WHERE document = x''",
        "UPDATE seals SET document = x'00' WHERE document = x''",
        "DELETE FROM seals WHERE document = x''",
        "UPDATE seals SET record = zeroblob(96) WHERE document = 'd'",
        "UPDATE seals SET document = 'x' WHERE document = 'd'",
        "DELETE FROM seals WHERE document = 's'"
      })
  void aChangedMetaOrSealIsFoundOnOpening(String change) throws SQLException {
    Outside.execute(path, change);
    assertCorrupt(() -> SqliteStore.open(path));
  }

  @Test
  void aNameThatIsNotUtf8IsFound() throws SQLException {
    Outside.execute(path, "UPDATE seals SET document = CAST(x'61ff' AS TEXT) WHERE document = 'd'");
    assertCorrupt(() -> SqliteStore.open(path));
  }

  @Test
  void aLogDamagedInTheMiddleIsLostDataAndLeftAsItIs() throws IOException {
    Path crashed = directory.resolve("crashed.db");
    Path log = directory.resolve("crashed.db-wal");
    try (SqliteStore store = SqliteStore.open(path)) {
      for (int i = 10; i < 20; i++) {
        store.commit(StoreSamples.appending(StoreSamples.chunk("d", i, 40)));
      }
      Files.copy(path, crashed);
      Files.copy(directory.resolve("damaged.db-wal"), log);
    }
    byte[] content = Files.readAllBytes(crashed);
    byte[] damaged = Files.readAllBytes(log);
    damaged[damaged.length / 2] ^= 4;
    Files.write(log, damaged);
    StoreException lost =
        assertThrows(StoreException.LostAcknowledged.class, () -> SqliteStore.open(crashed));
    assertTrue(String.valueOf(lost.getMessage()).contains("plait repair"));
    assertArrayEquals(content, Files.readAllBytes(crashed));
    assertArrayEquals(damaged, Files.readAllBytes(log));
  }

  @Test
  void aTruncatedFileIsCorrupt() throws IOException {
    byte[] file = Files.readAllBytes(path);
    Files.write(path, Arrays.copyOf(file, SqliteLayout.PAGE_BYTES));
    assertCorrupt(
        () -> {
          try (SqliteStore store = SqliteStore.open(path)) {
            StoreSamples.chunks(store, "d");
          }
        });
  }

  @Test
  void aFileThatIsShorterThanItSaysIsDamagedAndNoFailureOfTheDisk() {
    SQLException shortRead = new SQLiteException("cut", SQLiteErrorCode.SQLITE_IOERR_SHORT_READ);
    SQLException failed = new SQLiteException("read", SQLiteErrorCode.SQLITE_IOERR_READ);
    assertTrue(Failures.translate(path, "reading", shortRead) instanceof StoreException.Corrupt);
    assertTrue(Failures.translate(path, "reading", failed) instanceof StoreException.InputOutput);
    assertFalse(Failures.isOfFileSystem(shortRead));
    assertTrue(Failures.isOfFileSystem(failed));
  }

  @Test
  void aPageOfNoiseIsCorrupt() throws IOException {
    byte[] file = Files.readAllBytes(path);
    for (int i = SqliteLayout.PAGE_BYTES; i < file.length; i++) {
      file[i] = (byte) (i * 31);
    }
    Files.write(path, file);
    assertCorrupt(
        () -> {
          try (SqliteStore store = SqliteStore.open(path)) {
            StoreSamples.chunks(store, "d");
          }
        });
  }

  private static void assertCorrupt(Runnable call) {
    StoreException failure = assertThrows(StoreException.Corrupt.class, call::run);
    assertEquals(StoreException.STORE_CORRUPT, failure.code());
    assertTrue(failure.toString().contains("damaged.db"), failure.toString());
  }
}
