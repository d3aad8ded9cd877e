package dev.plait.cli.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.VersionVector;
import dev.plait.document.Document;
import dev.plait.replica.Replica;
import dev.plait.storage.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReadmeTest {
  private static final Path README = Path.of("..", "README.md");
  private static final Path EXAMPLE =
      Path.of("src", "test", "java", "dev", "plait", "cli", "readme", "ReadmeExample.java");

  @Test
  void exampleIsTheCodeThatIsCompiled() throws IOException {
    String readme = Files.readString(README);
    String example = readme.substring(readme.indexOf("```java\n") + 8);
    example = example.substring(0, example.indexOf("```")).strip();

    assertTrue(
        Files.readString(EXAMPLE).contains(example.indent(4).stripTrailing()),
        "the README's example differs from ReadmeExample.java");
  }

  @Test
  void exampleDoesWhatItSays(@TempDir Path directory) {
    Path file = directory.resolve("notes.db");
    byte[] changes = ReadmeExample.run(file);

    try (var store = SqliteStore.open(file);
        var again = Replica.builder().store(store).build();
        var other = Replica.builder().build()) {
      Document note = other.document("notes/42");
      assertTrue(note.apply(changes).isComplete());
      assertEquals("Hello", note.text("body").toString());
      assertEquals(again.document("notes/42").stateHash(), note.stateHash());
      assertEquals(1, note.versionVector().size());
      assertEquals(0, again.document("notes/42").changes(note.versionVector()).size());
      assertEquals(VersionVector.empty(), other.document("another").versionVector());
    }
  }

  @Test
  void bothCommandsHeadTheReadme() throws IOException {
    String firstScreen = String.join("\n", Files.readAllLines(README).subList(0, 14));

    assertTrue(firstScreen.contains("\nmvn verify "));
    assertTrue(firstScreen.contains("\nmvn -q -Pdemo "));
  }
}
