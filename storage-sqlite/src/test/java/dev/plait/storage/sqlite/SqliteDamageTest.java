package dev.plait.storage.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.VersionVector;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoreException;
import dev.plait.store.StoredSnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
              .identity(Samples.REPLICA)
              .clock(HybridTimestamp.MIN_VALID)
              .append(Samples.chunk("d", 1, 40))
              .append(Samples.chunk("d", 2, 40))
              .quarantine(Samples.chunk("d", 9, 40))
              .snapshot(
                  new StoredSnapshot("s", VersionVector.of(new Dot(Samples.REPLICA, 1)), MARK))
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
      assertEquals(2, Samples.chunks(store, "d").size());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes = x'00'",
        "bytes = 'text'",
        "dependencies = x''",
        "last = last + 1",
        "last = 0",
        "first_time = first_time + 1",
        "last_time = last_time - 1",
        "crc = crc + 1",
        "crc = -crc",
        "replica = x'ff'",
        "replica = zeroblob(16)",
        "first = 3",
        "document = 'e'"
      })
  void aChangedColumnIsFoundWhenTheRowIsRead(String change) throws SQLException {
    Samples.execute(path, "UPDATE chunks SET " + change + " WHERE first = 2");
    try (SqliteStore store = SqliteStore.open(path)) {
      String document = change.startsWith("document") ? "e" : "d";
      assertCorrupt(() -> Samples.chunks(store, document));
    }
  }

  @Test
  void aRowFromTheOtherTableIsFoundWhenItIsRead() throws SQLException {
    Samples.execute(path, "INSERT INTO chunks SELECT * FROM quarantine");
    try (SqliteStore store = SqliteStore.open(path)) {
      assertCorrupt(() -> Samples.chunks(store, "d"));
      assertEquals(1, store.quarantined("d").size());
    }
  }

  @Test
  void aChangedSnapshotIsFound() throws SQLException {
    Samples.execute(path, "UPDATE snapshots SET version = x''");
    try (SqliteStore store = SqliteStore.open(path)) {
      assertCorrupt(() -> store.snapshot("s"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE meta SET value = zeroblob(16) WHERE name = 'identity'",
        "UPDATE meta SET value = zeroblob(8) WHERE name = 'clock'",
        "UPDATE meta SET name = 'cloak' WHERE name = 'clock'"
      })
  void aChangedIdentityOrClockIsFoundOnOpening(String change) throws SQLException {
    Samples.execute(path, change);
    assertCorrupt(() -> SqliteStore.open(path));
  }

  @Test
  void aNameThatIsNotUtf8IsFound() throws SQLException {
    Samples.execute(path, "UPDATE chunks SET document = CAST(x'61ff' AS TEXT)");
    try (SqliteStore store = SqliteStore.open(path)) {
      assertCorrupt(() -> store.documents("a"));
    }
  }

  @Test
  void aTruncatedFileIsCorrupt() throws IOException {
    byte[] file = Files.readAllBytes(path);
    Files.write(path, Arrays.copyOf(file, SqliteLayout.PAGE_BYTES));
    assertCorrupt(
        () -> {
          try (SqliteStore store = SqliteStore.open(path)) {
            Samples.chunks(store, "d");
          }
        });
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
            Samples.chunks(store, "d");
          }
        });
  }

  private static void assertCorrupt(Runnable call) {
    StoreException failure = assertThrows(StoreException.Corrupt.class, call::run);
    assertEquals(StoreException.STORE_CORRUPT, failure.code());
    assertTrue(failure.toString().contains("damaged.db"), failure.toString());
  }
}
