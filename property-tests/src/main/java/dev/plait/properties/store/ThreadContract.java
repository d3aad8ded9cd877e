package dev.plait.properties.store;

import static dev.plait.properties.store.Refusals.assertFull;
import static dev.plait.properties.store.Refusals.assertUnstorable;
import static dev.plait.properties.store.StoreSamples.HIGH;
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
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.store.ChangeStore;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Many threads at one store: readers beside a writer, and committers that share a sync. */
interface ThreadContract extends StoreUnderTest {

  @Test
  default void aCommitNeitherWaitsForAReaderNorShowsInWhatItReads() {
    Chunk first = chunk("d", LOW, 1, 1);
    Chunk last = chunk("d", HIGH, 1, 1);
    try (ChangeStore store = opened()) {
      store.commit(appending(first, last));
      List<Chunk> read = new ArrayList<>();
      store.readChunks(
          "d",
          VersionVector.EMPTY,
          chunk -> {
            read.add(chunk);
            if (read.size() == 1) {
              CompletableFuture.runAsync(
                      () ->
                          store.commit(
                              StoreBatch.builder()
                                  .append(chunk("d", LOW, 2, 2))
                                  .snapshot(snapshot("d", new Dot(HIGH, 1)))
                                  .build()),
                      THREADS)
                  .join();
            }
          });
      assertEquals(List.of(first, last), read);
      assertEquals(List.of(first, chunk("d", LOW, 2, 2)), chunks(store, "d"));
    }
  }

  @Test
  default void readersSeeWholeBatchesWhileAWriterWrites() {
    int batches = 200;
    try (ChangeStore store = opened()) {
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 1; i <= batches; i++) {
                  store.commit(appending(chunk("d", LOW, i, i), chunk("d", HIGH, i, i)));
                }
              },
              THREADS);
      List<CompletableFuture<Integer>> readers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        readers.add(CompletableFuture.supplyAsync(() -> readUntilEnd(store, writer), THREADS));
      }
      writer.join();
      for (CompletableFuture<Integer> reader : readers) {
        assertEquals(2 * batches, reader.join());
      }
    }
  }

  @Test
  default void commitsOfManyThreadsAllArrive() {
    int threads = 4;
    int commits = 50;
    try (ChangeStore store = opened()) {
      List<CompletableFuture<Void>> writers = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        ReplicaId replica = ReplicaId.of(t, t);
        writers.add(
            CompletableFuture.runAsync(
                () -> {
                  for (int i = 1; i <= commits; i++) {
                    store.commit(
                        StoreBatch.builder()
                            .append(chunk("d", replica, i, i))
                            .clock(StoreSamples.time(i))
                            .build());
                  }
                },
                THREADS));
      }
      writers.forEach(CompletableFuture::join);
      assertEquals(threads * commits, chunks(store, "d").size());
      assertEquals(StoreSamples.time(commits), store.clock());
    }
  }

  @Test
  default void closingBesideReadersAndWritersLetsThemEndOrRefusesThem()
      throws InterruptedException {
    ChangeStore store = opened();
    store.commit(sampleBatch());
    CountDownLatch underWay = new CountDownLatch(2);
    CompletableFuture<Integer> reader =
        CompletableFuture.supplyAsync(
            () -> callsUntilClosed(underWay, i -> assertEquals(2, chunks(store, "d").size())),
            THREADS);
    CompletableFuture<Integer> writer =
        CompletableFuture.supplyAsync(
            () -> callsUntilClosed(underWay, i -> store.commit(appending(chunk("w", LOW, i, i)))),
            THREADS);
    underWay.await();
    store.close();
    assertTrue(reader.join() > 0);
    int committed = writer.join();
    try (ChangeStore again = opened()) {
      assertEquals(committed, chunks(again, "w").size());
    }
  }

  @Test
  default void ofConcurrentCommittersTheOneThatIsRefusedIsAlone() {
    int committers = 6;
    int rounds = 20;
    try (ChangeStore store = opened()) {
      List<CompletableFuture<Void>> running = new ArrayList<>();
      for (int c = 0; c < committers; c++) {
        ReplicaId replica = ReplicaId.of(c, c);
        boolean refused = c == 2;
        running.add(
            CompletableFuture.runAsync(
                () -> {
                  for (int i = 1; i <= rounds; i++) {
                    StoreBatch.Builder batch =
                        StoreBatch.builder().append(chunk("d", replica, i, i));
                    if (refused) {
                      batch.snapshot(snapshot("half \udc00"));
                      assertUnstorable(() -> store.commit(batch.build()));
                    } else {
                      store.commit(batch.build());
                      assertTrue(
                          chunks(store, "d").contains(chunk("d", replica, i, i)),
                          "what was committed is not read");
                    }
                  }
                },
                THREADS));
      }
      running.forEach(CompletableFuture::join);
      assertEquals((committers - 1) * rounds, chunks(store, "d").size());
      assertEquals(List.of("d"), store.documents(""));
    }
    try (ChangeStore store = opened()) {
      assertEquals((committers - 1) * rounds, chunks(store, "d").size());
    }
  }

  @Test
  default void ofConcurrentCommittersTheOneWithoutRoomIsAlone() {
    Optional<ChangeStore> limited = openWithRoomFor(4 << 20);
    Assumptions.assumeTrue(limited.isPresent(), "this store can't be limited");
    int committers = 6;
    int rounds = 10;
    try (ChangeStore store = limited.orElseThrow()) {
      List<CompletableFuture<Void>> running = new ArrayList<>();
      for (int c = 0; c < committers; c++) {
        ReplicaId replica = ReplicaId.of(c, c);
        boolean refused = c == 2;
        Chunk tooLarge = chunk("large", replica, 1, 1, noise(8 << 20));
        running.add(
            CompletableFuture.runAsync(
                () -> {
                  for (int i = 1; i <= rounds; i++) {
                    if (refused) {
                      assertFull(() -> store.commit(appending(tooLarge)));
                    } else {
                      store.commit(appending(chunk("d", replica, i, i)));
                    }
                  }
                },
                THREADS));
      }
      running.forEach(CompletableFuture::join);
      assertEquals((committers - 1) * rounds, chunks(store, "d").size());
      assertEquals(List.of("d"), store.documents(""));
      assertTrue(store.verify().isSound());
    }
  }

  /** Reads over and over, sure to read once after the writer has ended; gives the last count. */
  private static int readUntilEnd(ChangeStore store, CompletableFuture<Void> writer) {
    int before = 0;
    boolean ended;
    do {
      ended = writer.isDone();
      List<Chunk> read = chunks(store, "d");
      assertEquals(0, read.size() % 2, "half a batch was read");
      int half = read.size() / 2;
      for (int i = 0; i < half; i++) {
        assertEquals(i + 1, read.get(i).header().firstCounter());
        assertEquals(i + 1, read.get(half + i).header().firstCounter());
      }
      assertTrue(read.size() >= before, "a later reading has less");
      before = read.size();
    } while (!ended);
    return before;
  }

  /** A numbered call. */
  interface Call {
    void number(int i);
  }

  /** How often the call succeeded before the store was closed. */
  private static int callsUntilClosed(CountDownLatch underWay, Call call) {
    int succeeded = 0;
    boolean closed = false;
    while (!closed) {
      try {
        call.number(succeeded + 1);
        succeeded++;
        if (succeeded == 1) {
          underWay.countDown();
        }
      } catch (StoreException.Closed refused) {
        closed = true;
      }
    }
    return succeeded;
  }
}
