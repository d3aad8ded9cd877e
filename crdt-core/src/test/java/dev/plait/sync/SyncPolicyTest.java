package dev.plait.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.ReplicaId;
import dev.plait.message.SyncMessage.Failure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a peer may not do, it can't, and is told. */
class SyncPolicyTest {

  private final Ends ends = new Ends();
  private final FakeDocuments docsA = ends.docsA;
  private final FakeDocuments docsB = ends.docsB;
  private boolean mayConnect = true;
  private final List<String> unreadable = new ArrayList<>();
  private final List<String> unwritable = new ArrayList<>();

  private final SyncPolicy policy =
      new SyncPolicy() {
        @Override
        public boolean mayConnect(ReplicaId peer) {
          return mayConnect;
        }

        @Override
        public boolean mayRead(ReplicaId peer, String document) {
          return !unreadable.contains(document);
        }

        @Override
        public boolean mayWrite(ReplicaId peer, String document) {
          return !unwritable.contains(document);
        }
      };

  /** Replica a guards its documents. */
  private void begin(Subscription ofB) {
    ends.settingsA = SyncSettings.defaults().withPolicy(policy);
    ends.settingsB = SyncSettings.defaults().withSubscription(ofB);
    ends.begin();
  }

  private void assertPhase(SyncSession session, String document, DocumentStatus.Phase phase) {
    DocumentStatus status = session.status(document);
    assertNotNull(status);
    assertEquals(phase, status.phase(), status::toString);
  }

  @Test
  void whoMayNotConnectIsToldAndLeft() {
    mayConnect = false;
    docsA.write("x", 10);
    begin(Subscription.all());

    ends.talk();

    SyncEnd end = ends.b.end();
    assertNotNull(end);
    assertEquals(SyncPolicy.CONNECT_DENIED, end.code());
    assertTrue(end.byPeer());
    assertTrue(ends.a.isFinished());
    assertEquals(List.of(), docsB.chunks("x"));
  }

  @Test
  void whatMayNotBeReadIsNotEvenNamed() {
    unreadable.add("secret");
    docsA.write("secret", 10);
    docsA.write("open", 10);
    begin(Subscription.all());

    ends.talk();

    assertNull(ends.b.status("secret"));
    assertEquals(1, docsB.chunks("open").size());
    assertTrue(ends.a.isInSync());
    assertTrue(ends.b.isInSync());
  }

  @Test
  void whatIsNamedAndMayNotBeReadIsRefused() {
    unreadable.add("secret");
    docsA.write("secret", 10);
    docsA.write("open", 10);
    begin(Subscription.to(List.of("secret", "open")));

    ends.talk();

    assertPhase(ends.b, "secret", DocumentStatus.Phase.REFUSED);
    DocumentStatus refused = ends.b.status("secret");
    assertNotNull(refused);
    assertEquals(SyncPolicy.READ_DENIED, refused.code());
    assertFalse(ends.b.isInSync());
    assertNull(ends.b.end());
    assertPhase(ends.b, "open", DocumentStatus.Phase.IN_SYNC);
    for (int i = 0; i < 500; i++) {
      ends.b.onTick();
    }
    assertEquals(List.of(), ends.fetch(ends.b));
  }

  @Test
  void asksAgainForWhatWasRefusedWhenItSubscribesAgain() {
    unreadable.add("secret");
    docsA.write("secret", 10);
    begin(Subscription.to(List.of("secret")));
    ends.talk();

    unreadable.clear();
    ends.b.subscribe(Subscription.all());
    ends.talk();

    assertPhase(ends.b, "secret", DocumentStatus.Phase.IN_SYNC);
    assertTrue(ends.b.isInSync());
    assertEquals(1, docsB.chunks("secret").size());
  }

  @Test
  void whatMayNotBeWrittenIsNotTakenAndStillRead() {
    unwritable.add("x");
    docsA.write("x", 10);
    docsB.write("x", 10);
    begin(Subscription.all());

    ends.talk();

    assertEquals(1, docsA.chunks("x").size());
    assertEquals(2, docsB.chunks("x").size());
    assertPhase(ends.b, "x", DocumentStatus.Phase.REFUSED);
    DocumentStatus refused = ends.b.status("x");
    assertNotNull(refused);
    assertEquals(SyncPolicy.WRITE_DENIED, refused.code());
    assertFalse(ends.b.isInSync());
    docsA.write("x", 10);
    ends.talk();
    assertEquals(3, docsB.chunks("x").size());
  }

  @Test
  void whoWritesNothingIsInSyncWithoutThePermission() {
    unwritable.add("x");
    docsA.write("x", 10);
    begin(Subscription.all());

    ends.talk();

    assertTrue(ends.a.isInSync());
    assertTrue(ends.b.isInSync());
  }

  @Test
  void aPermissionThatIsTakenBackCountsFromTheNextChangesOn() {
    docsA.write("x", 10);
    begin(Subscription.all());
    ends.talk();

    unwritable.add("x");
    docsB.write("x", 10);
    assertEquals(1, Ends.only(Failure.class, ends.talk()).size());

    assertEquals(1, docsA.chunks("x").size());
    assertPhase(ends.b, "x", DocumentStatus.Phase.REFUSED);
  }
}
