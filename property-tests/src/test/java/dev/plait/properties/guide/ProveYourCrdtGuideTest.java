package dev.plait.properties.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.properties.law.History;
import dev.plait.properties.law.Verdicts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProveYourCrdtGuideTest {

  private static final Path PAGE = Path.of("..", "docs", "guide", "prove-your-crdt.md");
  private static final Path SOURCES =
      Path.of("src", "test", "java", "dev", "plait", "properties", "guide");
  private static final Path SQLITE =
      Path.of("..", "storage-sqlite", "src", "test", "java", "dev", "plait", "storage", "sqlite");
  private static final int MOST_LINES = 50;
  private static final int EDITS = 3;

  @TempDir Path directory;

  /** With a seed, so that the page can show the very history. */
  static class Seeded extends HastySetLaws {
    @Override
    @Property(seed = "1")
    public void concurrentOperationsCommute(@ForAll("operationHistories") History history) {
      super.concurrentOperationsCommute(history);
    }
  }

  @Test
  void thePageShowsTheTypesThatAreCompiledAndTested() throws IOException {
    for (String name : List.of("Flag", "FlagLawsTest", "HastySet")) {
      assertShown("```java\n" + classIn(SOURCES, name) + "\n```\n");
    }
  }

  @Test
  void thePageShowsTheTestOfAStoreThatRuns() throws IOException {
    assertShown("```java\n" + classIn(SQLITE, "SqliteStoreContractTest") + "\n```\n");
  }

  @Test
  void theTypeOfThePageIsShort() throws IOException {
    List<String> lines = classIn(SOURCES, "Flag").lines().filter(line -> !line.isBlank()).toList();
    assertTrue(lines.size() < MOST_LINES, lines.size() + " lines");
  }

  @Test
  void thePageShowsTheShrunkHistoryInWhichTheHastySetDoesNotConverge() throws IOException {
    Verdicts verdicts = Verdicts.of(Seeded.class, directory, true);
    Set<String> expected =
        Set.of(
            "concurrentOperationsCommute",
            "operationsDeliveredAgainChangeNothing",
            "joiningAStateEqualsApplyingItsOperations",
            "equalOperationsGiveEqualBytes");
    assertEquals(expected, verdicts.broken().keySet());
    for (String law : expected) {
      assertShown("`" + law + "`");
    }
    String message = verdicts.messageOf("concurrentOperationsCommute");
    assertEquals(EDITS, message.lines().filter(line -> line.startsWith("  #")).count(), message);
    assertShown("```\n" + message + "\n```\n");
  }

  private static void assertShown(String text) throws IOException {
    assertTrue(Files.readString(PAGE).contains(text), () -> "the page lacks:\n" + text);
  }

  private static String classIn(Path directory, String name) throws IOException {
    String source = Files.readString(directory.resolve(name + ".java"));
    int comment = source.indexOf("/**");
    return source.substring(comment < 0 ? source.indexOf("class ") : comment).strip();
  }
}
