package dev.plait.storage.lmdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.ReplicaId;
import dev.plait.properties.store.StoreSamples;
import dev.plait.storage.guard.Head;
import dev.plait.storage.guard.HeadFile;
import dev.plait.storage.guard.HeadSync;
import dev.plait.store.Durability;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the head file counts, and what becomes of a commit whose head can't be written. */
class LmdbHeadTest {

  private static final ReplicaId FIRST = ReplicaId.of(1, 1);
  private static final ReplicaId SECOND = ReplicaId.of(2, 2);

  @TempDir Path directory;
  private Path original = Path.of("");
  private Path copy = Path.of("");

  @BeforeEach
  void makeCopy() throws IOException {
    original = directory.resolve("original");
    copy = Files.createDirectory(directory.resolve("copy"));
    try (LmdbStore store = LmdbStore.open(original)) {
      store.commit(StoreBatch.builder().identity(FIRST).build());
      store.commit(StoreSamples.appending(StoreSamples.chunk("d", 1, 10)));
    }
    for (String name : List.of(Environment.DATA, Opening.HEAD)) {
      Files.copy(original.resolve(name), copy.resolve(name));
    }
  }

  private static StoreBatch identified() {
    return StoreBatch.builder().identity(SECOND).append(StoreSamples.chunk("d", 2, 10)).build();
  }

  private static Head head(Path store) {
    try (HeadFile file = HeadFile.open(store.resolve(Opening.HEAD), Optional.empty())) {
      Head head = file.read();
      if (head == null) {
        throw new AssertionError("no head");
      }
      return head;
    }
  }

  @Test
  void aCommitWhoseHeadCannotBeWrittenFailsTheStoreAndIsThereOnce() throws IOException {
    Path instances = Files.createFile(directory.resolve("instances"));
    LmdbOptions options = LmdbOptions.defaults().withInstances(instances);
    try (LmdbStore store = LmdbStore.open(copy, options)) {
      assertTrue(store.isCopy());
      // The mark of the new instance finds a file where its directory should be.
      StoreException failed =
          assertThrows(StoreException.InputOutput.class, () -> store.commit(identified()));
      assertTrue(String.valueOf(failed.getMessage()).contains("was written"), failed::toString);
      StoreException refused =
          assertThrows(StoreException.InputOutput.class, () -> store.commit(identified()));
      assertEquals(failed, refused.getCause());
      assertThrows(StoreException.InputOutput.class, store::reclaim);
      assertEquals(2, StoreSamples.chunks(store, "d").size());
      assertTrue(store.verify().isSound());
    }
    Files.delete(instances);
    try (LmdbStore store = LmdbStore.open(copy, options)) {
      assertFalse(store.isCopy(), "what was cut short is not done again");
      assertEquals(SECOND, store.identity());
      assertEquals(List.of(FIRST), store.formerIdentities());
      assertEquals(2, StoreSamples.chunks(store, "d").size());
      assertEquals(3, head(copy).commits());
    }
  }

  @Test
  void aCopyThatWasCutShortBeforeItsHeadIsNoCopyAfterwards() throws IOException {
    byte[] before = Files.readAllBytes(copy.resolve(Opening.HEAD));
    try (LmdbStore store = LmdbStore.open(copy)) {
      store.commit(identified());
    }
    // As if its process had ended between the two: the same file, with what it had.
    Files.write(copy.resolve(Opening.HEAD), before);
    for (int round = 0; round < 2; round++) {
      try (LmdbStore store = LmdbStore.open(copy)) {
        assertFalse(store.isCopy());
        assertEquals(List.of(FIRST), store.formerIdentities());
        assertEquals(2, StoreSamples.chunks(store, "d").size());
      }
      assertEquals(3, head(copy).commits());
    }
    try (LmdbStore store = LmdbStore.open(original)) {
      assertFalse(store.isCopy());
      assertEquals(1, StoreSamples.chunks(store, "d").size());
    }
  }

