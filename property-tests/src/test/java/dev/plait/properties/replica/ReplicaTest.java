package dev.plait.properties.replica;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.change.Change;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.TimeSource;
import dev.plait.clock.VersionVector;
import dev.plait.document.Document;
import dev.plait.document.DocumentEvent;
import dev.plait.error.PlaitException;
import dev.plait.replica.Connection;
import dev.plait.replica.Replica;
import dev.plait.replica.ReplicaBuilder;
import dev.plait.schedule.VirtualTime;
import dev.plait.store.ChangeStore;
import dev.plait.store.InMemoryDisk;
import dev.plait.store.InMemoryStore;
import dev.plait.transport.Conditions;
import dev.plait.transport.InMemoryNetwork;
import dev.plait.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ReplicaTest {
  private static final long START = 1_800_000_000_000L;
  private static final long MINUTE = 60_000;

  private final VirtualTime time = VirtualTime.startingAt(START);
  private final InMemoryNetwork network = new InMemoryNetwork(time, new Random(7));
  private int seed;

  private ReplicaBuilder builder(ChangeStore store, TimeSource wall) {
    return Replica.builder().store(store).scheduler(time).time(wall).random(new Random(++seed));
  }

  private Replica replica() {
    return builder(InMemoryStore.empty(), time).build();
  }

  private Connection[] connect(Replica a, Replica b) {
    return new Connection[] {
      a.connect(network.transport(a.id().brief(), b.id().brief())),
      b.connect(network.transport(b.id().brief(), a.id().brief()))
    };
  }

  private static void write(Replica replica, String text) {
    Document note = replica.document("note");
    note.transact(tx -> tx.text("body").append(text));
  }

  private static void assertEqualNotes(Replica a, Replica b) {
    assertEquals(a.document("note").versionVector(), b.document("note").versionVector());
    assertArrayEquals(a.document("note").canonicalBytes(), b.document("note").canonicalBytes());
  }

  @Test
  void committedTransactionIsThereAfterARestart() {
    InMemoryDisk disk = new InMemoryDisk();
    Replica replica = builder(InMemoryStore.open(disk), time).build();
    write(replica, "kept");
    InMemoryDisk afterCrash = disk.copy();
    byte[] before = replica.document("note").canonicalBytes();

    Replica again = builder(InMemoryStore.open(afterCrash), time).build();

    assertEquals(replica.id(), again.id());
    assertEquals(List.of("note"), again.documents());
    assertArrayEquals(before, again.document("note").canonicalBytes());
    write(again, "!");
    assertEquals("kept!", again.document("note").text("body").toString());
  }

  @Test
  void clockNeverGoesBackOverARestartWhateverTheWallClockSays() {
    InMemoryDisk disk = new InMemoryDisk();
    ChangeStore store = InMemoryStore.open(disk);
    Replica replica = builder(store, time).build();
    replica.document("d").transact(tx -> tx.register("r").set("old"));
    HybridTimestamp last = replica.clock().peek();
    replica.close();
    store.close();

    Replica late = builder(InMemoryStore.open(disk), () -> START - 10 * MINUTE).build();
    Change change = late.document("d").transact(tx -> tx.register("r").set("new")).orElseThrow();

    assertTrue(change.time().isAfter(last));
    assertEquals(Value.of("new"), late.document("d").register("r").get());
  }

  @Test
  void connectedReplicasConvergeAndBothSaySo() {
    Replica a = replica();
    Replica b = replica();
    write(a, "from a");
    write(b, "from b");

    Connection[] ends = connect(a, b);
    assertFalse(ends[0].isInSync());
    time.advance(MINUTE);

    assertTrue(ends[0].isInSync());
    assertTrue(ends[1].isInSync());
    assertEqualNotes(a, b);

    write(a, "live");
    assertFalse(ends[0].isInSync());
    b.document("other").transact(tx -> tx.set("tags").add("x"));
    time.advance(MINUTE);
    assertTrue(ends[0].isInSync());
    assertEqualNotes(a, b);
    assertTrue(a.document("other").set("tags").contains("x"));
  }

  @Test
  void replicasCutApartEditOnAndConvergeWithoutBeingAskedTo() {
    Replica a = replica();
    Replica b = replica();
    Connection[] ends = connect(a, b);
    write(a, "shared ");
    time.advance(MINUTE);
    network.cut(a.id().brief(), b.id().brief());
    time.advance(MINUTE);
    assertFalse(ends[0].isConnected());
    assertFalse(ends[0].isInSync());

    write(a, "by a ");
    write(b, "by b ");
    network.heal(a.id().brief(), b.id().brief());
    time.advance(MINUTE);

    assertTrue(ends[0].isInSync());
    assertEqualNotes(a, b);
    assertEquals(17, a.document("note").text("body").length());
  }

  @Test
  void lossRepetitionAndDisorderDoNotKeepReplicasApart() {
    network.become(
        Conditions.PERFECT.withDelay(1, 300).withLoss(0.2).withDuplication(0.2).withLateness(0.2));
    Replica a = replica();
    Replica b = replica();
    Connection[] ends = connect(a, b);
    for (int i = 0; i < 50; i++) {
      write(i % 2 == 0 ? a : b, i + " ");
      time.advance(100);
    }
    time.advance(60 * MINUTE);

    assertTrue(ends[0].isInSync());
    assertTrue(ends[1].isInSync());
    assertEqualNotes(a, b);
  }

  @Test
  void changesTravelOverAThirdReplica() {
    Replica a = replica();
    Replica b = replica();
    Replica c = replica();
    connect(a, b);
    connect(b, c);
    write(a, "a");
    write(c, "c");
    time.advance(MINUTE);

    assertEqualNotes(a, c);
    assertEquals(2, a.document("note").text("body").length());
  }

  @Test
  void idleDocumentIsLetGoAndComesBackWithItsHandle() {
    Replica replica = builder(InMemoryStore.empty(), time).idleMillis(MINUTE).build();
    Document note = replica.document("note");
    write(replica, "text");
    List<DocumentEvent> heard = new ArrayList<>();
    note.listen(heard::add);
    assertTrue(note.isLoaded());

    time.advance(3 * MINUTE);

    assertFalse(note.isLoaded());
    assertSame(note, replica.document("note"));
    note.transact(tx -> tx.text("body").append("!"));
    assertEquals("text!", note.text("body").toString());
    assertEquals(1, heard.size());
  }

  @Test
  void transactionTheStoreRefusesIsTakenBackAndLaterOnesWork() {
    FailingStore store = new FailingStore(InMemoryStore.empty());
    Replica replica = builder(store, time).build();
    write(replica, "kept");
    byte[] before = replica.document("note").canonicalBytes();

    store.full = true;
    PlaitException refused = assertThrows(PlaitException.class, () -> write(replica, " lost"));
    store.full = false;

    assertEquals("STORE_FULL", refused.code());
    assertArrayEquals(before, replica.document("note").canonicalBytes());
    write(replica, " and more");
    assertEquals("kept and more", replica.document("note").text("body").toString());
  }

  @Test
  void importTheStoreRefusesLeavesDocumentVersionAndClockAsTheyWere() {
    FailingStore store = new FailingStore(InMemoryStore.empty());
    Replica replica = builder(store, time).build();
    write(replica, "mine");
    Replica other = replica();
    time.advance(1000);
    write(other, "theirs");
    List<Change> changes = other.document("note").changes(replica.document("note").versionVector());
    byte[] before = replica.document("note").canonicalBytes();
    HybridTimestamp clock = replica.clock().peek();

    store.full = true;
    assertThrows(PlaitException.class, () -> replica.document("note").apply(changes));
    store.full = false;

    assertArrayEquals(before, replica.document("note").canonicalBytes());
    assertEquals(clock, replica.clock().peek());
    assertEquals(1, replica.document("note").apply(changes).applied());
  }

  @Test
  void quarantineOutlivesARestartAndEndsInTime() {
    Replica future = builder(InMemoryStore.empty(), () -> time.millis() + 60 * MINUTE).build();
    write(future, "early");
    InMemoryDisk disk = new InMemoryDisk();
    Replica replica = builder(InMemoryStore.open(disk), time).build();
    Document note = replica.document("note");
    assertEquals(
        1, note.apply(future.document("note").changesSince(note.versionVector())).quarantined());

    Replica again = builder(InMemoryStore.open(disk.copy()), time).build();
    assertEquals(1, again.document("note").quarantinedCount());
    time.advance(61 * MINUTE);

    assertEquals("early", again.document("note").text("body").toString());
    assertEquals("early", note.text("body").toString());
    assertEquals(0, again.document("note").quarantinedCount());
    Replica third = builder(InMemoryStore.open(disk.copy()), time).build();
    assertEquals("early", third.document("note").text("body").toString());
    assertEquals(0, third.document("note").quarantinedCount());
  }

  @Test
  void joinedSnapshotSurvivesARestart() {
    Replica other = replica();
    write(other, "theirs");
    InMemoryDisk disk = new InMemoryDisk();
    Replica replica = builder(InMemoryStore.open(disk), time).build();
    write(replica, "mine");
    replica.document("note").join(other.document("note").encodedSnapshot());
    write(replica, "!");
    byte[] before = replica.document("note").canonicalBytes();

    Replica again = builder(InMemoryStore.open(disk.copy()), time).build();

    assertArrayEquals(before, again.document("note").canonicalBytes());
  }

  @Test
  void peerBehindACompactedHistoryGetsTheSnapshotAndKeepsItsOwnEdits() {
    Replica origin = replica();
    write(origin, "old");
    Replica keeper = replica();
    keeper.document("note").join(origin.document("note").encodedSnapshot());
    Replica late = replica();
    write(late, "unsynced");

    Connection[] ends = connect(keeper, late);
    time.advance(MINUTE);

    assertTrue(ends[0].isInSync());
    assertEqualNotes(keeper, late);
    assertEquals(11, late.document("note").text("body").length());
  }

  @Test
  void closedReplicaRefusesUseAndTakesLeaveOfItsPeers() {
    Replica a = replica();
    Replica b = replica();
    Connection[] ends = connect(a, b);
    write(a, "x");
    time.advance(MINUTE);
    Document note = a.document("note");

    a.close();
    a.close();
    time.advance(MINUTE);

    assertFalse(ends[0].isOpen());
    assertFalse(ends[1].isConnected());
    assertEquals(null, ends[1].failure());
    assertThrows(PlaitException.class, () -> a.document("note"));
    assertEquals(
        "DOCUMENT_CLOSED",
        assertThrows(PlaitException.class, () -> note.transact(tx -> {})).code());
  }

  @Test
  void codecIsFoundOnTheClassPathAndEverythingElseHasADefault() {
    try (Replica replica = Replica.builder().build()) {
      replica.document("d").transact(tx -> tx.counter("n").increment());
      assertEquals(1, replica.document("d").counter("n").value());
    }
  }

  @Test
  void changeTheStoreKeptAlthoughItFailedIsNotForgotten() {
    FailingStore store = new FailingStore(InMemoryStore.empty());
    Replica replica = builder(store, time).build();
    write(replica, "one ");

    store.failsAfterCommit = true;
    assertThrows(PlaitException.class, () -> write(replica, "two "));
    store.failsAfterCommit = false;
    write(replica, "three");

    assertEquals("one two three", replica.document("note").text("body").toString());
    assertEquals(3, replica.document("note").changes(VersionVector.empty()).size());
  }

  @Test
  void listenerThatThrowsOnAChangeOfAPeerDoesNotEndTheConnection() {
    Replica a = replica();
    Replica b = replica();
    Connection[] ends = connect(a, b);
    List<DocumentEvent> heard = new ArrayList<>();
    List<Throwable> uncaught = new ArrayList<>();
    Thread.UncaughtExceptionHandler before = Thread.currentThread().getUncaughtExceptionHandler();
    Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> uncaught.add(thrown));
    try {
      a.document("note")
          .listen(
              event -> {
                heard.add(event);
                throw new IllegalStateException("broken listener");
              });
      write(b, "x");
      time.advance(MINUTE);
    } finally {
      Thread.currentThread().setUncaughtExceptionHandler(before);
    }

    assertEquals(1, heard.size());
    assertEquals(1, uncaught.size());
    assertTrue(ends[0].isInSync());
  }

  @Test
  void closeInsideATransactionIsRefusedAndNothingIsClosed() {
    Replica replica = replica();

    replica
        .document("note")
        .transact(
            tx -> {
              tx.text("body").append("kept");
              assertEquals(
                  "CLOSED_INSIDE", assertThrows(PlaitException.class, replica::close).code());
            });

    write(replica, "!");
    assertEquals("kept!", replica.document("note").text("body").toString());
  }

  @Test
  void clockRisesAboveWhatWasAppliedEvenIfTheWallClockStepsBackMeanwhile() {
    long[] offset = {0};
    Replica replica = builder(InMemoryStore.empty(), () -> time.millis() + offset[0]).build();
    Replica ahead = builder(InMemoryStore.empty(), () -> time.millis() + 299_900).build();
    ahead.document("note").transact(tx -> tx.register("title").set("ahead"));
    Document note = replica.document("note");
    List<Change> changes = ahead.document("note").changes(note.versionVector());

    assertEquals(1, note.apply(changes).applied());
    offset[0] = -10_000;
    note.transact(tx -> tx.register("title").set("after"));

    assertEquals(Value.of("after"), note.register("title").get());
  }
}
