package dev.plait.store.encrypted;

import static dev.plait.store.encrypted.EncryptedSamples.HIGH;
import static dev.plait.store.encrypted.EncryptedSamples.LOW;
import static dev.plait.store.encrypted.EncryptedSamples.ONE;
import static dev.plait.store.encrypted.EncryptedSamples.ONLY_TWO;
import static dev.plait.store.encrypted.EncryptedSamples.TWO;
import static dev.plait.store.encrypted.EncryptedSamples.appending;
import static dev.plait.store.encrypted.EncryptedSamples.chunk;
import static dev.plait.store.encrypted.EncryptedSamples.chunks;
import static dev.plait.store.encrypted.EncryptedSamples.key;
import static dev.plait.store.encrypted.EncryptedSamples.records;
import static dev.plait.store.encrypted.EncryptedSamples.snapshot;
import static dev.plait.store.encrypted.EncryptedSamples.watched;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.store.ChangeStore;
import dev.plait.store.InMemoryDisk;
import dev.plait.store.InMemoryStore;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoreException;
import dev.plait.store.StoredSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Exchanging the key under a store. */
@Timeout(300) // seconds; only so that a deadlock ends
final class RotationTest {
  private final InMemoryDisk disk = new InMemoryDisk();

  private EncryptedStore open(KeyProvider keys) {
    return EncryptedStore.open(InMemoryStore.open(disk), keys);
  }

  @Test
  void afterwardsTheOldKeyIsNotNeeded() {
    Chunk appended = chunk("d", LOW, 1, 4, "appended");
    Chunk aside = chunk("d", LOW, 9, 9, "aside");
    StoredSnapshot snapshot = snapshot("e", "state", new Dot(LOW, 3));
    try (ChangeStore store = open(ONE)) {
      store.commit(
          StoreBatch.builder()
              .identity(LOW)
              .append(appended)
              .quarantine(aside)
              .suspect("d", new Dot(HIGH, 2))
              .snapshot(snapshot)
              .build());
    }
    try (EncryptedStore store = open(TWO)) {
      assertEquals(3, store.rotate());
      assertEquals(0, store.rotate());
    }
    try (ChangeStore store = open(ONLY_TWO)) {
      assertTrue(store.verify().isSound());
      assertEquals(LOW, store.identity());
      assertEquals(List.of(appended), chunks(store, "d"));
      assertEquals(List.of(aside), store.quarantined("d"));
      assertEquals(List.of(new Dot(HIGH, 2)), store.suspects("d"));
      assertEquals(snapshot, store.snapshot("e"));
    }
  }

  @Test
  void anOpenStoreTakesTheNewKeyWhenItRotates() {
    AtomicInteger current = new AtomicInteger(1);
    KeyProvider changing =
        new KeyProvider() {
          @Override
          public int current() {
            return current.get();
          }

          @Override
          public @Nullable SecretKey key(int id) {
            return EncryptedSamples.key(id);
          }
        };
    try (EncryptedStore store = open(changing)) {
      store.commit(appending(chunk("d", LOW, 1, 1, "a")));
      current.set(2);
      store.commit(appending(chunk("d", LOW, 2, 2, "b")));
      assertEquals(2, store.rotate());
      store.commit(appending(chunk("d", LOW, 3, 3, "c")));
    }
    try (ChangeStore store = open(ONLY_TWO)) {
      assertEquals(3, chunks(store, "d").size());
    }
  }

  @Test
  void aCrashBetweenBatchesLosesNothingAndTheNextRotationGoesOn() {
    int many = 2 * RotationStep.MOST_RECORDS + 10;
    List<Chunk> all = new ArrayList<>();
    StoreBatch.Builder batch = StoreBatch.builder();
    for (int i = 1; i <= many; i++) {
      Chunk chunk = chunk("d", LOW, i, i, "chunk " + i);
      all.add(chunk);
      batch.append(chunk);
    }
    try (ChangeStore store = open(ONE)) {
      store.commit(batch.build());
    }
    AtomicInteger commits = new AtomicInteger();
    ChangeStore crashing =
        watched(
            InMemoryStore.open(disk),
            written -> {
              assertTrue(records(written).size() <= RotationStep.MOST_RECORDS);
              if (commits.incrementAndGet() == 2) {
                throw new StoreException.InputOutput("power is gone", null);
              }
            });
    try (EncryptedStore store = EncryptedStore.open(crashing, TWO)) {
      assertThrows(StoreException.InputOutput.class, store::rotate);
    }
    try (EncryptedStore store = open(TWO)) {
      assertEquals(all, chunks(store, "d"));
      assertEquals(many - RotationStep.MOST_RECORDS, store.rotate());
      assertEquals(all, chunks(store, "d"));
    }
    try (ChangeStore store = open(ONLY_TWO)) {
      assertEquals(all, chunks(store, "d"));
    }
  }

