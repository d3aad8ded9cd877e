package dev.plait.properties.replica;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.document.Document;
import dev.plait.replica.ConnectOptions;
import dev.plait.replica.Connection;
import dev.plait.replica.Replica;
import dev.plait.replica.ReplicaBuilder;
import dev.plait.replica.ReplicaEvent;
import dev.plait.schedule.VirtualTime;
import dev.plait.store.ChangeStore;
import dev.plait.store.InMemoryDisk;
import dev.plait.store.InMemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class IdentityTest {
  private static final long MINUTE = 60_000;
  private static final ConnectOptions QUICK = ConnectOptions.defaults().withBackoff(10, 1_000);

  private final VirtualTime time = VirtualTime.startingAt(1_800_000_000_000L);
  private final List<ReplicaEvent> events = new ArrayList<>();
  private final List<ReplicaEvent> serverEvents = new ArrayList<>();
  private int seed;
  private final Replica server = builder(InMemoryStore.empty()).onEvent(serverEvents::add).build();

  private ReplicaBuilder builder(ChangeStore store) {
    return Replica.builder().store(store).scheduler(time).time(time).random(new Random(++seed));
  }

  private Replica replica(ChangeStore store) {
    return builder(store).onEvent(events::add).build();
  }

  private Connection connect(Replica replica) {
    Connection connection = replica.connect(new Lines(time, server::accept), QUICK);
    time.advance(MINUTE);
    return connection;
  }

  private static void write(Replica replica, String text) {
    replica.document("note").transact(tx -> tx.text("body").append(text));
  }

  private static String read(Replica replica) {
    return replica.document("note").text("body").toString();
  }

  /** A disk as it was after "one ", of a replica that has written and synced "two " since. */
  private InMemoryDisk backup() {
    InMemoryDisk disk = new InMemoryDisk();
    Replica original = replica(InMemoryStore.open(disk));
    write(original, "one ");
    connect(original);
    InMemoryDisk backup = disk.copy();
    write(original, "two ");
    time.advance(MINUTE);
    original.close();
    time.advance(MINUTE);
    assertEquals("one two ", read(server));
    assertEquals(List.of(), events);
    return backup;
  }

  @Test
  void restoredBackupGoesOnUnderAFreshIdAndNothingIsLost() {
    InMemoryDisk backup = backup();
    ChangeStore store = InMemoryStore.open(backup);
    Replica restored = replica(store);
    ReplicaId old = restored.id();

    Connection connection = connect(restored);

    ReplicaEvent.IdentityReplaced replaced =
        assertInstanceOf(ReplicaEvent.IdentityReplaced.class, events.get(0));
    assertEquals(1, events.size());
    assertEquals(old, replaced.old());
    assertEquals("note", replaced.document());
    assertNotEquals(old, restored.id());
    assertEquals(replaced.fresh(), restored.id());
    assertEquals(restored.id(), store.identity());
    assertEquals("one two ", read(restored));
    write(restored, "three");
    time.advance(MINUTE);
    assertEquals("one two three", read(server));
    assertTrue(connection.isInSync());
    assertEquals(1, server.document("note").versionVector().get(restored.id()));
    assertEquals(2, server.document("note").versionVector().get(old));
    assertEquals(List.of(), serverEvents);
  }

  @Test
  void handleFromBeforeWritesUnderTheFreshId() {
    Replica restored = replica(InMemoryStore.open(backup()));
    Document handle = restored.document("note");
    connect(restored);

    Dot dot = handle.transact(tx -> tx.text("body").append("!")).orElseThrow().dot();

    assertEquals(new Dot(restored.id(), 1), dot);
    assertEquals(restored.id(), handle.replica());
    Document other = restored.document("other");
    assertEquals(
        new Dot(restored.id(), 1),
        other.transact(tx -> tx.counter("n").increment()).orElseThrow().dot());
  }

  @Test
  void freshIdOutlivesARestart() {
    InMemoryDisk disk = backup();
    ChangeStore store = InMemoryStore.open(disk);
    Replica restored = replica(store);
    connect(restored);
    write(restored, "three");
    ReplicaId fresh = restored.id();
    time.advance(MINUTE);

    Replica again = replica(InMemoryStore.open(disk.copy()));
    Connection connection = connect(again);

    assertEquals(fresh, again.id());
    assertEquals("one two three", read(again));
    assertTrue(connection.isInSync());
    assertEquals(1, events.size());
  }

  @Test
  void backupThatWroteBeforeItWasNoticedMakesItAgainUnderAFreshId() {
    Replica restored = replica(InMemoryStore.open(backup()));
    ReplicaId old = restored.id();
    time.advance(MINUTE);
    write(restored, "other ");

    connect(restored);

    assertTrue(
        events.stream().anyMatch(ReplicaEvent.IdentityReplaced.class::isInstance),
        events::toString);
    assertNotEquals(old, restored.id());
    server.document("list").transact(tx -> tx.set("tags").add("x"));
    restored.document("list").transact(tx -> tx.set("tags").add("y"));
    time.advance(MINUTE);
    assertArrayEquals(
        server.document("list").canonicalBytes(), restored.document("list").canonicalBytes());
    assertFalse(restored.document("note").isInDoubt());
    assertArrayEquals(
        server.document("note").canonicalBytes(), restored.document("note").canonicalBytes());
    String all = read(server);
    assertEquals("one ", all.substring(0, 4));
    assertTrue(all.contains("two ") && all.contains("other "), all);
    assertTrue(restored.isInSync());
    write(restored, "more");
    time.advance(MINUTE);
    assertEquals(read(server), read(restored));
  }

  @Test
  void backupThatWroteMoreThanWasLostMakesItAgainAndStaysSoAfterARestart() {
    InMemoryDisk disk = backup();
    Replica restored = replica(InMemoryStore.open(disk));
    time.advance(MINUTE);
    write(restored, "other ");
    write(restored, "and ");
    write(restored, "more ");
    restored.document("todo").transact(tx -> tx.list("items").append("a"));
    connect(restored);

    assertTrue(restored.isInSync());
    for (String document : List.of("note", "todo")) {
      assertArrayEquals(
          server.document(document).canonicalBytes(), restored.document(document).canonicalBytes());
    }
    assertTrue(read(server).contains("other and more "), read(server));
    assertTrue(read(server).contains("two "), read(server));
    Replica again = replica(InMemoryStore.open(disk.copy()));
    assertEquals(read(server), read(again));
    connect(again);
    assertTrue(again.isInSync());
    assertEquals(read(server), read(again));
  }

  @Test
  void falseSuspicionOfAFormerIdEndsWhenAPeerHoldsTheSame() {
    InMemoryDisk disk = new InMemoryDisk();
    Replica honest = replica(InMemoryStore.open(disk));
    write(honest, "one ");
    connect(honest);
    ReplicaId old = honest.id();
    honest.close();
    time.advance(MINUTE);
    disk = disk.copy();
    Replica again = replica(InMemoryStore.open(disk));
    again.document("note").compare(new Dot(old, 1), HybridTimestamp.of(1_700_000_000_000L, 0));
    time.advance(MINUTE);
    assertNotEquals(old, again.id());
    assertTrue(again.document("note").isInDoubt());
    write(again, "two ");
    assertFalse(again.isInSync());

    connect(again);

    assertFalse(again.document("note").isInDoubt());
    assertTrue(again.isInSync());
    assertEquals("one two ", read(server));
    Replica reopened = replica(InMemoryStore.open(disk.copy()));
    assertFalse(reopened.document("note").isInDoubt());
    assertEquals("one two ", read(reopened));
  }

  @Test
  void whatIsWithheldIsNotInSync() {
    Replica doubtful = replica(InMemoryStore.empty());
    write(doubtful, "mine ");
    doubtful
        .document("note")
        .compare(new Dot(doubtful.id(), 1), HybridTimestamp.of(1_700_000_000_000L, 0));
    time.advance(MINUTE);

    Connection connection = connect(doubtful);

    assertTrue(doubtful.document("note").isInDoubt());
    assertTrue(connection.isConnected());
    assertFalse(connection.isInSync());
    assertFalse(connection.status().isInSync());
    assertEquals(List.of(), server.documents());
  }

  @Test
  void nothingIsWrittenUnderAnIdThatIsNotDurable() {
    FailingStore store = new FailingStore(InMemoryStore.open(backup()));
    Replica restored = replica(store);
    ReplicaId old = restored.id();
    store.full = true;

    Connection connection = connect(restored);

    assertEquals(old, restored.id());
    assertEquals(old, restored.document("note").replica());
    assertFalse(connection.isInSync());
    assertTrue(
        Objects.requireNonNull(connection.failure()).contains("STORE_FULL"), connection.failure());
    assertEquals(List.of(), events);
    store.full = false;
    time.advance(MINUTE);
    assertNotEquals(old, restored.id());
    assertEquals(restored.id(), store.identity());
    assertTrue(connection.isInSync());
    assertEquals(1, events.size());
  }

  @Test
  void copiesThatMeetBothBecomeSomebodyElseAndConverge() {
    InMemoryDisk disk = new InMemoryDisk();
    Replica original = replica(InMemoryStore.open(disk));
    write(original, "shared ");
    original.close();
    Replica one = replica(InMemoryStore.open(disk.copy()));
    Replica other = replica(InMemoryStore.open(disk.copy()));
    assertEquals(one.id(), other.id());

    one.connect(new Lines(time, other::accept), QUICK);
    time.advance(MINUTE);

    assertEquals(2, events.size());
    assertNull(assertInstanceOf(ReplicaEvent.IdentityReplaced.class, events.get(0)).document());
    assertNotEquals(one.id(), other.id());
    write(one, "a");
    write(other, "b");
    time.advance(MINUTE);
    assertTrue(one.isInSync());
    assertArrayEquals(
        one.document("note").canonicalBytes(), other.document("note").canonicalBytes());
    assertEquals(9, read(one).length());
  }

  @Test
  void twoWhoWriteUnderOneNameAreNoticedByAThirdAndOthersGoOn() {
    InMemoryDisk disk = new InMemoryDisk();
    Replica original = replica(InMemoryStore.open(disk));
    write(original, "shared ");
    original.close();
    Replica liar = replica(InMemoryStore.open(disk.copy()));
    Replica twin = replica(InMemoryStore.open(disk.copy()));
    write(liar, "this ");
    time.advance(MINUTE);
    write(twin, "that ");
    Replica third = builder(InMemoryStore.empty()).onEvent(serverEvents::add).build();
    liar.connect(new Lines(time, server::accept), QUICK);
    twin.connect(new Lines(time, third::accept), QUICK);
    time.advance(MINUTE);
    liar.close();
    twin.close();

    third.connect(new Lines(time, server::accept), QUICK);
    time.advance(MINUTE);

    assertTrue(
        serverEvents.stream().anyMatch(ReplicaEvent.Equivocation.class::isInstance),
        serverEvents::toString);
    ReplicaEvent.Equivocation found =
        (ReplicaEvent.Equivocation)
            serverEvents.stream()
                .filter(ReplicaEvent.Equivocation.class::isInstance)
                .findFirst()
                .orElseThrow();
    assertEquals(new Dot(liar.id(), 2), found.change());
    assertEquals("note", found.document());
    third.document("note").transact(tx -> tx.set("tags").add("t"));
    server.document("note").transact(tx -> tx.set("tags").add("s"));
    time.advance(MINUTE);
    assertTrue(third.document("note").set("tags").contains("s"));
    assertTrue(server.document("note").set("tags").contains("t"));
  }

  @Test
  void storeThatKnowsItIsACopyGetsAFreshIdBeforeAnythingIsWritten() {
    InMemoryDisk disk = new InMemoryDisk();
    Replica original = replica(InMemoryStore.open(disk));
    write(original, "one ");
    connect(original);
    InMemoryDisk backup = disk.restored();
    write(original, "two ");
    time.advance(MINUTE);
    original.close();
    ReplicaId old = original.id();

    ChangeStore store = InMemoryStore.open(backup);
    assertTrue(store.isCopy());
    Replica restored = replica(store);
    time.advance(1);

    assertFalse(store.isCopy());
    assertEquals(restored.id(), store.identity());
    assertEquals(List.of(old), store.formerIdentities());
    ReplicaEvent.IdentityReplaced replaced =
        assertInstanceOf(ReplicaEvent.IdentityReplaced.class, events.get(0));
    assertEquals(old, replaced.old());
    assertEquals(restored.id(), replaced.fresh());
    assertNull(replaced.document());
    write(restored, "other ");
    assertEquals(1, restored.document("note").versionVector().get(restored.id()));
    connect(restored);
    assertTrue(restored.isInSync());
    assertArrayEquals(
        server.document("note").canonicalBytes(), restored.document("note").canonicalBytes());
    assertEquals(1, events.size(), events::toString);
    assertEquals(List.of(), serverEvents);
    ReplicaId fresh = restored.id();
    store.close();
    assertEquals(fresh, replica(InMemoryStore.open(backup)).id());
    time.advance(1);
    assertEquals(1, events.size());
  }
}
