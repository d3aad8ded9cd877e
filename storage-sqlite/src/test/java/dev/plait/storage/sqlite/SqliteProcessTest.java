package dev.plait.storage.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.store.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two processes and one store. */
@Timeout(300) // seconds; only so that a child that hangs ends the test
class SqliteProcessTest {

  private static final Path SHELL = Path.of("/bin/sh");

  @TempDir Path directory;

  @Test
  void aStoreOpenHereIsLockedForAnotherProcess() throws Exception {
    Path path = directory.resolve("locked.db");
    try (SqliteStore store = SqliteStore.open(path)) {
      assertEquals(StoreException.STORE_LOCKED, answerOf("open", path));
      // A second open that is refused here must not give the lock away there.
      assertThrows(StoreException.Locked.class, () -> SqliteStore.open(path));
      assertEquals(StoreException.STORE_LOCKED, answerOf("open", path));
      store.commit(Samples.appending(Samples.chunk("d", 1, 10)));
    }
    assertEquals("1", answerOf("open", path));
  }

  @Test
  void aKilledProcessLeavesItsCommitsAndNoLock() throws Exception {
    Path path = directory.resolve("killed.db");
    Process child = child(List.of(), "hold", path);
    try (BufferedReader output = child.inputReader()) {
      assertEquals("committed", output.readLine());
      assertThrows(StoreException.Locked.class, () -> SqliteStore.open(path));
    } finally {
      child.destroyForcibly().waitFor();
    }
    try (SqliteStore store = SqliteStore.open(path)) {
      assertEquals(3, Samples.chunks(store, "d").size());
    }
  }

  @Test
  void aFailedDeviceEndsWritingUntilTheStoreIsOpenedAgain() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(SHELL), "a shell limits the size of a file");
    Path path = directory.resolve("device.db");
    Process child =
        child(
            List.of(SHELL.toString(), "-c", "ulimit -f 16384 && exec \"$@\"", "sh"), "fail", path);
    List<String> lines;
    try (BufferedReader output = child.inputReader()) {
      lines = output.lines().toList();
    }
    assertEquals(0, child.waitFor(), lines::toString);
    assertEquals(List.of("STORE_IO", "STORE_IO after STORE_IO", "1"), lines);
    try (SqliteStore store = SqliteStore.open(path)) {
      assertEquals(1, Samples.chunks(store, "d").size());
      store.commit(Samples.appending(Samples.chunk("d", 3, 10)));
    }
  }

  private static String answerOf(String task, Path path) throws IOException, InterruptedException {
    Process child = child(List.of(), task, path);
    try (BufferedReader output = child.inputReader()) {
      String answer = output.readLine();
      assertTrue(answer != null, "the child said nothing");
      assertEquals(0, child.waitFor());
      return answer;
    }
  }

  private static Process child(List<String> before, String task, Path path) throws IOException {
    return StoreProcess.start(before, List.of(), task, path);
  }
}
