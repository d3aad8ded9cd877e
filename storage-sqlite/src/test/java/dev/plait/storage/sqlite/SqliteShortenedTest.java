package dev.plait.storage.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.properties.store.StoreSamples;
import dev.plait.storage.guard.Head;
import dev.plait.storage.guard.HeadFile;
import dev.plait.storage.guard.HeadSync;
import dev.plait.store.Durability;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoreException;
import dev.plait.store.StoredSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which commits may be gone after a loss of power, and which logs may be gone. */
class SqliteShortenedTest {

  private static final SqliteOptions FULL = SqliteOptions.defaults();
  private static final SqliteOptions RELAXED =
      SqliteOptions.defaults().withDurability(Durability.RELAXED);

  @TempDir Path directory;
  private Path path;
  private Path log;

  @BeforeEach
  void nameIt() {
    path = directory.resolve("a.db");
    log = directory.resolve("a.db-wal");
  }

  private static void write(SqliteStore store, int from, int to, int size) {
    for (int i = from; i <= to; i++) {
      store.commit(StoreSamples.appending(StoreSamples.chunk("d", i, size)));
    }
  }

  private Map<Path, byte[]> data() throws IOException {
    Map<Path, byte[]> data = new HashMap<>();
    for (Path file : List.of(path, log)) {
      data.put(file, Files.readAllBytes(file));
    }
    return data;
  }

  private byte[] head() throws IOException {
    return Files.readAllBytes(directory.resolve("a.db-head"));
  }

  /** Puts files where they were: the head into its very file, so that it is no copy of one. */
  private void putBack(Map<Path, byte[]> data, byte[] head) throws IOException {
    for (Map.Entry<Path, byte[]> file : data.entrySet()) {
      Files.write(file.getKey(), file.getValue());
    }
    Files.write(directory.resolve("a.db-head"), head);
  }

  /** Something done with an open store. */
  private interface Work {
    void with(SqliteStore store) throws SQLException;
  }

  /** Leaves the files as they are when the process is killed after this work. */
  private void killAfter(SqliteOptions options, Work work) throws IOException, SQLException {
    Map<Path, byte[]> killed;
    byte[] head;
    try (SqliteStore store = SqliteStore.open(path, options)) {
      work.with(store);
      killed = data();
      head = head();
    }
    putBack(killed, head);
  }

  @ParameterizedTest
  @EnumSource
  void aRelaxedStoreWithoutItsLastCommitsIsACopyUntilItHasAnotherIdentity(HeadSync sync)
      throws IOException {
    SqliteOptions options = RELAXED.withHeadSync(sync);
    Map<Path, byte[]> earlier;
    byte[] sameTime;
    byte[] later;
    try (SqliteStore store = SqliteStore.open(path, options)) {
      store.commit(StoreBatch.builder().identity(StoreSamples.REPLICA).build());
      write(store, 1, 3, 40);
      earlier = data();
      sameTime = head();
      write(store, 4, 6, 40);
      later = head();
    }
    putBack(earlier, sameTime);
    try (SqliteStore store = SqliteStore.open(path, options)) {
      assertFalse(store.isCopy());
      assertEquals(3, StoreSamples.chunks(store, "d").size());
    }
    putBack(earlier, later);
    for (int round = 0; round < 2; round++) {
      try (SqliteStore store = SqliteStore.open(path, options)) {
        assertTrue(store.isCopy());
        assertEquals(3 + round, StoreSamples.chunks(store, "d").size());
        write(store, 4, 4 + round, 40);
        assertTrue(store.isCopy());
      }
    }
    try (SqliteStore store = SqliteStore.open(path, options)) {
      assertTrue(store.isCopy());
      store.commit(StoreBatch.builder().identity(ReplicaId.of(4, 4)).build());
      assertFalse(store.isCopy());
    }
    try (SqliteStore store = SqliteStore.open(path, options)) {
      assertFalse(store.isCopy());
      assertEquals(5, StoreSamples.chunks(store, "d").size());
    }
  }

