package dev.plait.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.VersionVector;
import dev.plait.codec.ProtocolException;
import dev.plait.message.SyncMessage;
import dev.plait.message.SyncMessage.Ack;
import dev.plait.message.SyncMessage.Changes;
import dev.plait.message.SyncMessage.SnapshotPart;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens when the history that a peer lacks is no longer held. */
class SnapshotSyncTest {

  private static final long HOUR = 3_600_000;

  private final Ends ends = new Ends();
  private final FakeDocuments docsA = ends.docsA;
  private final FakeDocuments docsB = ends.docsB;

  private void assertBothInSync() {
    assertEquals(docsA.content(), docsB.content());
    assertTrue(ends.a.isInSync() && ends.b.isInSync());
  }

  private static void compactLarge(FakeDocuments documents, String document) {
    for (int i = 0; i < 10; i++) {
      documents.write(document, 800);
    }
    documents.compact(document);
  }

  @Test
  void sendsASnapshotInPartsAndThenTheChangesAboveIt() {
    compactLarge(docsA, "doc");
    ends.begin();
    List<SyncMessage> said = ends.talk();

    List<SnapshotPart> parts = Ends.only(SnapshotPart.class, said);
    assertTrue(parts.size() > 8, "parts: " + parts.size());
    assertEquals(1, docsA.snapshotsTaken);
    assertEquals(List.of(), Ends.only(Changes.class, said));
    assertBothInSync();

    docsA.write("doc", 10);
    assertInstanceOf(Changes.class, ends.talk().get(0));
    assertBothInSync();
    assertEquals(1, docsA.snapshotsTaken);
  }

  @Test
  void countsWhatASnapshotBrings() {
    compactLarge(docsA, "doc");
    ends.begin().talk();

    DocumentStatus sent = ends.a.status("doc");
    DocumentStatus received = ends.b.status("doc");
    assertNotNull(sent);
    assertNotNull(received);
    assertEquals(10, sent.sent());
    assertEquals(10, received.received());
    assertEquals(0, sent.toSend() + received.toReceive());
  }

  @Test
  void sendsOneSnapshotAtATime() {
    compactLarge(docsA, "x");
    compactLarge(docsA, "y");
    compactLarge(docsA, "z");
    ends.begin();
    ends.introduce(ends.a, docsB.replica());
    for (String document : docsA.documents()) {
      ends.tell(ends.a, Ends.have(document.charAt(0), document, VersionVector.EMPTY, false));
    }
    ends.fetch(ends.a);
    assertEquals(1, docsA.snapshotsTaken);

    ends.begin().talk();

    assertBothInSync();
    assertEquals(4, docsA.snapshotsTaken);
  }

  @Test
  void whatIsChangedMeanwhileFollowsTheSnapshot() {
    compactLarge(docsA, "doc");
    ends.begin();
    ends.introduce(ends.a, docsB.replica());
    ends.tell(ends.a, Ends.have("doc", VersionVector.EMPTY, false));
    VersionVector atTheStart = docsA.version("doc");
    for (SyncMessage next = null; !(next instanceof SnapshotPart); ) {
      next = ends.fetchOne(ends.a);
    }
    docsA.write("doc", 10);

    List<SnapshotPart> parts = Ends.only(SnapshotPart.class, ends.fetch(ends.a));

    assertTrue(parts.stream().allMatch(part -> part.version().equals(atTheStart)));
    ends.tell(ends.a, Ends.have("doc", atTheStart, false));
    assertEquals(1, Ends.only(Changes.class, ends.fetch(ends.a)).size());
  }

  @Test
  void sendsTheSamePartsAgainWhenTheWholeDidNotArrive() {
    compactLarge(docsA, "doc");
    ends.begin();
    ends.introduce(ends.a, docsB.replica());
    ends.tell(ends.a, Ends.have("doc", VersionVector.EMPTY, false));
    List<SnapshotPart> first = Ends.only(SnapshotPart.class, ends.fetch(ends.a));
    docsA.write("doc", 10);
    assertEquals(List.of(), ends.fetch(ends.a));

    for (int i = 0; i < Patience.LONGEST; i++) {
      ends.a.onTick();
    }

    assertEquals(first, Ends.only(SnapshotPart.class, ends.fetch(ends.a)));
    assertEquals(1, docsA.snapshotsTaken);
  }

  @Test
  void doesNotBeginAgainWhileItHasNotFinished() {
    compactLarge(docsA, "doc");
    ends.begin();
    ends.introduce(ends.a, docsB.replica());
    ends.tell(ends.a, Ends.have("doc", VersionVector.EMPTY, false));
    for (SyncMessage next = null; !(next instanceof SnapshotPart); ) {
      next = ends.fetchOne(ends.a);
    }

    for (int i = 0; i < Patience.LONGEST; i++) {
      ends.a.onTick();
    }

    List<SnapshotPart> rest = Ends.only(SnapshotPart.class, ends.fetch(ends.a));
    assertTrue(rest.stream().allMatch(part -> part.offset() > 0));
  }

