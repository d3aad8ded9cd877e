package dev.plait.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.transport.Conditions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions on lines that lose, repeat, delay, refuse and break; what they claim is checked. */
class SyncOverNetworkTest {

  private static final long HOUR = 3_600_000;

  private static World twoReplicas(long seed) {
    World world = new World(seed);
    world.site("a");
    world.site("b");
    for (int i = 0; i < 30; i++) {
      world.writeSomewhere();
    }
    return world;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void agreesThroughAStorm(long seed) {
    World world = twoReplicas(seed);
    world.still = true;
    world.network.become(World.STORM);
    world.connect("a", "b");

    world.untilInSync(HOUR);

    world.assertFallsSilent();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void passesOnLiveChangesThroughAStorm(long seed) {
    World world = twoReplicas(seed);
    world.network.become(World.STORM);
    world.connect("a", "b");
    for (int i = 0; i < 200; i++) {
      world.time.advance(world.random.nextInt(60));
      world.writeSomewhere();
    }

    world.untilInSync(HOUR);

    world.assertFallsSilent();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void threeReplicasAgreeAlongAChainAndInARing(long seed) {
    for (boolean ring : new boolean[] {false, true}) {
      World world = twoReplicas(seed);
      world.site("c");
      world.network.become(World.STORM);
      world.connect("a", "b");
      world.connect("b", "c");
      if (ring) {
        world.connect("c", "a");
      }
      for (int i = 0; i < 60; i++) {
        world.time.advance(world.random.nextInt(100));
        world.writeSomewhere();
      }

      world.untilInSync(HOUR);

      world.assertFallsSilent();
    }
  }

  @Test
  void agreesWhereverTheConnectionIsCut() {
    World uncut = twoReplicas(5);
    uncut.connect("a", "b");
    uncut.untilInSync(HOUR);
    assertTrue(uncut.framesTaken > 15, "frames: " + uncut.framesTaken);

    for (int frames = 1; frames <= uncut.framesTaken; frames++) {
      World world = twoReplicas(5);
      world.still = true;
      world.cutAfterFrames = frames;
      world.connect("a", "b");

      world.time.advance(2000);
      world.untilInSync(HOUR);

      assertTrue(world.framesTaken > frames, "cut after " + frames);
      world.assertFallsSilent();
    }
  }

  @Test
  void goesOnWhereItWasAfterACut() {
    World world = new World(1);
    for (int i = 0; i < 100; i++) {
      world.site("a").write("doc", 800);
    }
    world.site("b");
    world.cutAfterFrames = 60;
    world.connect("a", "b");

    world.untilInSync(HOUR);

    assertTrue(world.site("b").duplicates <= Ends.CREDIT / 800, "" + world.site("b").duplicates);
    assertTrue(world.framesTaken > 2 * 100, "frames: " + world.framesTaken);
  }

  @Test
  void agreesThroughALineThatCarriesOneFrameAtATime() {
    World world = twoReplicas(3);
    world.still = true;
    world.network.become(World.ORDINARY.withRoom(1).withDelay(150, 300));
    world.connect("a", "b");

    world.untilInSync(HOUR);

    world.assertFallsSilent();
  }

  @Test
  void aSlowLineDoesNotMakeItSendMuchTwice() {
    World world = new World(1);
    for (int i = 0; i < 200; i++) {
      world.site("a").write("doc", 800);
    }
    world.site("b");
    world.network.become(World.ORDINARY.withRoom(4).withDelay(1000, 1000));
    world.connect("a", "b");

    world.untilInSync(HOUR);

    assertTrue(world.site("b").duplicates < 20, "repeated: " + world.site("b").duplicates);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void agreesAfterASilence(boolean bothWays) {
    World world = twoReplicas(4);
    world.connect("a", "b");
    world.untilInSync(HOUR);

    world.network.silence("a", "b");
    if (bothWays) {
      world.network.silence("b", "a");
    }
    world.site("a").write("doc0", 100);
    world.site("b").write("doc1", 100);
    int before = world.framesTaken;
    world.time.advance(HOUR);
    assertFalse(world.allInSync());
    int intoTheVoid = world.framesTaken - before;
    assertTrue(intoTheVoid < 4000, "frames into the void: " + intoTheVoid);

    world.network.heal("a", "b");
    world.untilInSync(60_000);
    world.assertFallsSilent();
  }

  @Test
  void agreesAfterAPartition() {
    World world = twoReplicas(6);
    world.site("c");
    world.connect("a", "b");
    world.connect("b", "c");
    world.connect("c", "a");
    world.untilInSync(HOUR);

    world.network.cut("a", "b");
    world.network.cut("a", "c");
    for (int i = 0; i < 40; i++) {
      world.time.advance(50);
      world.writeSomewhere();
    }
    world.time.advance(5000);
    assertFalse(world.site("a").content().equals(world.site("b").content()));
    assertEquals(world.site("b").content(), world.site("c").content());

    world.network.heal("a", "b");
    world.network.heal("a", "c");
    world.untilInSync(60_000);
    world.assertFallsSilent();
  }

  @Test
  void agreesOnManyDocuments() {
    World world = new World(9);
    for (int i = 0; i < 300; i++) {
      world.site("a").write("a" + i, 20);
      world.site("b").write("b" + i, 20);
    }
    world.still = true;
    world.network.become(World.STORM);
    world.connect("a", "b");

    world.untilInSync(HOUR);

    world.assertFallsSilent();
  }

  @Test
  void neverClaimsToBeInSyncBeforeItHasHeardOfAllDocuments() {
    // A Have alone gets lost: what b holds and a has never heard of must keep a from claiming.
    for (long seed = 1; seed <= 200; seed++) {
      World world = new World(seed);
      world.site("a").write("x", 10);
      world.site("b").write("y", 10);
      world.site("b").write("z", 10);
      world.still = true;
      world.network.become("b", "a", World.ORDINARY.withLoss(0.6).withLateness(0.5));
      world.connect("a", "b");

      world.untilInSync(HOUR);
    }
  }

  @Test
  void twoReplicasOnAPerfectLineAgreeInAFewRoundTrips() {
    World world = twoReplicas(2);
    world.network.become(Conditions.PERFECT.withDelay(20, 20).withMaxFrameBytes(1000));
    world.connect("a", "b");

    // Hello, Have, Changes, Have, and the listing on the way: 20 ms each, in steps of 10.
    world.untilInSync(20 * 12);
  }
}
