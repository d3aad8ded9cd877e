package dev.plait.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.clock.VersionVector;
import dev.plait.codec.ProtocolException;
import dev.plait.message.SyncMessage;
import dev.plait.message.SyncMessage.Ack;
import dev.plait.message.SyncMessage.Changes;
import dev.plait.message.SyncMessage.Have;
import dev.plait.message.SyncMessage.Hello;
import dev.plait.message.SyncMessage.Next;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a session says, and when, on a line that works. */
class SyncSessionTest {

  private final Ends ends = new Ends();
  private final FakeDocuments docsA = ends.docsA;
  private final FakeDocuments docsB = ends.docsB;

  private void assertBothInSync() {
    assertEquals(docsA.content(), docsB.content());
    assertTrue(ends.a.isInSync());
    assertTrue(ends.b.isInSync());
  }

  private void assertSilent() {
    for (int i = 0; i < 1000; i++) {
      ends.a.onTick();
      ends.b.onTick();
    }
    assertEquals(List.of(), ends.fetch(ends.a));
    assertEquals(List.of(), ends.fetch(ends.b));
  }

  @Test
  void twoEmptyReplicasAgreeAndFallSilent() {
    ends.begin();
    assertFalse(ends.a.isInSync());

    ends.talk();

    assertBothInSync();
    assertSilent();
  }

  @Test
  void eachGetsWhatItLacks() {
    docsA.write("both", 10);
    docsA.write("only a", 10);
    docsB.write("both", 10);
    docsB.write("only b", 10);
    docsB.write("only b", 10);
    ends.begin();

    List<SyncMessage> said = ends.talk();

    assertBothInSync();
    assertEquals(4, Ends.only(Changes.class, said).size());
    assertEquals(0, docsA.duplicates + docsB.duplicates);
    assertSilent();
  }

  @Test
  void replicasThatHoldTheSameExchangeNoChanges() {
    docsA.write("doc", 10);
    ends.begin().talk();

    List<SyncMessage> said = ends.begin().talk();

    assertBothInSync();
    assertEquals(List.of(), Ends.only(Changes.class, said));
    assertEquals(2, Ends.only(Hello.class, said).size());
    assertEquals(2, Ends.only(Have.class, said).size());
  }

  @Test
  void aLiveChangeTakesOneMessageAndOneAcknowledgement() {
    docsA.write("doc", 10);
    ends.begin().talk();

    docsA.write("doc", 10);
    assertFalse(ends.a.isInSync());
    List<SyncMessage> said = ends.talk();

    assertBothInSync();
    assertEquals(2, said.size());
    assertEquals(2, assertInstanceOf(Next.class, said.get(0)).counter());
    Ack answer = assertInstanceOf(Ack.class, said.get(1));
    assertEquals(docsA.version("doc"), answer.advanced());
  }

  @Test
  void aNewDocumentIsSyncedLive() {
    ends.begin().talk();

    docsB.write("new", 10);
    assertFalse(ends.b.isInSync());
    ends.talk();

    assertBothInSync();
  }

  @Test
  void doesNotSendBackWhatItGot() {
    docsA.write("doc", 10);
    ends.begin();

    List<SyncMessage> said = ends.talk();

    assertEquals(1, Ends.only(Changes.class, said).size());
    assertEquals(0, docsB.pulls);
  }

  @Test
  void tellsThePeerOfChangesThatBothGotElsewhere() {
    FakeDocuments elsewhere = new FakeDocuments(0xc);
    elsewhere.write("doc", 10);
    ends.begin().talk();
    List<Chunk> chunks = elsewhere.chunks("doc");

    docsA.receive("doc", chunks);
    docsB.receive("doc", chunks);
    ends.talk();

    assertBothInSync();
  }

  @Test
  void isNotInSyncBeforeThePeerHasBeenTold() {
    docsA.write("doc", 10);
    FakeDocuments elsewhere = new FakeDocuments(0xc);
    elsewhere.write("doc", 10);
    ends.begin().talk();

    docsA.receive("doc", elsewhere.chunks("doc"));
    ends.tell(ends.a, Ends.have("doc", docsA.version("doc"), false));
    assertFalse(ends.a.isInSync());

    Ack told = Ends.only(Ack.class, ends.fetch(ends.a)).get(0);
    assertEquals(VersionVector.from(elsewhere.version("doc").dots()), told.advanced());
    assertTrue(ends.a.isInSync());
  }

  @Test
  void acknowledgesManyMessagesAtOnce() {
    ends.begin().talk();
    for (int i = 0; i < 5; i++) {
      docsA.write("doc", 10);
      ends.fetch(ends.a).forEach(message -> ends.tell(ends.b, message));
    }

    List<SyncMessage> answers = ends.fetch(ends.b);
    ends.tell(ends.a, answers.get(0));
    ends.fetch(ends.a).forEach(message -> ends.tell(ends.b, message));
    answers = ends.fetch(ends.b);

    assertEquals(1, answers.size());
    assertEquals(docsA.version("doc"), assertInstanceOf(Ack.class, answers.get(0)).advanced());
  }