  @Test
  void aMissingHeadIsMadeAndTheStoreStaysACopyUntilItHasAnotherIdentity() throws IOException {
    Files.delete(original.resolve(Opening.HEAD));
    for (int round = 0; round < 2; round++) {
      try (LmdbStore store = LmdbStore.open(original)) {
        assertTrue(store.isCopy());
      }
      assertEquals(2, head(original).commits());
    }
    try (LmdbStore store = LmdbStore.open(original)) {
      store.commit(StoreSamples.appending(StoreSamples.chunk("d", 2, 10)));
      assertEquals(3, head(original).commits(), "nobody counts what a copy is given");
      assertTrue(store.isCopy());
      store.commit(StoreBatch.builder().identity(SECOND).build());
      assertFalse(store.isCopy());
    }
  }

  @ParameterizedTest
  @CsvSource({"FULL, 3, 1003", "RELAXED, 2, 1002", "NONE, 2, 1002"})
  void theHeadCountsEveryCommitAndKnowsWhatIsSurelyOnTheDisk(
      Durability durability, long afterOne, long afterMany) {
    LmdbOptions options = LmdbOptions.defaults().withDurability(durability);
    try (LmdbStore store = LmdbStore.open(original, options)) {
      store.commit(StoreSamples.appending(StoreSamples.chunk("d", 2, 10)));
      assertEquals(3, head(original).commits());
      assertEquals(afterOne, head(original).forced());
      for (int i = 0; i < 1000; i++) {
        store.commit(StoreSamples.appending(StoreSamples.chunk("d", 3 + i, 10)));
      }
      assertEquals(1003, head(original).commits());
      assertEquals(afterMany, head(original).forced());
      assertFalse(head(original).clean());
    }
    assertEquals(1003, head(original).commits());
    assertEquals(1003, head(original).forced());
    assertTrue(head(original).clean());
  }

  @ParameterizedTest
  @EnumSource
  void aRelaxedStoreWithoutItsLastCommitsIsACopyUntilItHasAnotherIdentity(HeadSync sync)
      throws IOException {
    LmdbOptions options =
        LmdbOptions.defaults().withDurability(Durability.RELAXED).withHeadSync(sync);
    Path data = original.resolve("data.mdb");
    Path headFile = original.resolve(Opening.HEAD);
    byte[] earlier;
    byte[] sameTime;
    byte[] later;
    try (LmdbStore store = LmdbStore.open(original, options)) {
      store.commit(StoreSamples.appending(StoreSamples.chunk("d", 2, 10)));
      earlier = Files.readAllBytes(data);
      sameTime = Files.readAllBytes(headFile);
      store.commit(StoreSamples.appending(StoreSamples.chunk("d", 3, 10)));
      later = Files.readAllBytes(headFile);
    }
    // Written into the very files, so that the head is no copy of one.
    Files.write(data, earlier);
    Files.write(headFile, sameTime);
    try (LmdbStore store = LmdbStore.open(original, options)) {
      assertFalse(store.isCopy());
      assertEquals(2, StoreSamples.chunks(store, "d").size());
    }
    Files.write(data, earlier);
    Files.write(headFile, later);
    for (int round = 0; round < 2; round++) {
      try (LmdbStore store = LmdbStore.open(original, options)) {
        assertTrue(store.isCopy());
        assertEquals(2 + round, StoreSamples.chunks(store, "d").size());
        store.commit(StoreSamples.appending(StoreSamples.chunk("d", 3 + round, 10)));
        assertTrue(store.isCopy());
      }
    }
    try (LmdbStore store = LmdbStore.open(original, options)) {
      store.commit(StoreBatch.builder().identity(SECOND).build());
      assertFalse(store.isCopy());
    }
    try (LmdbStore store = LmdbStore.open(original, options)) {
      assertFalse(store.isCopy());
      assertEquals(4, StoreSamples.chunks(store, "d").size());
    }
  }
}
