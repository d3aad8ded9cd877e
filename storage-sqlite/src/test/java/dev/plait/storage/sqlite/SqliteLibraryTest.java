package dev.plait.storage.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.store.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SQLite itself: missing, too old, as it should be. */
@Timeout(300) // seconds; only so that a child that hangs ends the test
class SqliteLibraryTest {

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {"3.51.2", "3.51", "3.50.99", "3.9.9", "3", "2.99.99", "", "3.51.x", "three", "-4"})
  void anOlderOneIsRefusedByNameOfBothVersions(String version) {
    StoreException refused =
        assertThrows(StoreException.NativeUnavailable.class, () -> Library.check(version));
    assertEquals(StoreException.NATIVE_UNAVAILABLE, refused.code());
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains("version " + version + ","), message);
    assertTrue(message.contains("3.51.3"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.51.3", "3.51.3.1", "3.51.10", "3.52", "3.54.1", "4", "10.0.0"})
  void aNewerOneIsTaken(String version) {
    Library.check(version);
  }

  @Test
  void theOneThatIsHereIsTaken() throws SQLException {
    Library.require();
  }

  @Test
  void oneThatCantBeLoadedIsToldWithWhatToDoAndNothingIsMade() throws Exception {
    Path file = Files.createFile(directory.resolve("no directory"));
    Path stores = Files.createDirectory(directory.resolve("stores"));
    List<String> answer = answer("-Dorg.sqlite.tmpdir=" + file, stores.resolve("a.db"));
    assertEquals(StoreException.NATIVE_UNAVAILABLE, answer.get(0));
    assertTrue(answer.get(1).contains("-Dorg.sqlite.tmpdir="), answer.get(1));
    assertTrue(answer.get(1).contains("-Dorg.sqlite.lib.path="), answer.get(1));
    try (Stream<Path> made = Files.list(stores)) {
      assertEquals(List.of(), made.toList());
    }
  }

  @Test
  void theFixThatIsToldHelps() throws Exception {
    Path temporary = Files.createDirectory(directory.resolve("temporary"));
    List<String> answer = answer("-Dorg.sqlite.tmpdir=" + temporary, directory.resolve("a.db"));
    assertEquals(List.of("0"), answer);
  }

  private static List<String> answer(String option, Path path)
      throws IOException, InterruptedException {
    Process child = StoreProcess.start(option, path);
    try (BufferedReader output = child.inputReader()) {
      List<String> lines = output.lines().toList();
      assertEquals(0, child.waitFor());
      return lines;
    }
  }
}
