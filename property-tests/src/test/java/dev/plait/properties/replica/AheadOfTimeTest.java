package dev.plait.properties.replica;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.VersionVector;
import dev.plait.document.Document;
import dev.plait.document.DocumentException;
import dev.plait.replica.Connection;
import dev.plait.replica.Replica;
import dev.plait.replica.ReplicaBuilder;
import dev.plait.schedule.VirtualTime;
import dev.plait.store.ChangeStore;
import dev.plait.store.InMemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What becomes of things whose time has not come, when something else goes wrong as well. */
final class AheadOfTimeTest {
  private static final long MINUTE = 60_000;

  private final VirtualTime time = VirtualTime.startingAt(1_800_000_000_000L);
  private int seed;

  private ReplicaBuilder builder(ChangeStore store) {
    return Replica.builder().store(store).scheduler(time).time(time).random(new Random(++seed));
  }

  private Replica aheadBy(long millis) {
    return builder(InMemoryStore.empty()).time(() -> time.millis() + millis).build();
  }

  private static byte[] written(Replica replica, String document) {
    replica.document(document).transact(tx -> tx.set("tags").add("x"));
    return replica.document(document).changesSince(VersionVector.empty());
  }

  @Test
  void whatIsDueWhileTheDiskIsFullIsAppliedOnceThereIsRoom() {
    FailingStore store = new FailingStore(InMemoryStore.empty());
    Replica replica = builder(store).build();
    Document document = replica.document("note");
    document.apply(written(aheadBy(10 * MINUTE), "note"));
    assertEquals(1, document.quarantinedCount());
    List<Throwable> reported = new ArrayList<>();
    Thread.UncaughtExceptionHandler before = Thread.currentThread().getUncaughtExceptionHandler();
    Thread.currentThread().setUncaughtExceptionHandler((any, thrown) -> reported.add(thrown));
    try {
      store.full = true;
      time.advance(10 * MINUTE);
      assertFalse(document.set("tags").contains("x"));
      assertTrue(reported.size() >= 2 && reported.size() <= 12, reported::toString);
      store.full = false;
      time.advance(2 * MINUTE);
    } finally {
      Thread.currentThread().setUncaughtExceptionHandler(before);
    }
    assertEquals(0, document.quarantinedCount());
    assertTrue(document.set("tags").contains("x"));
    replica.close();
  }

  @Test
  void aStateThatIsAheadDoesNotHinderOtherDocumentsAndIsTakenInTime() {
    Replica server = builder(InMemoryStore.empty()).build();
    Replica ahead = aheadBy(60 * MINUTE);
    written(ahead, "ahead");
    assertTrue(ahead.compact("ahead").done());
    Connection connection = ahead.connect(new Lines(time, server::accept));
    time.advance(MINUTE);
    written(server, "other");
    time.advance(10 * MINUTE);

    assertTrue(connection.isConnected());
    assertFalse(connection.isInSync());
    assertTrue(ahead.document("other").set("tags").contains("x"));
    assertEquals(VersionVector.empty(), server.document("ahead").versionVector());
    long refused = server.statistics().rejected().getOrDefault(DocumentException.STAMP_AHEAD, 0L);
    assertTrue(refused > 0 && refused < 60, () -> refused + " times");

    time.advance(60 * MINUTE);
    assertTrue(connection.isInSync());
    assertArrayEquals(
        ahead.document("ahead").canonicalBytes(), server.document("ahead").canonicalBytes());
  }
}
