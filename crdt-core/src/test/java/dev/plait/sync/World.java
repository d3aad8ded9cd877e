package dev.plait.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.codec.Limits;
import dev.plait.schedule.VirtualTime;
import dev.plait.transport.Conditions;
import dev.plait.transport.InMemoryNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Replicas on a network, all decided by a seed. */
final class World {

  static final Conditions ORDINARY = Conditions.PERFECT.withDelay(5, 40).withMaxFrameBytes(1000);
  static final Conditions STORM =
      ORDINARY.withLoss(0.3).withDuplication(0.3).withLateness(0.3).withRoom(8);

  final VirtualTime time = VirtualTime.startingAt(1_700_000_000_000L);
  final Random random;
  final InMemoryNetwork network;
  final Limits limits = Ends.SMALL;
  final Map<String, FakeDocuments> sites = new TreeMap<>();
  final List<Wire> wires = new ArrayList<>();

  /** Whether nobody edits while they talk: then one end is not in sync before both are equal. */
  boolean still;

  int framesTaken;
  int cutAfterFrames = -1;

  World(long seed) {
    random = new Random(seed);
    network = new InMemoryNetwork(time, new Random(seed + 1));
    network.become(ORDINARY);
  }

  FakeDocuments site(String name) {
    return sites.computeIfAbsent(
        name,
        key -> {
          FakeDocuments documents = new FakeDocuments(key.charAt(0));
          documents.whenGrown(document -> onGrowth(key, document));
          return documents;
        });
  }

  private void onGrowth(String site, String document) {
    for (Wire wire : wires) {
      if (wire.isAt(site)) {
        wire.onGrowth(document);
      }
    }
  }

  /** Lets the two sync from now on, over link after link. */
  void connect(String one, String other) {
    wires.add(new Wire(this, one, other));
    wires.add(new Wire(this, other, one));
    time.execute(wires.get(wires.size() - 2)::open);
    time.execute(wires.get(wires.size() - 1)::open);
  }

  /** A random change at a random replica. */
  void writeSomewhere() {
    List<String> names = List.copyOf(sites.keySet());
    String name = names.get(random.nextInt(names.size()));
    site(name).write("doc" + random.nextInt(3), 1 + random.nextInt(400));
  }

  void onTaken(Wire wire) {
    framesTaken++;
    if (framesTaken == cutAfterFrames) {
      wire.cut();
    }
  }

  /** The other end of a pair. */
  Wire opposite(Wire wire) {
    return wires.stream().filter(other -> other.isOppositeTo(wire)).findFirst().orElseThrow();
  }

  boolean allInSync() {
    return wires.stream().allMatch(Wire::isInSync);
  }

  /** Moves the time until every session says that it is in sync, and checks that it is true. */
  void untilInSync(long atMostMillis) {
    long end = time.millis() + atMostMillis;
    while (!allInSync() && time.millis() < end) {
      time.advance(10);
    }
    assertTrue(allInSync(), () -> "not in sync after " + atMostMillis + " ms: " + wires);
    assertConverged();
  }

  void assertConverged() {
    FakeDocuments first = sites.values().iterator().next();
    for (FakeDocuments site : sites.values()) {
      assertEquals(first.content(), site.content());
    }
  }

  /** Whatever is on its way may still be answered, but then nothing is said any more. */
  void assertFallsSilent() {
    time.advance(60_000);
    int before = framesTaken;
    time.advance(600_000);
    assertEquals(before, framesTaken);
    assertTrue(allInSync());
  }
}
