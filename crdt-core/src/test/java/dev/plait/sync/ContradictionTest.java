package dev.plait.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.Dot;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.codec.ProtocolException;
import dev.plait.message.SyncMessage;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Versions that are equal and mean different changes are not taken for equal. */
class ContradictionTest {

  private final Ends ends = new Ends();
  private final FakeDocuments docsA = ends.docsA;
  private final FakeDocuments docsB = ends.docsB;
  private final FakeDocuments original = new FakeDocuments(0xc);
  private final FakeDocuments copy = new FakeDocuments(0xc);

  /** The original and its copy give one name to two changes, made at different times. */
  private void writeBoth() {
    original.write("doc", 10);
    copy.advance("doc", 5);
    copy.write("doc", 11);
  }

  private void assertContradicted(SyncSession session) {
    DocumentStatus status = session.status("doc");
    assertNotNull(status);
    assertEquals(DocumentStatus.Phase.CONTRADICTED, status.phase());
    assertFalse(session.isInSync());
  }

  @Test
  void isNotInSyncWithAnotherChangeOfTheSameName() {
    writeBoth();
    docsA.receive("doc", original.chunks("doc"));
    docsB.receive("doc", copy.chunks("doc"));
    ends.begin();

    ends.talk();

    assertContradicted(ends.a);
    assertContradicted(ends.b);
    String named = "doc " + new Dot(original.replica(), 1);
    assertEquals(List.of(named), docsA.contradictions);
    assertEquals(List.of(named), docsB.contradictions);
  }

  @Test
  void findsOutWhenTheTwoComeLater() {
    writeBoth();
    ends.begin().talk();
    docsA.receive("doc", original.chunks("doc"));
    docsB.receive("doc", copy.chunks("doc"));

    ends.talk();

    assertContradicted(ends.a);
    assertContradicted(ends.b);
  }

  @Test
  void othersGoOnAndNothingIsSaidForEver() {
    writeBoth();
    docsA.receive("doc", original.chunks("doc"));
    docsB.receive("doc", copy.chunks("doc"));
    ends.begin().talk();

    docsA.write("doc", 10);
    ends.talk();

    assertEquals(2, docsB.chunks("doc").size());
    for (int i = 0; i < 500; i++) {
      ends.a.onTick();
      ends.b.onTick();
    }
    assertEquals(List.of(), ends.fetch(ends.a));
    assertEquals(List.of(), ends.fetch(ends.b));
  }

  @Test
  void whoHoldsSomethingBackSaysWhatIsTheSame() {
    docsA.write("doc", 10);
    docsB.receive("doc", docsA.chunks("doc"));
    docsA.write("doc", 10);
    docsA.secret = docsA.replica();
    ends.begin().talk();

    String shared = "doc " + new Dot(docsA.replica(), 1);
    assertEquals(Set.of(shared), docsA.same);
    assertEquals(Set.of(shared), docsB.same);
    assertFalse(ends.a.isInSync());

    docsA.secret = null;
    docsA.write("doc", 10);
    ends.talk();
    assertEquals(3, docsB.chunks("doc").size());
    assertTrue(ends.a.isInSync());
  }

  @Test
  void whatIsTheSameIsSaidAgainIfItWasLost() {
    docsA.write("doc", 10);
    docsB.receive("doc", docsA.chunks("doc"));
    docsA.write("doc", 10);
    docsA.secret = docsA.replica();
    ends.begin().talk();
    docsB.same.clear();

    for (int i = 0; i < 500; i++) {
      ends.a.onTick();
    }
    ends.talk();

    assertEquals(Set.of("doc " + new Dot(docsA.replica(), 1)), docsB.same);
  }

  @Test
  void tellsOnceThatThePeerHoldsMoreOfOurOwn() {
    ends.begin().talk();
    ends.tell(ends.a, Ends.have("doc", VersionVector.of(new Dot(docsA.replica(), 7)), false));
    ends.tell(ends.a, Ends.have("doc", VersionVector.of(new Dot(docsA.replica(), 8)), true));

    assertEquals(List.of("doc 7"), docsA.ahead);
    assertFalse(ends.a.isInSync());
  }

  @Test
  void aRestoredReplicaGetsItsOwnChangesBack() {
    docsA.write("doc", 10);
    docsA.write("doc", 10);
    ends.begin().talk();
    FakeDocuments restored = new FakeDocuments(0xa);
    ends.a = SyncSession.start(restored, new PlainCodec(), Ends.SMALL, SyncListener.none());
    ends.b = SyncSession.start(docsB, new PlainCodec(), Ends.SMALL, SyncListener.none());

    ends.talk();

    assertEquals(List.of("doc 2"), restored.ahead);
    assertEquals(docsB.content(), restored.content());
    assertTrue(ends.a.isInSync());
  }

  @Test
  void whoMayNotWriteIsNotBelievedAboutOthersButAboutUs() {
    ends.settingsA =
        SyncSettings.defaults()
            .withPolicy(
                new SyncPolicy() {
                  @Override
                  public boolean mayWrite(ReplicaId peer, String document) {
                    return false;
                  }
                });
    writeBoth();
    docsA.receive("doc", original.chunks("doc"));
    docsB.receive("doc", copy.chunks("doc"));

    ends.begin().talk();

    assertContradicted(ends.a);
    assertEquals(List.of(), docsA.contradictions);
    FakeDocuments restored = new FakeDocuments(0xa);
    docsA.write("own", 10);
    restored.advance("own", 5);
    restored.write("own", 11);
    docsB.receive("own", restored.chunks("own"));
    ends.begin().talk();
    assertEquals(List.of("own " + new Dot(docsA.replica(), 1)), docsA.contradictions);
  }

  @Test
  void claimsOfMoreAuthorsThanAVersionCanNameEndTheSession() {
    SyncSession session =
        SyncSession.start(docsA, new PlainCodec(), Ends.limits(3, 1 << 16), SyncListener.none());
    ends.introduce(session, docsB.replica());
    for (int author = 1; author <= 3; author++) {
      ends.tell(session, claim(author));
    }
    assertNull(session.end());

    ends.tell(session, claim(4));

    SyncEnd end = session.end();
    assertNotNull(end);
    assertEquals(ProtocolException.LIMIT_EXCEEDED, end.code());
  }

  private static SyncMessage.Have claim(int author) {
    return Ends.have("doc", VersionVector.of(new Dot(ReplicaId.of(1, author), 1)), false);
  }
}
