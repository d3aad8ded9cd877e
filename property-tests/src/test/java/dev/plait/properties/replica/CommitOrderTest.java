package dev.plait.properties.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.change.Change;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.TimeSource;
import dev.plait.error.PlaitException;
import dev.plait.replica.Connection;
import dev.plait.replica.Replica;
import dev.plait.replica.ReplicaBuilder;
import dev.plait.schedule.VirtualTime;
import dev.plait.store.ChangeStore;
import dev.plait.store.InMemoryDisk;
import dev.plait.store.InMemoryStore;
import dev.plait.transport.InMemoryNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Nobody is told of anything before it is durable, and what is durable is enough to go on. */
final class CommitOrderTest {
  private static final long START = 1_800_000_000_000L;
  private static final long MINUTE = 60_000;

  private final VirtualTime time = VirtualTime.startingAt(START);
  private final InMemoryNetwork network = new InMemoryNetwork(time, new Random(7));
  private int seed;

  private ReplicaBuilder builder(ChangeStore store, TimeSource wall) {
    return Replica.builder().store(store).scheduler(time).time(wall).random(new Random(++seed));
  }

  private static Change write(Replica replica, String document, String value) {
    return replica.document(document).transact(tx -> tx.register("r").set(value)).orElseThrow();
  }

  @Test
  void afterARestartStampsAreAboveThoseOfAllDocumentsThoughOnlyOneIsOpened() {
    InMemoryDisk disk = new InMemoryDisk();
    HybridTimestamp last = write(builder(InMemoryStore.open(disk), time).build(), "a", "x").time();

    Replica late = builder(InMemoryStore.open(disk.copy()), () -> START - 10 * MINUTE).build();

    assertAbove(last, write(late, "b", "y").time());
  }

  @Test
  void afterARestartStampsAreAboveThoseTakenInFromOthers() {
    Replica other = builder(InMemoryStore.empty(), () -> START + MINUTE).build();
    HybridTimestamp theirs = write(other, "a", "x").time();
    InMemoryDisk disk = new InMemoryDisk();
    Replica replica = builder(InMemoryStore.open(disk), time).build();
    replica
        .document("a")
        .apply(other.document("a").changesSince(replica.document("a").versionVector()));

    Replica late = builder(InMemoryStore.open(disk.copy()), () -> START - 10 * MINUTE).build();

    assertAbove(theirs, write(late, "b", "y").time());
  }

  private static void assertAbove(HybridTimestamp before, HybridTimestamp after) {
    assertTrue(after.isAfter(before), () -> after + " was issued after " + before);
  }

  @Test
  void listenersHearNothingOfATransactionThatTheStoreRefused() {
    FailingStore store = new FailingStore(InMemoryStore.empty());
    Replica replica = builder(store, time).build();
    List<Object> heard = new ArrayList<>();
    replica.document("a").listen(event -> heard.add(event.change()));

    store.full = true;
    assertThrows(PlaitException.class, () -> write(replica, "a", "lost"));
    store.full = false;
    Change kept = write(replica, "a", "kept");
    time.advance(MINUTE);

    assertEquals(List.of(kept.dot()), heard);
  }

  @Test
  void aStoreThatRefusesWhatAPeerSendsEndsTheLinkAndThePeerIsNotInSync() {
    FailingStore store = new FailingStore(InMemoryStore.empty());
    Replica full = builder(store, time).build();
    Replica other = builder(InMemoryStore.empty(), time).build();
    Connection here = full.accept(network.transport("full", "other"));
    Connection there = other.accept(network.transport("other", "full"));
    time.advance(MINUTE);
    assertTrue(here.isInSync());

    store.full = true;
    write(other, "a", "x");
    time.advance(MINUTE);

    assertFalse(there.isInSync());
    assertFalse(here.isOpen(), "a link goes on after the store refused what came");
    assertTrue(String.valueOf(here.failure()).contains("STORE_FULL"), here.failure());
  }
}
