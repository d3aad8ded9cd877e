package dev.plait.storage.sqlite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.ReplicaId;
import dev.plait.properties.store.StoreSamples;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are older than what was acknowledged, incomplete, another's or copies. */
class SqliteHeadTest {

  private static final List<String> FILES = List.of("a.db", "a.db-wal", "a.db-head");

  @TempDir Path directory;

  private Path place(String name) throws IOException {
    return Files.createDirectories(directory.resolve(name)).resolve("a.db");
  }

  private static void write(SqliteStore store, int from, int to) {
    for (int i = from; i <= to; i++) {
      store.commit(StoreSamples.appending(StoreSamples.chunk("d", i, 40)));
    }
  }

  /** What a process that is killed now leaves. */
  private static void copy(Path from, Path to) throws IOException {
    for (String name : FILES) {
      Path file = from.resolveSibling(name);
      if (Files.exists(file)) {
        Files.copy(file, to.resolveSibling(name), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static void assertLost(Path path) throws IOException {
    byte[] content = Files.readAllBytes(path);
    Path log = path.resolveSibling("a.db-wal");
    byte[] logged = Files.exists(log) ? Files.readAllBytes(log) : new byte[0];
    StoreException lost =
        assertThrows(StoreException.LostAcknowledged.class, () -> SqliteStore.open(path));
    assertTrue(String.valueOf(lost.getMessage()).contains("plait repair"));
    assertArrayEquals(content, Files.readAllBytes(path));
    assertArrayEquals(logged, Files.exists(log) ? Files.readAllBytes(log) : new byte[0]);
  }

  private static int count(Path path) {
    try (SqliteStore store = SqliteStore.open(path)) {
      return StoreSamples.chunks(store, "d").size();
    }
  }

  @Test
  void whatAKilledProcessLeavesHasEveryCommitHoweverOftenTheLogWasMoved() throws IOException {
    Path path = place("running");
    try (SqliteStore store = SqliteStore.open(path)) {
      for (int i = 1; i <= 12; i++) {
        store.commit(StoreSamples.appending(StoreSamples.chunk("d", i, 1 << 20)));
        Path killed = place("killed" + i);
        copy(path, killed);
        assertEquals(i, count(killed));
        assertEquals(i, count(killed));
      }
      assertTrue(Files.size(path) > 6 << 20);
    }
    assertEquals(12, count(path));
  }

  @Test
  void aFlipInAnyFrameOfTheLogIsLostData() throws IOException {
    Path path = place("running");
    Path killed = place("killed");
    try (SqliteStore store = SqliteStore.open(path)) {
      write(store, 1, 4);
      copy(path, killed);
    }
    Path log = killed.resolveSibling("a.db-wal");
    byte[] sound = Files.readAllBytes(log);
    // The first frame holds the transaction that changes nothing.
    for (int at = 32 + 4120 + 300; at < sound.length; at += 4120) {
      byte[] damaged = sound.clone();
      damaged[at] ^= 1;
      Files.write(log, damaged);
      assertLost(killed);
    }
    Files.write(log, sound);
    assertEquals(4, count(killed));
  }

  @Test
  void aMissingACutAndAForeignLogAreLostData() throws IOException {
    Path path = place("running");
    Path killed = place("killed");
    Path other = place("other");
    try (SqliteStore store = SqliteStore.open(path);
        SqliteStore foreign = SqliteStore.open(other)) {
      write(store, 1, 4);
      write(foreign, 1, 9);
      copy(path, killed);
      Path log = killed.resolveSibling("a.db-wal");
      byte[] sound = Files.readAllBytes(log);
      Files.write(log, Arrays.copyOf(sound, sound.length - 4120));
      assertLost(killed);
      Files.copy(other.resolveSibling("a.db-wal"), log, StandardCopyOption.REPLACE_EXISTING);
      assertLost(killed);
      Files.delete(log);
      assertLost(killed);
    }
  }

  @Test
  void anOlderFileThanTheHeadAndAMissingOneAreLostData() throws IOException {
    Path path = place("store");
    try (SqliteStore store = SqliteStore.open(path)) {
      write(store, 1, 2);
    }
    byte[] older = Files.readAllBytes(path);
    try (SqliteStore store = SqliteStore.open(path)) {
      write(store, 3, 4);
    }
    Files.write(path, older);
    assertLost(path);
    Files.delete(path);
    assertThrows(StoreException.LostAcknowledged.class, () -> SqliteStore.open(path));
  }

  @Test
  void aLogThatBelongsToNobodyBesideAClosedStoreIsRefused() throws IOException {
    Path path = place("store");
    Path other = place("other");
    try (SqliteStore store = SqliteStore.open(path)) {
      write(store, 1, 2);
    }
    try (SqliteStore store = SqliteStore.open(other)) {
      write(store, 1, 5);
      Files.copy(other.resolveSibling("a.db-wal"), path.resolveSibling("a.db-wal"));
    }
    assertThrows(StoreException.Corrupt.class, () -> SqliteStore.open(path));
    Files.delete(path.resolveSibling("a.db-wal"));
    assertEquals(2, count(path));
  }

  @Test
  void anothersHeadIsRefused() throws IOException {
    Path path = place("store");
    Path other = place("other");
    try (SqliteStore store = SqliteStore.open(path);
        SqliteStore another = SqliteStore.open(other)) {
      write(store, 1, 2);
      write(another, 1, 1);
    }
    Files.copy(
        other.resolveSibling("a.db-head"),
        path.resolveSibling("a.db-head"),
        StandardCopyOption.REPLACE_EXISTING);
    assertThrows(StoreException.Corrupt.class, () -> SqliteStore.open(path));
  }

  @Test
  void aCopyIsOneUntilItHasAnotherIdentity() throws IOException {
    Path path = place("store");
    try (SqliteStore store = SqliteStore.open(path)) {
      store.commit(StoreBatch.builder().identity(StoreSamples.REPLICA).build());
      assertFalse(store.isCopy());
    }
    Path copied = place("copied");
    copy(path, copied);
    try (SqliteStore store = SqliteStore.open(copied)) {
      assertTrue(store.isCopy());
      write(store, 1, 1);
      assertTrue(store.isCopy());
    }
    try (SqliteStore store = SqliteStore.open(copied)) {
      assertTrue(store.isCopy());
      store.commit(StoreBatch.builder().identity(ReplicaId.of(4, 4)).build());
      assertFalse(store.isCopy());
    }
    try (SqliteStore store = SqliteStore.open(copied);
        SqliteStore original = SqliteStore.open(path)) {
      assertFalse(store.isCopy());
      assertFalse(original.isCopy());
      assertEquals(List.of(StoreSamples.REPLICA), store.formerIdentities());
    }
  }

  @Test
  void aStoreWithoutItsHeadCanBeReadAndIsACopy() throws IOException {
    Path path = place("store");
    try (SqliteStore store = SqliteStore.open(path)) {
      write(store, 1, 2);
    }
    Files.delete(path.resolveSibling("a.db-head"));
    for (int round = 0; round < 2; round++) {
      try (SqliteStore store = SqliteStore.open(path)) {
        assertTrue(store.isCopy());
        assertEquals(2, StoreSamples.chunks(store, "d").size());
      }
    }
  }

  @Test
  void reclaimGivesRoomBackAndLeavesTheRest() throws IOException {
    Path path = place("store");
    try (SqliteStore store = SqliteStore.open(path)) {
      write(store, 1, 2);
      store.commit(StoreSamples.appending(StoreSamples.chunk("big", 1, 9 << 20)));
      store.commit(StoreBatch.builder().delete("big").build());
      store.reclaim();
      assertTrue(store.size().storedBytes() < 1 << 20);
      Path killed = place("killed");
      copy(path, killed);
      assertEquals(2, count(killed));
      write(store, 3, 3);
      assertTrue(store.verify().isSound());
    }
    assertEquals(3, count(path));
  }
}