  @Test
  void whatARelaxedStoreForcedToTheDiskMustBeThere() throws IOException {
    Map<Path, byte[]> earlier;
    byte[] forced;
    try (SqliteStore store = SqliteStore.open(path, RELAXED)) {
      write(store, 1, 3, 40);
      earlier = data();
      long before = HeadFile.look(directory.resolve("a.db-head")).map(Head::forced).orElse(-1L);
      write(store, 4, 12, 1 << 20);
      Head now = HeadFile.look(directory.resolve("a.db-head")).orElseThrow();
      assertTrue(before < now.forced() && now.forced() <= now.commits(), now.toString());
      forced = head();
    }
    putBack(earlier, forced);
    assertThrows(StoreException.LostAcknowledged.class, () -> SqliteStore.open(path, RELAXED));
    // What the store promised counts, and not what is asked now.
    assertThrows(StoreException.LostAcknowledged.class, () -> SqliteStore.open(path));
  }

  @Test
  void aFullStoreMayLoseNothing() throws IOException {
    Map<Path, byte[]> earlier;
    byte[] later;
    try (SqliteStore store = SqliteStore.open(path)) {
      write(store, 1, 3, 40);
      earlier = data();
      write(store, 4, 4, 40);
      later = head();
    }
    putBack(earlier, later);
    assertThrows(StoreException.LostAcknowledged.class, () -> SqliteStore.open(path, RELAXED));
  }

  @Test
  void aFlipInTheLogOfAKilledRelaxedStoreIsNoticed() throws IOException, SQLException {
    killAfter(RELAXED, store -> write(store, 1, 8, 40));
    byte[] frames = Files.readAllBytes(log);
    frames[frames.length / 2] ^= 1;
    Files.write(log, frames);
    try (SqliteStore store = SqliteStore.open(path, RELAXED)) {
      assertTrue(StoreSamples.chunks(store, "d").size() < 8);
      assertTrue(store.isCopy());
    }
  }

  @ParameterizedTest
  @EnumSource
  void filesPutBackIntoTheirPlaceAreACopyIfThereIsADirectoryOfInstances(Durability durability)
      throws IOException {
    SqliteOptions options =
        SqliteOptions.defaults()
            .withDurability(durability)
            .withInstances(directory.resolve("instances"));
    Map<Path, byte[]> backup;
    byte[] head;
    try (SqliteStore store = SqliteStore.open(path, options)) {
      write(store, 1, 3, 40);
      backup = data();
      head = head();
      write(store, 4, 4, 40);
    }
    putBack(backup, head);
    try (SqliteStore store = SqliteStore.open(path, options)) {
      assertTrue(store.isCopy());
      assertEquals(3, StoreSamples.chunks(store, "d").size());
    }
  }

  @Test
  void aLogThatAnotherProgramMovedAfterAKillIsNoLoss() throws IOException, SQLException {
    killAfter(FULL, store -> write(store, 1, 5, 40));
    try (Connection backup = Outside.connect(path)) {
      assertEquals("5", Outside.query(backup, "SELECT count(*) FROM chunks"));
    }
    assertFalse(Files.exists(log));
    try (SqliteStore store = SqliteStore.open(path)) {
      assertEquals(5, StoreSamples.chunks(store, "d").size());
      assertFalse(store.isCopy());
    }
  }

  @Test
  void aProgramThatReadsLongerThanTheStoreIsOpenMovesTheLogAndThatIsNoLoss()
      throws IOException, SQLException {
    SqliteStore.open(path).close();
    try (Connection backup = Outside.connect(path)) {
      try (SqliteStore store = SqliteStore.open(path)) {
        write(store, 1, 3, 40);
        Outside.execute(backup, "BEGIN");
        assertEquals("3", Outside.query(backup, "SELECT count(*) FROM chunks"));
        write(store, 4, 6, 40);
      }
      assertTrue(Files.size(log) > 0);
      Outside.execute(backup, "COMMIT");
    }
    assertFalse(Files.exists(log));
    try (SqliteStore store = SqliteStore.open(path)) {
      assertEquals(6, StoreSamples.chunks(store, "d").size());
    }
  }