  @Test
  void sendsNoMoreThanTheCreditAheadOfTheAcknowledgement() {
    int atOnce = Ends.CREDIT / 500;
    for (int i = 0; i < 100; i++) {
      docsA.write("doc", 500);
    }
    ends.begin();
    ends.introduce(ends.a, docsB.replica());
    ends.tell(ends.a, Ends.have("doc", VersionVector.EMPTY, false));

    List<Changes> sent = Ends.only(Changes.class, ends.fetch(ends.a));

    assertEquals(atOnce, sent.size());
    assertTrue(docsA.pulls <= atOnce + 1);
    ends.tell(ends.a, Ends.have("doc", VersionVector.of(new Dot(docsA.replica(), 3)), false));
    assertEquals(3, Ends.only(Changes.class, ends.fetch(ends.a)).size());
  }

  @Test
  void makesNoFrameBeforeItIsFetched() {
    for (int i = 0; i < 100; i++) {
      docsA.write("doc", 500);
    }
    ends.begin();
    ends.introduce(ends.a, docsB.replica());
    for (int i = 0; i < 50; i++) {
      ends.tell(ends.a, Ends.have("doc", VersionVector.EMPTY, true));
      ends.a.onTick();
    }

    assertEquals(0, docsA.pulls);
    List<SyncMessage> fetched = ends.fetch(ends.a);
    assertEquals(Ends.CREDIT / 500, Ends.only(Changes.class, fetched).size());
    assertEquals(1, Ends.only(Have.class, fetched).size());
  }

  @Test
  void servesDocumentsInTurn() {
    for (int i = 0; i < 4; i++) {
      docsA.write("x", 500);
      docsA.write("y", 500);
    }
    ends.begin();
    ends.introduce(ends.a, docsB.replica());
    ends.tell(ends.a, Ends.have("x", VersionVector.EMPTY, false));
    ends.tell(ends.a, Ends.have(1, "y", VersionVector.EMPTY, false));

    List<String> order =
        Ends.only(Changes.class, ends.fetch(ends.a)).stream().map(Changes::document).toList();

    assertEquals(List.of("x", "y", "x", "y", "x", "y", "x", "y"), order);
  }

  @Test
  void saysWhatIsMissingAndWhatWasDone() {
    docsA.write("doc", 600);
    docsA.write("doc", 600);
    docsB.write("doc", 10);
    ends.begin();
    ends.introduce(ends.a, docsB.replica());
    ends.tell(ends.a, Ends.have("doc", docsB.version("doc"), false));
    for (SyncMessage next = null; !(next instanceof Changes); ) {
      next = ends.fetchOne(ends.a);
    }

    assertEquals(
        new DocumentStatus(
            "doc", DocumentStatus.Phase.SYNCING, docsA.version("doc"), 1, 0, 2, 1, null),
        ends.a.status("doc"));
    assertNull(ends.a.status("other"));
    ends.begin().talk();
    SyncStatus all = ends.a.status();
    assertEquals(docsB.replica(), all.peer());
    assertTrue(all.isInSync());
    assertEquals(
        List.of(
            new DocumentStatus(
                "doc", DocumentStatus.Phase.IN_SYNC, docsA.version("doc"), 2, 1, 0, 0, null)),
        all.documents());
  }

  @Test
  void whatIsNotDurableYetIsAcknowledgedOnlyLater() {
    docsA.write("doc", 10);
    ends.begin();
    docsB.holdBack = true;
    ends.talk();
    assertFalse(ends.a.isInSync());
    assertFalse(ends.b.isInSync());

    docsB.holdBack = false;
    ends.b.onDocumentChanged("doc");
    List<SyncMessage> said = ends.talk();

    assertEquals(1, Ends.only(Ack.class, said).size());
    assertBothInSync();
  }

  @Test
  void whatThePortThrowsLeavesTheSessionGoing() {
    docsA.write("doc", 10);
    ends.begin();
    docsB.failure = new IllegalArgumentException("the disk is full");
    IllegalArgumentException thrown = null;
    try {
      ends.talk();
    } catch (IllegalArgumentException full) {
      thrown = full;
    }
    assertEquals(docsB.failure, thrown);
    assertNull(ends.b.end());

    docsB.failure = null;
    for (int i = 0; i < Patience.LONGEST; i++) {
      ends.a.onTick();
      ends.b.onTick();
      ends.talk();
    }

    assertBothInSync();
  }

  @Test
  void aBadChunkEndsTheSessionAtBothEnds() {
    docsA.write("doc", 10);
    ends.begin();
    docsB.failure = new ProtocolException(ProtocolException.INVALID_CHANGE, "no such change");

    ends.talk();

    assertEquals(new SyncEnd(false, "INVALID_CHANGE", "no such change"), ends.b.end());
    assertEquals(new SyncEnd(true, "INVALID_CHANGE", "no such change"), ends.a.end());
    assertFalse(ends.a.isInSync());
  }
}
