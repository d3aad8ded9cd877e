package dev.plait.properties.store;

import static dev.plait.properties.store.StoreSamples.LOW;
import static dev.plait.properties.store.StoreSamples.THREADS;
import static dev.plait.properties.store.StoreSamples.appending;
import static dev.plait.properties.store.StoreSamples.chunk;
import static dev.plait.properties.store.StoreSamples.chunks;
import static dev.plait.properties.store.StoreSamples.noise;
import static dev.plait.properties.store.StoreSamples.sampleBatch;
import static dev.plait.properties.store.StoreSamples.snapshot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.store.ChangeStore;
import dev.plait.store.DocumentSize;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoreCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Reading everything to verify it, and giving room back. */
interface UpkeepContract extends StoreUnderTest {

  @Test
  default void anEmptyStoreIsSound() {
    try (ChangeStore store = opened()) {
      StoreCheck check = store.verify();
      assertEquals(List.of(), check.damages());
      assertEquals(0, check.documents());
    }
  }

  @Test
  default void aSoundStoreIsSoundAndAllOfItIsRead() {
    try (ChangeStore store = opened()) {
      store.commit(sampleBatch());
      for (String name : List.of("x", "y")) {
        store.commit(StoreSamples.everythingOf(name));
      }
      for (int opening = 0; opening < 2; opening++) {
        Contents contents = Contents.of(store);
        StoreCheck check = store.verify();
        assertEquals(List.of(), check.damages());
        assertTrue(check.isSound());
        assertEquals(contents.documents().size(), check.documents());
        assertTrue(check.records() >= contents.records(), check::toString);
        DocumentSize total = store.size().total();
        long bytes = total.chunkBytes() + total.quarantinedBytes() + total.snapshotBytes();
        assertTrue(check.bytes() >= bytes, check::toString);
        assertEquals(contents, Contents.of(store), "verifying changed something");
      }
    }
    try (ChangeStore store = opened()) {
      assertTrue(store.verify().isSound());
    }
  }

  @Test
  default void reclaimingKeepsEverything() {
    Contents before;
    try (ChangeStore store = opened()) {
      store.reclaim();
      store.commit(sampleBatch());
      for (int i = 1; i <= 50; i++) {
        store.commit(appending(chunk("much", LOW, i, i, noise(10_000))));
      }
      store.commit(StoreBatch.builder().snapshot(snapshot("much", new Dot(LOW, 40))).build());
      before = Contents.of(store);
      store.reclaim();
      assertEquals(before, Contents.of(store));
      before.assertSizesOf(store, this);
      assertTrue(store.verify().isSound());
      store.commit(appending(chunk("after", LOW, 1, 1)));
      store.reclaim();
      store.commit(StoreBatch.builder().delete("after").build());
    }
    try (ChangeStore store = opened()) {
      assertEquals(before, Contents.of(store));
      assertTrue(store.verify().isSound());
    }
  }

  @Test
  default void reclaimingGivesTheRoomOfWhatWasDeletedBack() {
    try (ChangeStore store = opened()) {
      store.commit(appending(chunk("kept", LOW, 1, 1)));
      for (int i = 1; i <= 8; i++) {
        store.commit(appending(chunk("d", LOW, i, i, noise(1 << 20))));
      }
      long large = store.size().storedBytes();
      store.commit(StoreBatch.builder().delete("d").build());
      store.reclaim();
      long small = store.size().storedBytes();
      assertTrue(small < large / 4, () -> "of " + large + " bytes " + small + " are left");
      assertEquals(1, chunks(store, "kept").size());
    }
  }

  @Test
  default void readersAndCommitsGoOnWhileRoomIsGivenBack() {
    List<Chunk> fixed = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      fixed.add(chunk("fixed", LOW, i, i, noise(5_000)));
    }
    int rounds = 20;
    try (ChangeStore store = opened()) {
      store.commit(appending(fixed.toArray(new Chunk[0])));
      AtomicBoolean ended = new AtomicBoolean();
      CompletableFuture<Integer> reader =
          CompletableFuture.supplyAsync(
              () -> {
                int readings = 0;
                do {
                  assertEquals(fixed, chunks(store, "fixed"));
                  readings++;
                } while (!ended.get());
                return readings;
              },
              THREADS);
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 1; i <= rounds; i++) {
                  store.commit(appending(chunk("written", LOW, i, i, noise(50_000))));
                  store.commit(StoreBatch.builder().delete("gone").build());
                  store.commit(appending(chunk("gone", LOW, i, i, noise(50_000))));
                }
              },
              THREADS);
      try {
        for (int i = 0; i < rounds; i++) {
          store.reclaim();
        }
        writer.join();
      } finally {
        ended.set(true);
      }
      assertTrue(reader.join() > 0);
      store.reclaim();
      assertEquals(rounds, chunks(store, "written").size());
      assertEquals(1, chunks(store, "gone").size());
      assertEquals(List.of(), store.verify().damages());
    }
    try (ChangeStore store = opened()) {
      assertEquals(rounds, chunks(store, "written").size());
      assertEquals(fixed, chunks(store, "fixed"));
    }
  }

  @Test
  default void commitsGoOnWhileEverythingIsVerified() {
    int commits = 50;
    try (ChangeStore store = opened()) {
      store.commit(sampleBatch());
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 1; i <= commits; i++) {
                  store.commit(
                      StoreBatch.builder()
                          .delete("w" + (i - 1))
                          .append(chunk("w" + i, LOW, i, i))
                          .append(chunk("all", LOW, i, i))
                          .build());
                }
              },
              THREADS);
      boolean ended;
      do {
        ended = writer.isDone();
        assertEquals(List.of(), store.verify().damages());
      } while (!ended);
      writer.join();
      assertEquals(commits, chunks(store, "all").size());
    }
  }
}
