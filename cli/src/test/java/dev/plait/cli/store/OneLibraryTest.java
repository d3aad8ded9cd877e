package dev.plait.cli.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.cli.ExitCode;
import dev.plait.cli.Plait;
import dev.plait.clock.ReplicaId;
import dev.plait.storage.lmdb.LmdbStore;
import dev.plait.storage.sqlite.SqliteStore;
import dev.plait.store.ChangeStore;
import dev.plait.store.StoreBatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who uses one kind of store needs the native library of no other. */
@Timeout(300) // seconds; only so that a child that hangs ends the test
class OneLibraryTest {

  private static final String SQLITE = " org.sqlite.";
  private static final String LMDB = " org.lmdbjava.";

  @TempDir Path directory;

  @Test
  void aStoreInSqliteLoadsNothingOfLmdb() throws Exception {
    write(SqliteStore.open(directory.resolve("plait.db")));
    List<String> loaded = loadedByVerify();
    assertTrue(has(loaded, SQLITE + "core.NativeDB"), "the store was not opened");
    assertFalse(has(loaded, LMDB));
  }

  @Test
  void aStoreInLmdbLoadsNothingOfSqlite() throws Exception {
    write(LmdbStore.open(directory.resolve("plait.lmdb")));
    List<String> loaded = loadedByVerify();
    assertTrue(has(loaded, LMDB + "Library"), "the store was not opened");
    assertFalse(has(loaded, SQLITE));
  }

  private static void write(ChangeStore opened) {
    try (ChangeStore store = opened) {
      store.commit(StoreBatch.builder().identity(ReplicaId.of(1, 2)).build());
    }
  }

  private static boolean has(List<String> loaded, String name) {
    return loaded.stream().anyMatch(line -> line.contains(name));
  }

  /** What the virtual machine says of each class that it loads in a process of its own. */
  private List<String> loadedByVerify() throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load",
                "-cp",
                System.getProperty("java.class.path"),
                Plait.class.getName(),
                "verify",
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = child.inputReader()) {
      List<String> lines = output.lines().toList();
      assertEquals(ExitCode.OK, child.waitFor());
      return lines;
    }
  }
}
