package dev.plait.properties.replica;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.change.Change;
import dev.plait.clock.Dot;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.document.Document;
import dev.plait.document.DocumentException;
import dev.plait.replica.ConnectOptions;
import dev.plait.replica.Replica;
import dev.plait.replica.ReplicaEvent;
import dev.plait.schedule.VirtualTime;
import dev.plait.store.InMemoryDisk;
import dev.plait.store.InMemoryStore;
import dev.plait.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A document is dropped from one device. */
final class ForgetTest {
  private static final long MINUTE = 60_000;
  private static final ConnectOptions QUICK = ConnectOptions.defaults().withBackoff(10, 1_000);

  private final VirtualTime time = VirtualTime.startingAt(1_800_000_000_000L);
  private final List<ReplicaEvent> events = new ArrayList<>();
  private final InMemoryDisk disk = new InMemoryDisk();
  private final FailingStore store = new FailingStore(InMemoryStore.open(disk));
  private final Replica replica = replica(1, store);
  private final Replica server = replica(2, new FailingStore(InMemoryStore.empty()));

  private Replica replica(int seed, FailingStore kept) {
    return Replica.builder()
        .store(kept)
        .scheduler(time)
        .time(time)
        .random(new Random(seed))
        .onEvent(events::add)
        .build();
  }

  private static Dot write(Replica writer, String document, String text) {
    return writer
        .document(document)
        .transact(tx -> tx.text("body").append(text))
        .orElseThrow()
        .dot();
  }

  private static String read(Replica reader, String document) {
    return reader.document(document).text("body").toString();
  }

  @Test
  void forgottenDocumentIsGoneAndOthersStay() {
    ReplicaId old = replica.id();
    write(replica, "note", "gone");
    write(replica, "other", "stays ");
    Document note = replica.document("note");

    replica.forget("note");
    time.advance(1);

    assertEquals(List.of("other"), replica.documents());
    assertEquals("", note.text("body").toString());
    assertEquals(VersionVector.EMPTY, note.versionVector());
    assertNotEquals(old, replica.id());
    assertEquals(replica.id(), store.identity());
    assertEquals(List.of(old), store.formerIdentities());
    ReplicaEvent.IdentityReplaced replaced =
        assertInstanceOf(ReplicaEvent.IdentityReplaced.class, events.get(0));
    assertEquals(1, events.size());
    assertEquals("note", replaced.document());
    assertEquals(new Dot(replica.id(), 1), write(replica, "note", "new"));
    assertEquals(new Dot(replica.id(), 1), write(replica, "other", "and goes on"));
    store.close();
    Replica again = replica(3, new FailingStore(InMemoryStore.open(disk)));
    assertEquals("new", read(again, "note"));
    assertEquals("stays and goes on", read(again, "other"));
  }

  @Test
  void whoHasNotWrittenKeepsItsId() {
    ReplicaId old = replica.id();
    write(server, "note", "of others");
    replica.document("note").apply(server.document("note").changesSince(VersionVector.EMPTY));

    replica.forget("note");
    replica.forget("never heard of");
    time.advance(1);

    assertEquals(old, replica.id());
    assertEquals(List.of(), events);
    assertEquals(List.of(), replica.documents());
  }

  @Test
  void peersBringItBackAndNoNameIsUsedTwice() {
    ReplicaId old = replica.id();
    write(replica, "note", "one ");
    replica.connect(new Lines(time, server::accept), QUICK);
    time.advance(MINUTE);
    write(replica, "note", "never sent ");

    replica.forget("note");
    Dot dot = write(replica, "note", "two ");
    time.advance(MINUTE);

    assertTrue(replica.isInSync());
    assertEquals(new Dot(replica.id(), 1), dot);
    assertNotEquals(old, replica.id());
    assertArrayEquals(
        server.document("note").canonicalBytes(), replica.document("note").canonicalBytes());
    assertTrue(read(server, "note").contains("one "), read(server, "note"));
    assertTrue(read(server, "note").contains("two "), read(server, "note"));
    assertEquals(1, events.size());
  }

  @Test
  void sessionsHearThatItIsGone() {
    write(server, "note", "of others");
    replica.connect(new Lines(time, server::accept), QUICK);
    time.advance(MINUTE);
    assertEquals("of others", read(replica, "note"));

    replica.forget("note");
    time.advance(MINUTE);

    assertEquals("of others", read(replica, "note"));
    assertTrue(replica.isInSync());
    write(server, "note", ", more");
    time.advance(MINUTE);
    assertEquals("of others, more", read(replica, "note"));
  }

  @Test
  void whatWaitsIsForgottenToo() {
    write(server, "note", "a");
    write(server, "note", "b");
    List<Change> changes = server.document("note").changes(VersionVector.EMPTY);
    replica.document("note").apply(changes.subList(1, 2));

    replica.forget("note");
    replica.document("note").apply(changes.subList(0, 1));

    assertEquals("a", read(replica, "note"));
    assertEquals(0, replica.document("note").pendingCount());
  }

  @Test
  void insideATransactionItIsRefused() {
    write(replica, "note", "a");
    replica
        .document("note")
        .transact(
            tx -> {
              tx.text("body").append("b");
              DocumentException refused =
                  assertThrows(DocumentException.class, () -> replica.forget("note"));
              assertEquals(DocumentException.TRANSACTION_NESTED, refused.code());
            });
    assertEquals("ab", read(replica, "note"));
  }

  @Test
  void storeThatRefusesKeepsDocumentAndId() {
    ReplicaId old = replica.id();
    write(replica, "note", "kept");
    store.full = true;

    assertThrows(StoreException.class, () -> replica.forget("note"));

    store.full = false;
    time.advance(1);
    assertEquals("kept", read(replica, "note"));
    assertEquals(old, replica.id());
    assertEquals(new Dot(old, 2), write(replica, "note", "!"));
    assertEquals(List.of(), events);
  }
}