  @Test
  void aLogThatAnotherProgramEmptiedMeanwhileIsNoLoss() throws IOException, SQLException {
    killAfter(
        FULL,
        store -> {
          for (int night = 0; night < 3; night++) {
            write(store, 3 * night + 1, 3 * night + 3, 40);
            Outside.execute(path, "PRAGMA wal_checkpoint(TRUNCATE)");
          }
          write(store, 10, 12, 40);
        });
    try (SqliteStore store = SqliteStore.open(path)) {
      assertEquals(12, StoreSamples.chunks(store, "d").size());
      assertFalse(store.isCopy());
      assertTrue(store.verify().isSound());
    }
  }

  @Test
  void aLogThatWasBegunAnewAfterAFailedBatchIsTheStoresOwn() throws IOException, SQLException {
    StoredSnapshot snapshot = new StoredSnapshot("d", VersionVector.EMPTY, new byte[] {1});
    StoreBatch refused = StoreBatch.builder().snapshot(snapshot).build();
    killAfter(
        FULL,
        store -> {
          write(store, 1, 3, 40);
          Outside.execute(
              path,
              "CREATE TRIGGER refuse BEFORE INSERT ON snapshots BEGIN SELECT RAISE(ABORT, 'no');"
                  + " END");
          assertThrows(StoreException.class, () -> store.commit(refused));
          // The connection was closed with that, and SQLite moved the log and removed it.
          assertFalse(Files.exists(log));
          write(store, 4, 6, 40);
        });
    try (SqliteStore store = SqliteStore.open(path)) {
      assertEquals(6, StoreSamples.chunks(store, "d").size());
    }
  }

  @Test
  void anOlderLogOfItsOwnBesideAClosedStoreIsNotMovedAgain() throws IOException {
    byte[] older;
    try (SqliteStore store = SqliteStore.open(path)) {
      write(store, 1, 3, 40);
      older = Files.readAllBytes(log);
      write(store, 4, 6, 40);
    }
    Files.write(log, older);
    try (SqliteStore store = SqliteStore.open(path)) {
      assertEquals(6, StoreSamples.chunks(store, "d").size());
      assertTrue(store.verify().isSound());
    }
  }

  @Test
  void aLogThatGoesAsFarAsTheClosedStoreStaysAndHealsIt() throws IOException {
    byte[] whole;
    try (SqliteStore store = SqliteStore.open(path)) {
      write(store, 1, 3, 40);
      whole = Files.readAllBytes(log);
    }
    Files.write(log, whole);
    byte[] damaged = Files.readAllBytes(path);
    damaged[damaged.length - 200] ^= 1;
    Files.write(path, damaged);
    try (SqliteStore store = SqliteStore.open(path)) {
      assertEquals(3, StoreSamples.chunks(store, "d").size());
      assertTrue(store.verify().isSound());
    }
  }

  @Test
  void aProgramThatStillReadsWhenTheStoreIsOpenedAgainIsNoLoss() throws SQLException {
    SqliteStore.open(path).close();
    try (Connection backup = Outside.connect(path)) {
      for (int round = 0; round < 3; round++) {
        try (SqliteStore store = SqliteStore.open(path)) {
          assertEquals(round * 3, StoreSamples.chunks(store, "d").size());
          write(store, round * 3 + 1, round * 3 + 3, 40);
          if (round == 0) {
            Outside.execute(backup, "BEGIN");
            assertEquals("3", Outside.query(backup, "SELECT count(*) FROM chunks"));
          }
        }
      }
      Outside.execute(backup, "COMMIT");
    }
    try (SqliteStore store = SqliteStore.open(path)) {
      assertEquals(9, StoreSamples.chunks(store, "d").size());
      assertTrue(store.verify().isSound());
    }
  }
}
