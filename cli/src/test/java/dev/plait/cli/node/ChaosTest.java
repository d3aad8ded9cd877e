package dev.plait.cli.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes between which things go wrong. */
@Timeout(600) // seconds; only so that a child that hangs ends the test
final class ChaosTest {
  private static final boolean LONG = Boolean.getBoolean("plait.long");
  private static final int TURNS = LONG ? 300 : 12;
  private static final int RECONNECTS = LONG ? 1_000 : 200;

  /** More than a node with one peer has at rest, far less than one for each reconnect. */
  private static final int MOST_THREADS = 40;

  private static final String[] QUICK = {"--reconnect-ms", "5"};

  @TempDir private Path directory;

  private NodeProcess start(String name, ChaosProxy way) {
    return NodeProcess.start(directory.resolve(name), QUICK[0], QUICK[1], "--peer", way.address());
  }

  @Test
  void eachFaultEndsInConvergence() {
    try (NodeProcess a = NodeProcess.start(directory.resolve("a"));
        ChaosProxy way = ChaosProxy.to(a.port());
        NodeProcess b = start("b", way)) {
      Writer alice = new Writer("a", a, new Random(1));
      Writer bob = new Writer("b", b, new Random(2));
      for (Fault.Kind kind : Fault.Kind.values()) {
        way.awaitAccepted(1);
        int before = way.accepted();
        // Behind the greeting of both ends, in the middle of the talk.
        way.turn(new Fault(kind, 300));
        way.cutAll(false);
        way.awaitAccepted(before + 1);
        alice.editEachType();
        bob.editEachType();
        way.calm();

        Convergence.check(List.of(a, b), List.of(alice, bob));
      }
    }
  }

  @Test
  void aSeededScriptOfFaultsAndKillsLosesNothing() {
    long seed = LONG ? new Random().nextLong() : 20_261_121;
    Random random = new Random(seed);
    NodeProcess a = NodeProcess.start(directory.resolve("a"));
    try (ChaosProxy way = ChaosProxy.to(a.port());
        ChaosProxy around = ChaosProxy.to(a.port());
        NodeProcess b = start("b", way);
        NodeProcess c = start("c", around)) {
      Writer alice = new Writer("a", a, random);
      Writer bob = new Writer("b", b, random);
      Writer carol = new Writer("c", c, random);
      for (int turn = 0; turn < TURNS; turn++) {
        ChaosProxy proxy = random.nextBoolean() ? way : around;
        proxy.turn(Fault.random(random));
        proxy.cutAll(random.nextBoolean());
        alice.edit(random.nextInt(8));
        bob.edit(random.nextInt(8));
        carol.edit(random.nextInt(8));
        if (turn % 6 == 5) {
          a.kill();
          a = NodeProcess.start(directory.resolve("a"));
          way.retarget(a.port());
          around.retarget(a.port());
          alice.moveTo(a);
        }
      }
      way.calm();
      around.calm();

      Convergence.check(List.of(a, b, c), List.of(alice, bob, carol));
    } catch (AssertionError failed) {
      throw new AssertionError("seed " + seed, failed);
    } finally {
      a.close();
    }
  }

  @Test
  void reconnectsLeaveNoThreadSocketOrConnectionBehind() {
    try (NodeProcess a = NodeProcess.start(directory.resolve("a"));
        ChaosProxy one = ChaosProxy.to(a.port());
        ChaosProxy two = ChaosProxy.to(a.port());
        ChaosProxy three = ChaosProxy.to(a.port());
        ChaosProxy four = ChaosProxy.to(a.port())) {
      List<ChaosProxy> ways = List.of(one, two, three, four);
      List<String> options = new ArrayList<>(List.of(QUICK));
      ways.forEach(way -> options.addAll(List.of("--peer", way.address())));
      try (NodeProcess b =
          NodeProcess.start(directory.resolve("b"), options.toArray(String[]::new))) {
        Writer bob = new Writer("b", b, new Random(2));
        List<NodeProcess> nodes = List.of(a, b);
        bob.editEachType();
        reconnect(ways, 3 * ways.size()); // so that what is made once and stays has been made
        Convergence.await(nodes);
        List<Long> sockets = nodes.stream().map(NodeProcess::sockets).toList();

        reconnect(ways, RECONNECTS);
        bob.editEachType();
        Convergence.check(nodes, List.of(bob));

        for (int i = 0; i < nodes.size(); i++) {
          assertAtRest(nodes.get(i), sockets.get(i), ways.size());
        }
      }
    }
  }

  /** What is over ends in the background; if it did not end, this would not either. */
  private static void assertAtRest(NodeProcess node, long sockets, int peers) {
    JsonNode status = node.status();
    while (node.sockets() > sockets
        || status.get("peers").size() > peers
        || status.get("threads").asInt() > MOST_THREADS) {
      status = node.status();
    }
    assertEquals(peers, status.get("peers").size(), status::toString);
    assertTrue(status.get("inSync").booleanValue(), status::toString);
  }

  private static void reconnect(List<ChaosProxy> ways, int times) {
    for (int i = 0; i < times / ways.size(); i++) {
      List<Integer> before = ways.stream().map(ChaosProxy::accepted).toList();
      boolean reset = i % 2 == 0;
      ways.forEach(way -> way.cutAll(reset));
      for (int way = 0; way < ways.size(); way++) {
        ways.get(way).awaitAccepted(before.get(way) + 1);
      }
    }
  }
}
