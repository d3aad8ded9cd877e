package dev.plait.cli.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that are real processes on the loopback network. */
@Timeout(300) // seconds; only so that a child that hangs ends the test
final class NodesTest {
  @TempDir private Path directory;

  private NodeProcess start(String name, String... options) {
    return NodeProcess.start(directory.resolve(name), options);
  }

  private static String at(NodeProcess node) {
    return "127.0.0.1:" + node.port();
  }

  @Test
  void twoNodesThatEditAtTheSameTimeShowTheSame() {
    try (NodeProcess a = start("a");
        NodeProcess b = start("b", "--reconnect-ms", "20", "--peer", at(a))) {
      Writer alice = new Writer("a", a, new Random(1));
      Writer bob = new Writer("b", b, new Random(2));
      for (int i = 0; i < 10; i++) {
        alice.editEachType();
        bob.editEachType();
      }

      Convergence.check(List.of(a, b), List.of(alice, bob));

      JsonNode status = a.status();
      assertTrue(status.get("inSync").booleanValue(), status::toString);
      assertEquals(0, status.at("/outbox/" + b.replica()).asInt(-1), status::toString);
      assertTrue(status.get("applied").asLong() > 50, status::toString);
      assertEquals("{}", status.get("rejected").toString());
      a.quit();
      b.quit();
    }
  }

  @Test
  void whatWaitsForAPeerThatIsAwayShowsInTheOutbox() {
    try (NodeProcess a = start("a");
        NodeProcess b = start("b", "--reconnect-ms", "20", "--peer", at(a))) {
      Writer bob = new Writer("b", b, new Random(2));
      bob.editEachType();
      Convergence.await(List.of(a, b));
      a.kill();
      JsonNode answer = b.ask("{'op':'wait-in-sync','timeoutMillis':0}");
      while (answer.get("ok").booleanValue()) { // until it has noticed
        answer = b.ask("{'op':'wait-in-sync','timeoutMillis':0}");
      }
      bob.acknowledged(b.ask(bob.pledge()));
      bob.acknowledged(b.ask(bob.pledge()));

      JsonNode status = b.status();
      assertEquals("NOT_IN_SYNC", answer.get("code").textValue());
      assertEquals(2, status.at("/outbox/" + a.replica()).asInt(-1), status::toString);
      b.quit();
    }
  }

  @Test
  void threeNodesConvergeThoughTwoAreKilledInTheMiddle() {
    try (NodeProcess a = start("a");
        ChaosProxy toA = ChaosProxy.to(a.port());
        NodeProcess b = start("b", "--reconnect-ms", "20", "--peer", toA.address());
        ChaosProxy toB = ChaosProxy.to(b.port());
        NodeProcess c = start("c", "--reconnect-ms", "20", "--peer", toB.address())) {
      Writer alice = new Writer("a", a, new Random(1));
      Writer bob = new Writer("b", b, new Random(2));
      Writer carol = new Writer("c", c, new Random(3));
      List<Writer> all = List.of(alice, bob, carol);
      all.forEach(Writer::editEachType);
      for (int i = 0; i < 20; i++) {
        a.send(alice.pledge());
        b.send(bob.pledge());
        c.send(carol.pledge());
      }
      for (int i = 0; i < 10; i++) {
        alice.acknowledged(a.read());
        bob.acknowledged(b.read());
      }
      a.kill();
      b.kill(); // the one in the middle
      alice.forgetUnanswered();
      bob.forgetUnanswered();
      for (int i = 0; i < 20; i++) {
        carol.acknowledged(c.read());
      }
      carol.edit(10);
      try (NodeProcess a2 = start("a");
          NodeProcess b2 = start("b", "--reconnect-ms", "20", "--peer", toA.address())) {
        toA.retarget(a2.port());
        toB.retarget(b2.port());
        alice.moveTo(a2);
        bob.moveTo(b2);
        assertEquals(List.of(a.replica(), b.replica()), List.of(a2.replica(), b2.replica()));
        alice.edit(10);
        bob.edit(10);

        List<NodeProcess> living = List.of(a2, b2, c);
        Convergence.check(living, all);
        living.forEach(NodeProcess::quit);
      }
    }
  }

  @Test
  void aClockThatIsAheadDelaysChangesUntilItsTime() {
    String hour = Long.toString(3_600_000);
    try (NodeProcess a = start("a");
        NodeProcess b = start("b", "--clock-offset-ms", hour, "--peer", at(a))) {
      Writer bob = new Writer("b", b, new Random(2));
      bob.acknowledged(b.ask(bob.pledge()));
      b.awaitInSync(); // held there, though not shown

      JsonNode status = a.status();
      assertEquals(1, status.get("quarantined").asInt(), status::toString);
      a.quit();
      b.quit();
    }
  }
}
