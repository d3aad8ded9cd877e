package dev.plait.properties.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.document.Document;
import dev.plait.replica.Connection;
import dev.plait.replica.Replica;
import dev.plait.schedule.VirtualTime;
import dev.plait.store.InMemoryDisk;
import dev.plait.store.InMemoryStore;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class UnloadedDocumentsTest {
  private static final long MINUTE = 60_000;
  private static final int DOCUMENTS = 20;

  private final VirtualTime time = VirtualTime.startingAt(1_800_000_000_000L);
  private int seed;

  private Replica replica(InMemoryDisk disk, long clockAheadMillis) {
    return Replica.builder()
        .store(InMemoryStore.open(disk))
        .scheduler(time)
        .time(() -> time.millis() + clockAheadMillis)
        .idleMillis(60 * MINUTE)
        .random(new Random(++seed))
        .build();
  }

  private static Document document(Replica replica, int number) {
    return replica.document("d" + number);
  }

  @Test
  void replicasThatHoldTheSameFindOutWithoutLoadingAnyDocument() {
    InMemoryDisk ones = new InMemoryDisk();
    InMemoryDisk others = new InMemoryDisk();
    Replica one = replica(ones, 0);
    Replica other = replica(others, 0);
    // A change from the future is kept aside: it is held all the same.
    Replica future = replica(new InMemoryDisk(), 60 * MINUTE);
    for (int i = 0; i < DOCUMENTS; i++) {
      int number = i;
      document(one, i).transact(tx -> tx.text("body").append("text " + number));
      document(future, i).transact(tx -> tx.text("body").append("later"));
      document(one, i).apply(document(future, i).changesSince(one.document("x").versionVector()));
    }
    other.document("d0").join(one.document("d0").encodedSnapshot());
    one.connect(new Lines(time, other::accept));
    time.advance(MINUTE);
    assertTrue(one.isInSync());
    one.close();
    other.close();

    Replica oneAgain = replica(ones.copy(), 0);
    Replica otherAgain = replica(others.copy(), 0);
    Connection connection = oneAgain.connect(new Lines(time, otherAgain::accept));
    time.advance(MINUTE);

    assertTrue(connection.isInSync());
    assertEquals(DOCUMENTS, connection.status().documents().size());
    for (int i = 0; i < DOCUMENTS; i++) {
      assertFalse(document(oneAgain, i).isLoaded());
      assertFalse(document(otherAgain, i).isLoaded());
      assertEquals(
          document(oneAgain, i).heldVersion(),
          connection.status().documents().get(indexOf(connection, "d" + i)).version());
    }
  }

  private static int indexOf(Connection connection, String name) {
    var all = connection.status().documents();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).document().equals(name)) {
        return i;
      }
    }
    throw new AssertionError("no document " + name);
  }

  @Test
  void documentThatWasLetGoAndChangedIsSyncedAsItIsNow() {
    Replica one = replica(new InMemoryDisk(), 0);
    Replica other = replica(new InMemoryDisk(), 0);
    document(one, 1).transact(tx -> tx.text("body").append("a"));
    one.connect(new Lines(time, other::accept));
    time.advance(MINUTE);
    for (int i = 0; i < 5; i++) {
      document(one, 1).unload();
      document(other, 1).unload();
      document(i % 2 == 0 ? one : other, 1).transact(tx -> tx.text("body").append("b"));
      document(one, 1).unload();
      time.advance(MINUTE);
      assertTrue(one.isInSync());
    }

    assertEquals("abbbbb", document(other, 1).text("body").toString());
  }
}
