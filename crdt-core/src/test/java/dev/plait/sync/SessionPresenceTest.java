package dev.plait.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.codec.ProtocolException;
import dev.plait.message.SyncMessage;
import dev.plait.message.SyncMessage.Changes;
import dev.plait.message.SyncMessage.Presence;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What replicas show of themselves, on its way through a session. */
class SessionPresenceTest {

  private static final byte[] CURSOR = {1, 2, 3};

  private final Ends ends = new Ends();
  private final FakeDocuments docsA = ends.docsA;
  private final FakeDocuments docsB = ends.docsB;
  private final List<String> shown = new ArrayList<>();

  /** Begins sessions of which b tells what it is shown. */
  private void begin() {
    ends.begin();
    ends.b =
        SyncSession.start(
            docsB,
            new PlainCodec(),
            Ends.SMALL,
            ends.settingsB,
            new SyncListener() {
              @Override
              public void onPresence(String document, ReplicaId origin, long serial, byte[] data) {
                shown.add(document + " " + origin.brief() + " " + serial + " " + data.length);
              }
            });
  }

  @Test
  void whatIsShownArrivesAndLeavesTheEndsInSync() {
    docsA.write("doc", 10);
    begin();
    ends.talk();

    ends.a.sendPresence("doc", docsA.replica(), 7, CURSOR);
    ends.talk();

    assertEquals(List.of("doc " + docsA.replica().brief() + " 7 3"), shown);
    assertTrue(ends.a.isInSync() && ends.b.isInSync());
  }

  @Test
  void onlyTheNewestOfWhatWaitsIsSent() {
    docsA.write("doc", 10);
    begin();
    ends.talk();

    ends.a.sendPresence("doc", docsA.replica(), 1, CURSOR);
    ends.a.sendPresence("doc", docsA.replica(), 3, new byte[] {9});
    ends.a.sendPresence("doc", docsA.replica(), 2, CURSOR);
    ends.talk();

    assertEquals(List.of("doc " + docsA.replica().brief() + " 3 1"), shown);
  }

  @Test
  void ofADocumentThatIsNotWantedNothingIsShown() {
    docsA.write("doc", 10);
    docsA.write("other", 10);
    ends.settingsB = new SyncSettings(Subscription.to(List.of("other")), SyncPolicy.allowAll(), 1);
    begin();
    ends.talk();

    ends.a.sendPresence("doc", docsA.replica(), 1, CURSOR);
    ends.a.sendPresence("other", docsA.replica(), 2, CURSOR);
    ends.talk();

    assertEquals(List.of("other " + docsA.replica().brief() + " 2 3"), shown);
  }

  @Test
  void whatIsTooLongIsNotSent() {
    docsA.write("doc", 10);
    begin();
    ends.talk();

    ProtocolException refused =
        assertThrows(
            ProtocolException.class,
            () -> ends.a.sendPresence("doc", docsA.replica(), 1, new byte[101]));

    assertEquals(ProtocolException.LIMIT_EXCEEDED, refused.code());
    ends.talk();
    assertEquals(List.of(), shown);
  }

  @Test
  void aPeerThatTakesNothingForNowIsStillShownWhoIsThere() {
    ends.begin();
    ends.introduce(ends.a, docsB.replica());
    docsA.write("doc", 100);
    ends.tell(ends.a, have(0));

    ends.a.sendPresence("doc", docsA.replica(), 1, CURSOR);
    List<SyncMessage> said = ends.fetch(ends.a);

    assertEquals(1, Ends.only(Presence.class, said).size());
    assertEquals(List.of(), Ends.only(Changes.class, said));
    for (int i = 0; i < Patience.LONGEST; i++) {
      ends.a.onTick();
    }
    assertEquals(List.of(), Ends.only(Changes.class, ends.fetch(ends.a)));
    ends.tell(ends.a, have(Ends.CREDIT));
    assertEquals(1, Ends.only(Changes.class, ends.fetch(ends.a)).size());
  }

  private static SyncMessage have(long credit) {
    return new SyncMessage.Have(0, "doc", VersionVector.EMPTY, List.of(), false, credit);
  }
}
