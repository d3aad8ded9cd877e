package dev.plait.properties.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.change.Change;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.TimeSource;
import dev.plait.clock.VersionVector;
import dev.plait.document.Document;
import dev.plait.document.Transaction;
import dev.plait.replica.Replica;
import dev.plait.schedule.VirtualTime;
import dev.plait.store.ChangeStore;
import dev.plait.store.InMemoryStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a replica gets back from its store when it is opened again. Extend it in your tests for a
 * store that outlives its process.
 */
public abstract class ReplicaContract {
  private static final long START = 1_800_000_000_000L;
  private static final List<String> NAMES = List.of("böard 🎉", "notes/1", "notes/2");

  private final VirtualTime time = VirtualTime.startingAt(START);

  /** For those who extend it. */
  protected ReplicaContract() {}

  /**
   * Opens your store.
   *
   * @param place a file or a directory, as the store has it; if there is nothing, a new store is
   *     made. What it needs besides is beside it.
   */
  protected abstract ChangeStore open(Path place);

  private Replica open(ChangeStore store, TimeSource wall, int seed) {
    return Replica.builder()
        .store(store)
        .scheduler(time)
        .time(wall)
        .random(new Random(seed))
        .build();
  }

  private static void edit(Transaction tx, Random random) {
    int length = tx.text("body").length();
    switch (random.nextInt(6)) {
      case 0 -> tx.text("body").insert(random.nextInt(length + 1), "word ");
      case 1 -> {
        if (length > 0) {
          tx.text("body").delete(random.nextInt(length), 1);
        } else {
          tx.counter("n").increment();
        }
      }
      case 2 -> tx.set("tags").add("t" + random.nextInt(5));
      case 3 -> tx.set("tags").remove("t" + random.nextInt(5));
      case 4 -> tx.map("board").map("task" + random.nextInt(3)).put("k", random.nextLong());
      default -> tx.map("board").remove("task" + random.nextInt(3));
    }
  }

  @Test
  void reopenedReplicaEqualsTheOneThatStayedInMemory(@TempDir Path directory) {
    Path place = directory.resolve("replica");
    Replica memory = open(InMemoryStore.empty(), time, 1);
    Random random = new Random(5);
    for (int round = 0; round < 8; round++) {
      // Each round runs in a new process, as far as the store can tell.
      try (var store = open(place);
          var durable = open(store, time, 2)) {
        for (int i = 0; i < 40; i++) {
          String name = NAMES.get(random.nextInt(NAMES.size()));
          Document writer = (random.nextBoolean() ? memory : durable).document(name);
          writer.transact(tx -> edit(tx, random));
          if (random.nextInt(4) == 0) {
            exchange(memory.document(name), durable.document(name));
          }
          time.advance(random.nextInt(500));
        }
        NAMES.forEach(name -> exchange(memory.document(name), durable.document(name)));
      }
    }

    try (var store = open(place);
        var reopened = open(store, time, 3)) {
      assertEquals(NAMES, reopened.documents());
      for (String name : NAMES) {
        Document kept = reopened.document(name);
        assertEquals(memory.document(name).versionVector(), kept.versionVector());
        assertArrayEquals(memory.document(name).canonicalBytes(), kept.canonicalBytes());
        assertEquals(
            memory.document(name).changes(VersionVector.empty()).size(),
            kept.changes(VersionVector.empty()).size());
      }
    }
  }

  private static void exchange(Document one, Document other) {
    assertTrue(one.apply(other.changesSince(one.versionVector())).isComplete());
    assertTrue(other.apply(one.changesSince(other.versionVector())).isComplete());
  }

  @Test
  void clockNeverGoesBackWhenTheWallClockDid(@TempDir Path directory) {
    Path place = directory.resolve("replica");
    HybridTimestamp last;
    try (var store = open(place);
        var replica = open(store, time, 1)) {
      last =
          replica
              .document("d")
              .transact(tx -> tx.register("r").set("first"))
              .map(Change::time)
              .orElseThrow();
    }
    try (var store = open(place);
        var replica = open(store, () -> START - 86_400_000, 1)) {
      Change next =
          replica.document("d").transact(tx -> tx.register("r").set("second")).orElseThrow();
      assertTrue(next.time().isAfter(last));
      assertEquals(2, next.dot().counter());
    }
  }

  @Test
  void quarantineAndJoinedSnapshotAreThereAfterReopening(@TempDir Path directory) {
    Path place = directory.resolve("replica");
    Replica fast = open(InMemoryStore.empty(), () -> time.millis() + 3_600_000, 1);
    fast.document("d").transact(tx -> tx.text("body").insert(0, "early"));
    Replica other = open(InMemoryStore.empty(), time, 2);
    other.document("d").transact(tx -> tx.text("body").insert(0, "joined"));
    byte[] before;
    try (var store = open(place);
        var replica = open(store, time, 3)) {
      Document document = replica.document("d");
      document.transact(tx -> tx.text("body").insert(0, "own "));
      document.join(other.document("d").encodedSnapshot());
      document.apply(fast.document("d").changesSince(document.versionVector()));
      assertEquals(1, document.quarantinedCount());
      before = document.canonicalBytes();
    }

    try (var store = open(place);
        var replica = open(store, time, 3)) {
      Document document = replica.document("d");
      assertArrayEquals(before, document.canonicalBytes());
      assertEquals(1, document.quarantinedCount());
      time.advance(3_600_000);
      assertEquals(0, document.quarantinedCount());
      assertTrue(document.text("body").toString().contains("early"));
    }
  }
}
