package dev.plait.properties.socket;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CustomTransportGuideTest {

  private static final Path PAGE = Path.of("..", "docs", "guide", "custom-transport.md");
  private static final Path SOURCES =
      Path.of("src", "test", "java", "dev", "plait", "properties", "socket");
  private static final int MOST_LINES = 100;

  @Test
  void thePageShowsTheWholeTransportThatIsCompiledAndTested() throws IOException {
    assertTrue(Files.readString(PAGE).contains(code(transport())), "the page differs");
  }

  @Test
  void theTransportIsShort() throws IOException {
    List<String> lines = transport().lines().filter(line -> !line.isBlank()).toList();
    assertTrue(lines.size() < MOST_LINES, lines.size() + " lines");
  }

  @Test
  void thePageShowsTheTestThatRuns() throws IOException {
    String test = Files.readString(SOURCES.resolve("SocketTransportTest.java"));
    String code = code(test.substring(test.indexOf("class ")));
    assertTrue(Files.readString(PAGE).contains(code), "the page differs");
  }

  private static String transport() throws IOException {
    return Files.readString(SOURCES.resolve("SocketTransport.java"));
  }

  private static String code(String source) {
    return "```java\n" + source.strip() + "\n```\n";
  }
}