  @Test
  void longRecordsAreSplitOverBatches() {
    String megabytes = "m".repeat((int) (RotationStep.MOST_BYTES / 2));
    try (ChangeStore store = open(ONE)) {
      for (int i = 1; i <= 3; i++) {
        store.commit(appending(chunk("d", LOW, i, i, megabytes)));
      }
    }
    List<Integer> sizes = new ArrayList<>();
    ChangeStore below =
        watched(InMemoryStore.open(disk), batch -> sizes.add(batch.rewritten().size()));
    try (EncryptedStore store = EncryptedStore.open(below, TWO)) {
      assertEquals(3, store.rotate());
    }
    assertEquals(List.of(1, 1, 1), sizes);
  }

  @Test
  void aChunkAndAnotherOfTheSameRangeInQuarantineBothStay() {
    Chunk appended = chunk("d", LOW, 5, 5, "what was applied");
    Chunk aside = chunk("d", LOW, 5, 5, "what somebody else made under that name");
    Chunk more = chunk("d", HIGH, 1, 1, "more");
    StoredSnapshot snapshot = snapshot("d", "state", new Dot(LOW, 4));
    try (ChangeStore store = open(ONE)) {
      store.commit(StoreBatch.builder().snapshot(snapshot).build());
      store.commit(
          StoreBatch.builder()
              .append(appended)
              .append(more)
              .quarantine(aside)
              .suspect("d", new Dot(HIGH, 2))
              .build());
    }
    try (EncryptedStore store = open(TWO)) {
      assertEquals(4, store.rotate());
      assertEquals(0, store.rotate());
    }
    try (ChangeStore store = open(ONLY_TWO)) {
      assertEquals(List.of(appended, more), chunks(store, "d"));
      assertEquals(List.of(aside), store.quarantined("d"));
      assertEquals(List.of(new Dot(HIGH, 2)), store.suspects("d"));
      assertEquals(snapshot, store.snapshot("d"));
    }
  }

  @Test
  void whatIsCommittedBesideARotationIsNotTakenBack() throws InterruptedException {
    try (ChangeStore store = open(ONE)) {
      store.commit(appending(chunk("d", LOW, 1, 1, "before")));
    }
    AtomicReference<Thread> committer = new AtomicReference<>();
    ChangeStore below =
        watched(
            InMemoryStore.open(disk),
            batch -> {
              Thread other = committer.get();
              if (!batch.rewritten().isEmpty() && other != null) {
                // The rotation has read and not yet written: now somebody else commits.
                other.start();
                while (other.getState() != Thread.State.WAITING
                    && other.getState() != Thread.State.TERMINATED) {
                  Thread.onSpinWait();
                }
              }
            });
    try (EncryptedStore store = EncryptedStore.open(below, TWO)) {
      Thread replacing =
          new Thread(
              () ->
                  store.commit(
                      StoreBatch.builder()
                          .forsake("d", new Dot(LOW, 1))
                          .append(chunk("d", LOW, 1, 1, "after"))
                          .build()));
      committer.set(replacing);
      assertEquals(1, store.rotate());
      replacing.join();
      assertEquals(List.of(chunk("d", LOW, 1, 1, "after")), chunks(store, "d"));
    }
  }

  @Test
  void readersWritersAndRotationsGoOnBesideEachOther() {
    int commits = 300;
    Map<Integer, SecretKey> keys = Map.of(1, key(1), 2, key(2), 3, key(3), 4, key(4), 5, key(5));
    AtomicInteger current = new AtomicInteger(1);
    KeyProvider changing =
        new KeyProvider() {
          @Override
          public int current() {
            return current.get();
          }

          @Override
          public @Nullable SecretKey key(int id) {
            return keys.get(id);
          }
        };
    try (EncryptedStore store = open(changing)) {
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 1; i <= commits; i++) {
                  store.commit(appending(chunk("d" + i % 3, LOW, i, i, "chunk " + i)));
                }
              },
              task -> new Thread(task).start());
      for (int id = 2; id <= 5; id++) {
        current.set(id);
        store.rotate();
        for (int d = 0; d < 3; d++) {
          assertFalse(chunks(store, "d" + d).size() > commits);
        }
      }
      writer.join();
    }
    try (ChangeStore store = open(KeyProvider.of(5, key(5)))) {
      assertTrue(store.verify().isSound());
      assertEquals(commits, IntStream.range(0, 3).map(d -> chunks(store, "d" + d).size()).sum());
    }
  }

  @Test
  void aRecordWhoseKeyIsMissingEndsTheRotation() {
    try (ChangeStore store = open(ONE)) {
      store.commit(appending(chunk("z", LOW, 1, 1, "x")));
    }
    try (ChangeStore store = open(TWO)) {
      store.commit(appending(chunk("a", LOW, 1, 1, "x")));
    }
    try (EncryptedStore store = open(ONLY_TWO)) {
      assertThrows(StoreException.WrongKey.class, store::rotate);
    }
    try (EncryptedStore store = open(TWO)) {
      assertEquals(1, store.rotate());
    }
  }
}
