package dev.plait.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.VersionVector;
import dev.plait.message.SyncMessage.Changes;
import dev.plait.message.SyncMessage.Have;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is synced when not everything is wanted. */
class SubscriptionTest {

  private final Ends ends = new Ends();
  private final FakeDocuments docsA = ends.docsA;
  private final FakeDocuments docsB = ends.docsB;

  private void wants(Subscription ofA, Subscription ofB) {
    ends.settingsA = SyncSettings.defaults().withSubscription(ofA);
    ends.settingsB = SyncSettings.defaults().withSubscription(ofB);
    ends.begin();
  }

  private void assertBothInSync() {
    assertTrue(ends.a.isInSync());
    assertTrue(ends.b.isInSync());
  }

  @Test
  void matchesAllSomeAndThoseThatBeginAlike() {
    assertTrue(Subscription.all().matches("x"));
    assertFalse(Subscription.none().matches("x"));
    Subscription some = Subscription.to(List.of("x", "y")).and(Subscription.prefix("notes/"));
    assertTrue(some.matches("x") && some.matches("y") && some.matches("notes/1"));
    assertFalse(some.matches("z") || some.matches("note"));
    assertTrue(some.and(Subscription.all()).matches("z"));
    assertEquals(some, Subscription.prefix("notes/").and(Subscription.to(List.of("y", "x"))));
    assertEquals(Set.of("x", "y"), some.documents());
    assertThrows(IllegalArgumentException.class, () -> Subscription.to(List.of("")));
  }

  @Test
  void eachDirectionGoesByWhatItsListenerWants() {
    for (String document : List.of("notes/1", "notes/2", "other")) {
      docsA.write(document, 10);
      docsB.write(document, 10);
    }
    wants(Subscription.to(List.of("other")), Subscription.prefix("notes/"));

    ends.talk();

    assertBothInSync();
    assertEquals(2, docsA.chunks("other").size());
    assertEquals(1, docsA.chunks("notes/1").size());
    assertEquals(1, docsB.chunks("other").size());
    assertEquals(2, docsB.chunks("notes/1").size());
    assertEquals(2, docsB.chunks("notes/2").size());
  }

  @Test
  void nothingIsSaidOfWhatNobodyWants() {
    docsA.write("x", 10);
    docsB.write("y", 10);
    wants(Subscription.none(), Subscription.none());

    assertEquals(List.of(), Ends.only(Have.class, ends.talk()));

    assertBothInSync();
    assertNull(ends.a.status("x"));
  }

  @Test
  void aHaveThatIsNotWantedIsIgnored() {
    wants(Subscription.none(), Subscription.all());
    ends.talk();

    ends.tell(ends.a, Ends.have("doc", VersionVector.EMPTY, true));

    assertNull(ends.a.status("doc"));
    assertEquals(List.of(), ends.fetch(ends.a));
  }

  @Test
  void aDocumentMadeLaterIsAnnouncedIfItIsWanted() {
    wants(Subscription.all(), Subscription.prefix("notes/"));
    ends.talk();

    docsA.write("notes/new", 10);
    docsA.write("other", 10);
    assertFalse(ends.a.isInSync());
    ends.talk();

    assertBothInSync();
    assertEquals(1, docsB.chunks("notes/new").size());
    assertEquals(List.of(), docsB.chunks("other"));
  }

  @Test
  void wantsMoreLater() {
    docsA.write("x", 10);
    docsA.write("y", 10);
    wants(Subscription.all(), Subscription.to(List.of("x")));
    ends.talk();
    assertEquals(List.of(), docsB.chunks("y"));

    ends.b.subscribe(Subscription.all());
    assertFalse(ends.b.isInSync());
    ends.talk();

    assertBothInSync();
    assertEquals(docsA.content(), docsB.content());
  }

  @Test
  void wantsLessAndThenMoreAgain() {
    docsA.write("x", 10);
    wants(Subscription.all(), Subscription.all());
    ends.talk();

    ends.b.subscribe(Subscription.none());
    ends.talk();
    docsA.write("x", 10);
    assertEquals(List.of(), Ends.only(Changes.class, ends.talk()));
    assertTrue(ends.a.isInSync());
    ends.b.subscribe(Subscription.all());
    ends.talk();

    assertBothInSync();
    assertEquals(2, docsB.chunks("x").size());
  }

  @Test
  void changesThatAreNotWantedAnyMoreAreNotTaken() {
    docsA.write("x", 10);
    wants(Subscription.none(), Subscription.none());
    ends.talk();

    ends.tell(ends.b, new Changes("x", docsA.chunks("x")));

    assertEquals(List.of(), docsB.chunks("x"));
    assertNull(ends.b.end());
  }

  @Test
  void countsOnlyWhatIsWanted() {
    docsA.write("x", 10);
    docsB.write("x", 10);
    wants(Subscription.none(), Subscription.all());

    ends.talk();

    DocumentStatus status = ends.a.status("x");
    assertNotNull(status);
    assertEquals(DocumentStatus.Phase.IN_SYNC, status.phase());
    assertEquals(0, status.toReceive() + status.toSend());
    assertEquals(1, docsA.chunks("x").size());
  }
}
