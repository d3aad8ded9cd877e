package dev.plait.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.cli.trace.Patch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TracesTest {
  private static final String SEQUENTIAL =
      "{\"startContent\": \"a\", \"endContent\": \"ab\", \"txns\": [{\"patches\": [[1, 0, \"b\"]]}]}";
  private static final String SURROGATES =
      "{\"startContent\": \"\", \"endContent\": \"🥐\", \"txns\": [{\"patches\": [[0, 0, \"🥐\"]]}]}";

  @TempDir Path folder;

  @Test
  void allTracesThatCanBeReplayedAreNamedAndTheOthersAreSaid() throws IOException {
    Files.createDirectory(folder.resolve("sequential"));
    Files.writeString(folder.resolve("sequential/b.json"), SEQUENTIAL);
    Files.writeString(folder.resolve("a.json"), SEQUENTIAL);
    Files.writeString(folder.resolve("pastry.json"), SURROGATES);
    Files.writeString(folder.resolve("package.json"), "{}");
    Files.writeString(folder.resolve("README.md"), "none");
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    List<String> names = Traces.names(folder, new PrintStream(said, true, StandardCharsets.UTF_8));
    assertEquals(List.of("a.json", Path.of("sequential", "b.json").toString()), names);
    String text = said.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains("pastry.json is not replayed: not sequential"), text);
    assertTrue(text.contains("package.json is not replayed: "), text);
    assertEquals(2, text.lines().count(), text);
  }

  @Test
  void whatATraceStartsWithIsInsertedFirst() throws IOException {
    Path file = Files.writeString(folder.resolve("a.json"), SEQUENTIAL);
    Recording recording = Recording.read(file);
    assertEquals(List.of(new Patch(0, 0, "a"), new Patch(1, 0, "b")), recording.patches());
    assertEquals("ab", recording.end());
  }

  @Test
  void traceOutsideTheBasicPlaneIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("pastry.json"), SURROGATES);
    assertThrows(IllegalArgumentException.class, () -> Recording.read(file));
  }
}
