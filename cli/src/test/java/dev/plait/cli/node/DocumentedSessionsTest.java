package dev.plait.cli.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The sessions that the documentation shows, played line by line. */
@Timeout(300) // seconds; only so that a child that hangs ends the test
final class DocumentedSessionsTest {
  private static final Pattern SESSION = Pattern.compile("```console\n\\$ [^\n]* node [^`]*```");
  private static final String TYPED = "> ";

  @TempDir private Path directory;

  /** The lines of each block that shows a node, from its first answer on. */
  private static List<List<String>> sessions(Path page) throws IOException {
    List<List<String>> sessions = new ArrayList<>();
    Matcher blocks = SESSION.matcher(Files.readString(page));
    while (blocks.find()) {
      List<String> lines = blocks.group().lines().toList();
      sessions.add(lines.subList(2, lines.size() - 1));
    }
    return sessions;
  }

  /** What is the same each time. */
  private static String masked(String line) {
    return line.replaceAll("\\b[0-9a-f]{32}\\b", "id")
        .replaceAll("(localhost|127\\.0\\.0\\.1):[0-9]+", "address")
        .replaceAll("\"threads\":[0-9]+", "\"threads\":0");
  }

  private static void play(List<String> session, NodeProcess node) {
    assertEquals(masked(session.get(0)), masked(node.firstLine().toString()));
    for (int i = 1; i < session.size(); i += 2) {
      String request = session.get(i);
      assertEquals(TYPED, request.substring(0, TYPED.length()), "a request, then its answer");
      node.send(request.substring(TYPED.length()));
      assertEquals(masked(session.get(i + 1)), masked(node.readLine()), request);
    }
  }

  @Test
  void theExampleOfTheCommandLinePageIsWhatHappens() throws IOException {
    List<List<String>> sessions = sessions(Path.of("..", "docs", "cli.md"));
    assertEquals(1, sessions.size());
    try (NodeProcess node = NodeProcess.start(directory.resolve("alice"))) {
      play(sessions.get(0), node);
      assertEquals(0, node.awaitEnd(), node::stderr);
    }
  }

  @Test
  void theTwoNodesOfTheReadmeDoWhatItShows() throws IOException {
    List<List<String>> sessions = sessions(Path.of("..", "README.md"));
    assertEquals(2, sessions.size());
    try (NodeProcess alice = NodeProcess.start(directory.resolve("alice"));
        NodeProcess bob =
            NodeProcess.launch(
                directory.resolve("bob"), List.of("--peer", "localhost:" + alice.port()))) {
      play(sessions.get(0), alice);
      play(sessions.get(1), bob);
      alice.quit();
    }
  }
}
