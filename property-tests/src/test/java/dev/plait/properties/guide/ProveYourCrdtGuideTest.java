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
  private static final Path PROPERTIES =
      Path.of("src", "test", "java", "dev", "plait", "properties");
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
      assertShown("```java\n" + classIn("guide", name) + "\n```\n");
    }
  }

  @Test
  void thePageShowsTheTestOfAStoreThatRuns() throws IOException {
    assertShown("```java\n" + classIn("store", "EncryptedStoreContractTest") + "\n```\n");
  }

  @Test
  void theTypeOfThePageIsShort() throws IOException {
    List<String> lines = classIn("guide", "Flag").lines().filter(line -> !line.isBlank()).toList();
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

  private static String classIn(String folder, String name) throws IOException {
    String source = Files.readString(PROPERTIES.resolve(folder).resolve(name + ".java"));
    int comment = source.indexOf("/**");
    return source.substring(comment < 0 ? source.indexOf("class ") : comment).strip();
  }
}
