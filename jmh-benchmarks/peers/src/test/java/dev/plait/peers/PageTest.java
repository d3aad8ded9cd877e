package dev.plait.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.peers.page.Page;
import dev.plait.peers.run.Measurement;
import dev.plait.peers.run.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {
  private static final String MARKS =
      "before\n<!-- peers: begin, written by the comparison -->\nold\n<!-- peers: end -->\nbehind\n";

  @TempDir Path folder;

  private static Measurement map(
      String participant, String task, @Nullable String reason, double cold, Double... times) {
    return new Measurement(
        participant,
        reason == null ? "1.2" : "",
        "COLLECTIONS",
        "map-writes",
        task,
        reason,
        reason == null ? cold : null,
        reason == null ? List.of(times) : null,
        null,
        null);
  }

  private static Results results() {
    return new Results(
        "2026-01-02",
        List.of("a machine"),
        Map.of("yjs", "there is no node on the path"),
        List.of(
            map("plait", "local", null, 50, 9.0, 8.0, 12.0, 10.0, 11.0, 10.5),
            map("pekko", "local", null, 90, 800.0, 700.0, 600.0),
            map("plait", "merge", null, 70, 20.0),
            map("pekko", "merge", null, 30, 10.0),
            map("pekko", "remote", "not done after 180 s", 0)));
  }

  @Test
  void theMedianLeavesOutTheFirstHalf() {
    assertEquals(10.5, results().measurements().get(0).millis());
    assertEquals(650.0, results().measurements().get(1).millis());
    assertEquals(30.0, map("pekko", "local", null, 30).millis());
  }

  @Test
  void resultsAreReadAsTheyWereWritten() throws IOException {
    Path file = folder.resolve("results.json");
    results().write(file);
    assertEquals(results(), Results.read(file));
  }

  @Test
  void thePageSaysWhoIsFirstWhoIsLeftOutAndWhatWasNotDone() throws IOException {
    new Page(results()).write(folder);
    String page = Files.readString(folder.resolve("index.html"));
    assertTrue(page.contains("<td class=\"best\">10.5 (50.0)</td>"), page);
    assertTrue(page.contains("<td class=\"best\">10.0 (30.0)</td>"), page);
    assertTrue(page.contains("the time they had, 6 at most."), page);
    assertTrue(page.contains("merge: pekko (Plait takes 2.0 times as much)"), page);
    assertTrue(page.contains("Left out: yjs, because there is no node on the path."), page);
    assertTrue(page.contains("pekko, map-writes, remote: not done after 180 s"), page);
    assertTrue(Files.size(folder.resolve("map-writes.png")) > 0);
  }

  @Test
  void onlyWhatIsBetweenTheMarksIsWrittenAnew() throws IOException {
    Path document = Files.writeString(folder.resolve("document.md"), MARKS);
    new Page(results()).writeInto(document, "pictures");
    String once = Files.readString(document);
    assertTrue(once.startsWith("before\n<!-- peers: begin"), once);
    assertTrue(once.endsWith("<!-- peers: end -->\nbehind\n"), once);
    assertFalse(once.contains("\nold\n"), once);
    assertTrue(once.contains("![map-writes](pictures/map-writes.png)"), once);
    assertTrue(Files.exists(folder.resolve("pictures/map-writes.png")));
    new Page(results()).writeInto(document, "pictures");
    assertEquals(once, Files.readString(document));
  }

  @Test
  void aDocumentWithoutMarksStaysAsItIs() throws IOException {
    Path document = Files.writeString(folder.resolve("document.md"), "nothing\n");
    assertThrows(IOException.class, () -> new Page(results()).writeInto(document, "pictures"));
    assertEquals("nothing\n", Files.readString(document));
  }
}
