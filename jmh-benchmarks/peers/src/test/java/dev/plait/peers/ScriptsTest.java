package dev.plait.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.peers.work.Edit;
import dev.plait.peers.work.Root;
import dev.plait.peers.work.Script;
import dev.plait.peers.work.ScriptFile;
import dev.plait.peers.work.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptsTest {
  @TempDir Path folder;

  private Script written(Script script) throws IOException {
    Path file = folder.resolve("script.json");
    ScriptFile.write(script, file);
    return ScriptFile.read(file);
  }

  @Test
  void editsOfAllKindsAreReadAsTheyWereWritten() throws IOException {
    List<Edit> edits =
        List.of(
            new Edit.Insert(0, "\"ü\n"),
            new Edit.Delete(1, 2),
            new Edit.ListInsert(3, List.of(4L, "five")),
            new Edit.Put("key", 6L),
            new Edit.Put("key", Map.of("name", "seven")),
            new Edit.Remove("key"),
            new Edit.Add("eight"),
            new Edit.Discard("nine"));
    Script script = new Script("all", Root.LIST, List.of(List.of(edits), List.of()), null);
    assertEquals(script, written(script));
  }

  @Test
  void theWorkIsTheSameEachTimeAndHasNoNameTwice() throws IOException {
    List<Work> work = Work.smoke();
    assertEquals(work, Work.smoke());
    Set<String> names = new HashSet<>();
    for (Work one : work) {
      assertTrue(names.add(one.script().name()), one.script().name());
      assertEquals(one.script(), written(one.script()));
      assertFalse(one.tasks().isEmpty());
    }
  }

  @Test
  void onlyTracesThatAllLibrariesCanReplayAreTaken() throws IOException {
    write("typed", "{\"startContent\": \"\", \"endContent\": \"ab\", \"txns\": [" + TYPED + "]}");
    write("astral", "{\"startContent\": \"\", \"endContent\": \"😀\", \"txns\": [" + ASTRAL + "]}");
    write("begun", "{\"startContent\": \"x\", \"endContent\": \"x\", \"txns\": []}");
    List<String> texts =
        Work.all(folder).stream()
            .filter(work -> work.chapter() == Work.Chapter.TEXT)
            .map(work -> work.script().name())
            .toList();
    assertEquals(List.of("typed"), texts);
  }

  @Test
  void withoutTracesAModelOfATypistWrites() throws IOException {
    Script script = Work.all(folder.resolve("nowhere")).get(0).script();
    assertEquals("typing-model", script.name());
    assertFalse(script.user(0).isEmpty());
  }

  private static final String TYPED =
      "{\"patches\": [[0, 0, \"a\"]]}, {\"patches\": [[1, 0, \"b\"]]}";
  private static final String ASTRAL = "{\"patches\": [[0, 0, \"😀\"]]}";

  private void write(String name, String trace) throws IOException {
    Files.writeString(folder.resolve(name + ".json"), trace);
  }
}
