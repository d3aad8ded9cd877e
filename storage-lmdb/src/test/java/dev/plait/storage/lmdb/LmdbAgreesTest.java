package dev.plait.storage.lmdb;

import dev.plait.properties.store.StoresAgree;
import dev.plait.store.ChangeStore;
import dev.plait.store.InMemoryStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An environment of LMDB and a heap that were given the same hold the same. */
class LmdbAgreesTest {

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(longs = {101, 102, 103})
  void theSameBatchesLeaveTheSameAsInMemory(long seed) {
    Path path = directory.resolve("same");
    try (ChangeStore expected = InMemoryStore.empty()) {
      try (ChangeStore store = LmdbStore.open(path)) {
        StoresAgree.afterTheSameBatches(expected, store, seed, 60);
      }
      try (ChangeStore store = LmdbStore.open(path)) {
        StoresAgree.inEverything(expected, store);
      }
    }
  }
}