  @Test
  void aPartThatComesAfterTheWholeIsAcknowledged() {
    compactLarge(docsA, "doc");
    ends.begin();
    SnapshotPart old = Ends.only(SnapshotPart.class, ends.talk()).get(0);

    ends.tell(ends.b, old);

    List<Ack> answers = Ends.only(Ack.class, ends.fetch(ends.b));
    assertEquals(docsB.version("doc"), answers.get(0).advanced());
  }

  @Test
  void aChangeTooLargeForAFrameGoesAsASnapshot() {
    docsA.write("doc", 5000);
    docsB.write("doc", 10);
    ends.begin();

    List<SyncMessage> said = ends.talk();

    assertTrue(Ends.only(SnapshotPart.class, said).size() > 5);
    assertBothInSync();
  }

  @Test
  void bothMayHaveCompacted() {
    compactLarge(docsA, "doc");
    compactLarge(docsB, "doc");
    ends.begin().talk();

    assertBothInSync();
  }

  @Test
  void aSnapshotAboveTheLimitEndsTheSessionWithAnAnswer() {
    for (int i = 0; i < 150; i++) {
      docsA.write("doc", 800);
    }
    docsA.compact("doc");
    ends.begin().talk();

    SyncEnd endOfA = ends.a.end();
    SyncEnd endOfB = ends.b.end();
    assertNotNull(endOfA);
    assertNotNull(endOfB);
    assertEquals(ProtocolException.LIMIT_EXCEEDED, endOfA.code());
    assertEquals(new SyncEnd(true, endOfA.code(), endOfA.message()), endOfB);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void snapshotsGetThroughAStormWhilePeopleGoOn(long seed) {
    World world = new World(seed);
    compactLarge(world.site("a"), "doc0");
    compactLarge(world.site("a"), "doc1");
    compactLarge(world.site("b"), "doc1");
    world.network.become(World.STORM);
    world.connect("a", "b");
    for (int i = 0; i < 100; i++) {
      world.time.advance(world.random.nextInt(200));
      world.writeSomewhere();
    }

    world.untilInSync(HOUR);

    world.assertFallsSilent();
  }

  @Test
  void agreesWhereverASnapshotIsCut() {
    World uncut = new World(1);
    compactLarge(uncut.site("a"), "doc");
    uncut.site("b");
    uncut.connect("a", "b");
    uncut.untilInSync(HOUR);

    for (int frames = 1; frames <= uncut.framesTaken; frames++) {
      World world = new World(1);
      compactLarge(world.site("a"), "doc");
      world.site("b").write("doc", 10);
      world.still = true;
      world.cutAfterFrames = frames;
      world.connect("a", "b");

      world.time.advance(2000);
      world.untilInSync(HOUR);
      assertTrue(world.framesTaken > frames);
    }
  }

  @Test
  void aSlowLineDoesNotBeginASnapshotAgain() {
    World world = new World(1);
    compactLarge(world.site("a"), "doc");
    world.site("b");
    world.network.become(World.ORDINARY.withRoom(1).withDelay(80, 80));
    world.connect("a", "b");

    world.untilInSync(HOUR);

    assertTrue(world.framesTaken < 40, "frames: " + world.framesTaken);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aSnapshotOfMoreThanTheCreditGetsThroughALineThatLoses(long seed) {
    World world = new World(seed);
    for (int i = 0; i < 40; i++) {
      world.site("a").write("doc", 800);
    }
    world.site("a").compact("doc");
    world.site("b").write("doc", 100);
    world.network.become(World.ORDINARY.withLoss(0.2));

    world.connect("a", "b");

    world.untilInSync(HOUR);
  }

  @Test
  void aFailureToTakeASnapshotComesOutAndTheSessionGoesOn() {
    compactLarge(docsA, "doc");
    ends.begin();
    docsB.failure = new IllegalStateException("the disk is full");
    assertSame(docsB.failure, assertThrows(IllegalStateException.class, ends::talk));
    assertTrue(docsB.content().isEmpty());
    docsB.failure = null;

    for (int i = 0; i < 4 * Patience.LONGEST; i++) {
      ends.a.onTick();
      ends.b.onTick();
      ends.talk();
    }

    assertBothInSync();
  }

  @Test
  void aSnapshotThatBreaksTheFormatEndsTheSessionAndThePeerIsTold() {
    compactLarge(docsA, "doc");
    ends.begin();
    docsB.failure = new ProtocolException(ProtocolException.INVALID_CHANGE, "no such state");

    ends.talk();

    SyncEnd here = ends.b.end();
    SyncEnd there = ends.a.end();
    assertNotNull(here);
    assertNotNull(there);
    assertEquals(ProtocolException.INVALID_CHANGE, here.code());
    assertEquals(ProtocolException.INVALID_CHANGE, there.code());
    assertTrue(ends.a.isFinished() && ends.b.isFinished());
  }
}
