package dev.plait.cli.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a node starts and ends, as a process. */
@Timeout(300) // seconds; only so that a child that hangs ends the test
final class NodeLifeTest {
  @TempDir private Path directory;

  @Test
  void aKilledNodeHasAllThatItAnsweredWhenItStartsAgain() {
    Path data = directory.resolve("a");
    Writer writer;
    String replica;
    try (NodeProcess node = NodeProcess.start(data)) {
      replica = node.replica();
      writer = new Writer("a", node, new Random(1));
      for (int i = 0; i < 40; i++) {
        node.send(writer.pledge());
      }
      for (int i = 0; i < 20; i++) {
        writer.acknowledged(node.read());
      }
      node.kill(); // in the middle of the others
    }
    try (NodeProcess again = NodeProcess.start(data)) {
      assertEquals(replica, again.replica());
      writer.assertNothingLost(again);
      again.quit();
    }
  }

  @Test
  void aNodeEndsInGoodOrderAtTheEndOfItsInputAndWhenTold() {
    Path data = directory.resolve("a");
    String digest;
    try (NodeProcess node = NodeProcess.start(data)) {
      new Writer("a", node, new Random(1)).editEachType();
      digest = node.digest(Writer.DOCUMENT);
      assertEquals(0, node.endOfInput(), node::stderr);
      assertEquals("", node.stderr());
    }
    try (NodeProcess node = NodeProcess.start(data)) {
      assertEquals(digest, node.digest(Writer.DOCUMENT));
      node.send("{'op':'wait-in-sync','timeoutMillis':86400000}");
      assertEquals(0, node.terminate(), node::stderr);
    }
    assertTrue(Files.exists(data.resolve("plait.db")));
  }

  @Test
  void aStoreThatIsInUseIsAnErrorLineAndExitCodeTwo() {
    Path data = directory.resolve("a");
    try (NodeProcess first = NodeProcess.start(data);
        NodeProcess second = NodeProcess.start(data)) {
      assertEquals("STORE_LOCKED", second.firstLine().get("code").textValue());
      assertEquals(2, second.awaitEnd());
      assertTrue(second.stderr().startsWith("plait: "), second::stderr);
      assertEquals(1, second.stderr().lines().count());
      first.quit();
    }
  }

  @Test
  void aFileThatIsNoStoreIsAnErrorLineAndExitCodeTwo() throws IOException {
    Path data = Files.createDirectory(directory.resolve("a"));
    Files.writeString(data.resolve("plait.db"), "no database at all, but long enough to be one");
    try (NodeProcess node = NodeProcess.start(data)) {
      assertEquals("NOT_A_STORE", node.firstLine().get("code").textValue());
      assertEquals(2, node.awaitEnd());
    }
    try (NodeProcess node = NodeProcess.start(data.resolve("plait.db"))) {
      assertEquals("DATA_UNUSABLE", node.firstLine().get("code").textValue());
      assertEquals(2, node.awaitEnd());
    }
  }

  @Test
  void anAddressInUseIsAnErrorLineAndExitCodeTwo() {
    try (NodeProcess first = NodeProcess.start(directory.resolve("a"));
        NodeProcess second =
            NodeProcess.launch(
                directory.resolve("b"), List.of("--listen", "127.0.0.1:" + first.port()))) {
      assertEquals("CANNOT_LISTEN", second.firstLine().get("code").textValue());
      assertEquals(2, second.awaitEnd());
      first.quit();
    }
  }

  @Test
  void aNodeInMemoryForgetsAndListensOnlyIfTold() {
    Path data = directory.resolve("a");
    List<String> memory = List.of("--store", "memory");
    String replica;
    try (NodeProcess node = NodeProcess.launch(data, memory)) {
      assertTrue(node.firstLine().get("listen").isNull());
      replica = node.replica();
      new Writer("a", node, new Random(1)).editEachType();
      node.quit();
    }
    try (NodeProcess node = NodeProcess.launch(data, memory)) {
      assertNotEquals(replica, node.replica());
      JsonNode answer = node.ask("{'op':'dump','doc':'" + Writer.DOCUMENT + "'}");
      assertEquals("UNKNOWN_DOCUMENT", answer.get("code").textValue());
      node.quit();
    }
    assertTrue(Files.notExists(data));
  }
}
