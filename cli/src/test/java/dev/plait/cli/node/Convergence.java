package dev.plait.cli.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Waiting for nodes to hold, and checking that they show, the same. */
final class Convergence {
  private Convergence() {}

  /**
   * Waits until all nodes hold the same changes. Each is asked when its own peers hold the same;
   * where some nodes are no neighbours, that may take a few rounds.
   */
  static void await(List<NodeProcess> nodes) {
    Set<JsonNode> versions = new HashSet<>();
    while (versions.size() != 1) {
      nodes.forEach(NodeProcess::awaitInSync);
      versions.clear();
      nodes.forEach(node -> versions.add(node.status().get("versionVector")));
    }
  }

  /** Waits, then checks that all show the same, and that nothing acknowledged is lost. */
  static void check(List<NodeProcess> nodes, List<Writer> writers) {
    await(nodes);
    String first = nodes.get(0).digest(Writer.DOCUMENT);
    for (NodeProcess node : nodes) {
      assertEquals(first, node.digest(Writer.DOCUMENT));
      writers.forEach(writer -> writer.assertNothingLost(node));
    }
  }
}
