package dev.plait.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.codec.ProtocolException;
import dev.plait.message.SyncMessage;
import dev.plait.message.SyncMessage.Bye;
import dev.plait.message.SyncMessage.Changes;
import dev.plait.message.SyncMessage.Hello;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a session begins and how it ends. */
class SyncGreetingTest {

  private final Ends ends = new Ends().begin();
  private final Hello helloOfA = Ends.hello(ends.docsA.replica());
  private final Hello helloOfB = Ends.hello(ends.docsB.replica());

  private void tick(SyncSession session, int times) {
    for (int i = 0; i < times; i++) {
      session.onTick();
    }
  }

  private void assertFailed(SyncSession session, String code) {
    SyncEnd end = session.end();
    assertNotNull(end);
    assertEquals(code, end.code());
    assertFalse(end.byPeer());
    assertFalse(end.isInGoodOrder());
    assertFalse(session.isFinished());
    assertEquals(List.of(Ends.failure(code, end.message())), ends.fetch(session));
    assertTrue(session.isFinished());
  }

  @Test
  void saysNothingButHelloUntilItKnowsThePeer() {
    ends.docsA.write("doc", 10);

    assertEquals(List.of(helloOfA), ends.fetch(ends.a));
    assertNull(ends.a.status().peer());
  }

  @Test
  void repeatsHelloEverMoreSlowlyUntilItIsAnswered() {
    List<Integer> ticks = new ArrayList<>();
    ends.fetch(ends.a);
    for (int tick = 1; tick <= 300; tick++) {
      ends.a.onTick();
      if (!ends.fetch(ends.a).isEmpty()) {
        ticks.add(tick);
      }
    }

    assertEquals(List.of(2, 6, 14, 30, 62, 126, 190, 254), ticks);
  }

  @Test
  void answersARepeatedHelloSinceItsOwnWasLost() {
    ends.fetch(ends.a);
    ends.tell(ends.a, helloOfB);
    ends.fetch(ends.a);

    ends.tell(ends.a, helloOfB);

    assertEquals(List.of(Ends.answer(ends.docsA.replica())), ends.fetch(ends.a));
  }

  @Test
  void doesNotAnswerAHelloThatShowsItWasHeard() {
    ends.talk();

    ends.tell(ends.a, Ends.answer(ends.docsB.replica()));

    assertEquals(List.of(), ends.fetch(ends.a));
  }

  @Test
  void ignoresWhatOvertakesTheHello() {
    ends.tell(ends.a, Ends.have("doc", VersionVector.EMPTY, true));

    assertNull(ends.a.status("doc"));
    assertEquals(List.of(helloOfA), ends.fetch(ends.a));
  }

  @Test
  void refusesAnotherProtocolVersion() {
    ends.fetch(ends.a);
    ends.tell(ends.a, new Hello(2, ends.docsB.replica(), List.of(), 0, 1, 0));

    assertFailed(ends.a, ProtocolException.UNSUPPORTED_VERSION);
  }

  @Test
  void refusesToTalkToItself() {
    ends.tell(ends.a, helloOfA);

    assertFailed(ends.a, SyncEnd.SAME_REPLICA);
  }

  @Test
  void refusesAPeerThatBecomesAnother() {
    ends.talk();
    ends.tell(ends.a, Ends.answer(ReplicaId.of(7, 7)));

    assertFailed(ends.a, ProtocolException.UNEXPECTED_MESSAGE);
  }

  @Test
  void refusesBytesThatAreNoMessage() {
    ends.talk();
    ends.a.onFrame(new byte[] {'?'});

    assertFailed(ends.a, ProtocolException.MALFORMED);
  }

  @Test
  void refusesAFrameThatIsTooLongWithoutLookingAtIt() {
    ends.talk();
    ends.a.onFrame(new byte[Ends.SMALL.maxFrameBytes() + 1]);

    assertFailed(ends.a, ProtocolException.LIMIT_EXCEEDED);
  }

  @Test
  void refusesAChunkOfAnotherDocument() {
    FakeDocuments other = new FakeDocuments(0xc);
    other.write("other", 10);
    ends.talk();
    ends.tell(ends.a, new Changes("doc", other.chunks("other")));

    assertFailed(ends.a, ProtocolException.WRONG_DOCUMENT);
    assertEquals(VersionVector.EMPTY, ends.docsA.version("other"));
  }

  @Test
  void closesWithABye() {
    ends.talk();
    ends.a.close();
    ends.a.close();

    assertEquals(List.of(new Bye()), ends.fetch(ends.a));
    assertTrue(ends.a.isFinished());
    ends.tell(ends.b, new Bye());
    assertTrue(ends.b.isFinished());
    SyncEnd end = ends.b.end();
    assertNotNull(end);
    assertTrue(end.byPeer() && end.isInGoodOrder());
    assertFalse(ends.b.isInSync());
  }

  @Test
  void isDeafAndMuteAfterTheEnd() {
    ends.talk();
    ends.a.close();
    ends.fetch(ends.a);

    ends.docsA.write("doc", 10);
    ends.tell(ends.a, helloOfB);
    ends.tell(ends.a, Ends.have("doc", VersionVector.EMPTY, true));
    ends.a.onFrame(new byte[0]);
    tick(ends.a, 500);

    assertEquals(List.of(), ends.fetch(ends.a));
    SyncEnd end = ends.a.status().end();
    assertNotNull(end);
    assertEquals(SyncEnd.BYE, end.code());
  }

  @Test
  void tellsItsListenerInOrder() {
    List<String> log = new ArrayList<>();
    ends.docsA.write("doc", 10);
    ends.a =
        SyncSession.start(
            ends.docsA,
            new PlainCodec(),
            Ends.SMALL,
            new SyncListener() {
              @Override
              public void onDocument(DocumentStatus status) {
                log.add(status.document() + " " + status.phase());
              }

              @Override
              public void onInSync(boolean inSync) {
                log.add("in sync " + inSync);
              }

              @Override
              public void onEnd(SyncEnd end) {
                log.add(end.code());
              }
            });
    ends.talk();
    ends.docsA.write("doc", 10);
    ends.talk();
    ends.b.close();
    ends.talk();

    assertEquals(
        List.of(
            "doc SYNCING",
            "doc IN_SYNC",
            "in sync true",
            "doc SYNCING",
            "in sync false",
            "doc IN_SYNC",
            "in sync true",
            "in sync false",
            "BYE"),
        log);
  }

  @Test
  void aPeerCannotMakeItTrackDocumentsWithoutBound() {
    SyncSession session =
        SyncSession.start(
            ends.docsA, new PlainCodec(), Ends.limits(1 << 20, 3), SyncListener.none());
    ends.tell(session, helloOfB);
    for (int i = 0; i < 3; i++) {
      ends.tell(session, Ends.have(i, "doc" + i, VersionVector.EMPTY, false));
    }
    assertNull(session.end());
    ends.fetch(session);

    SyncMessage tooMany = Ends.have(3, "doc3", VersionVector.EMPTY, false);
    ends.tell(session, tooMany);

    assertFailed(session, ProtocolException.LIMIT_EXCEEDED);
  }
}
