package dev.plait.properties.store;

import static dev.plait.properties.store.StoreSamples.HIGH;
import static dev.plait.properties.store.StoreSamples.LOW;
import static dev.plait.properties.store.StoreSamples.appending;
import static dev.plait.properties.store.StoreSamples.chunk;
import static dev.plait.properties.store.StoreSamples.chunks;
import static dev.plait.properties.store.StoreSamples.snapshot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.properties.store.StoreSamples.Contents;
import dev.plait.store.ChangeStore;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Opening, closing and threads: the part of {@link ChangeStoreContract} about whole stores. */
@Timeout(300) // seconds; only so that a deadlock ends
public abstract class ChangeStoreLifecycleContract {

  // Not the common pool: tasks that wait for each other need a thread each.
  private static final Executor THREADS = task -> new Thread(task).start();

  /** For those who extend it. */
  protected ChangeStoreLifecycleContract() {}

  /**
   * Opens the store of the running test: the same place with each call of one test, a new and empty
   * one for each test. It is closed before it is opened again, but where a test says otherwise.
   */
  protected abstract ChangeStore open();

  /** A batch with something of every kind. */
  static StoreBatch sampleBatch() {
    return StoreBatch.builder()
        .identity(LOW)
        .clock(HybridTimestamp.MIN_VALID)
        .append(chunk("d", LOW, 1, 4))
        .append(chunk("d", LOW, 5, 6))
        .append(chunk("d", HIGH, 1, 1))
        .append(chunk("e", HIGH, 1, 1))
        .quarantine(chunk("d", LOW, 7, 7))
        .quarantine(chunk("f", LOW, 7, 7))
        .snapshot(snapshot("d", new Dot(LOW, 4)))
        .build();
  }

  @Test
  void reopenedItHoldsTheSame() {
    Contents before;
    try (ChangeStore store = open()) {
      store.commit(sampleBatch());
      store.commit(StoreBatch.builder().release("f", new Dot(LOW, 7)).build());
      store.commit(appending(chunk("g", LOW, 1, 1)));
      before = Contents.of(store);
    }
    assertEquals(List.of("d", "e", "g"), before.documents().stream().map(d -> d.name()).toList());
    try (ChangeStore store = open()) {
      assertEquals(before, Contents.of(store));
    }
  }

  @Test
  void aClosedStoreRefusesEveryCallButClose() {
    ChangeStore store = open();
    store.commit(sampleBatch());
    store.close();
    assertClosed(store::identity);
    assertClosed(store::clock);
    assertClosed(store::durability);
    assertClosed(() -> store.commit(sampleBatch()));
    assertClosed(() -> chunks(store, "d"));
    assertClosed(() -> store.snapshot("d"));
    assertClosed(() -> store.quarantined("d"));
    assertClosed(() -> store.documents(""));
    store.close();
  }

  @Test
  void aSecondOpenIsRefusedUntilTheFirstIsClosed() {
    try (ChangeStore first = open()) {
      first.commit(appending(chunk("d", LOW, 1, 1)));
      for (int attempt = 0; attempt < 3; attempt++) {
        StoreException refused = assertThrows(StoreException.Locked.class, this::open);
        assertEquals(StoreException.STORE_LOCKED, refused.code());
      }
      first.commit(appending(chunk("d", LOW, 2, 2)));
    }
    try (ChangeStore second = open()) {
      assertEquals(2, chunks(second, "d").size());
    }
  }

  @Test
  void closingTheStoreBeforeDoesNotCloseTheOneAfter() {
    ChangeStore before = open();
    before.close();
    try (ChangeStore after = open()) {
      before.close();
      after.commit(appending(chunk("d", LOW, 1, 1)));
      assertThrows(StoreException.Locked.class, this::open);
    }
  }

  @Test
  void whatAConsumerThrowsComesThroughAndTheStoreGoesOn() {
    IllegalStateException thrown = new IllegalStateException("the consumer's own");
    try (ChangeStore store = open()) {
      store.commit(appending(chunk("d", LOW, 1, 1), chunk("d", LOW, 2, 2)));
      IllegalStateException seen =
          assertThrows(
              IllegalStateException.class,
              () ->
                  store.readChunks(
                      "d",
                      VersionVector.EMPTY,
                      chunk -> {
                        throw thrown;
                      }));
      assertSame(thrown, seen);
      store.commit(appending(chunk("d", LOW, 3, 3)));
      assertEquals(3, chunks(store, "d").size());
    }
  }

  @Test
  void aCommitNeitherWaitsForAReaderNorShowsInWhatItReads() {
    Chunk first = chunk("d", LOW, 1, 1);
    Chunk last = chunk("d", HIGH, 1, 1);
    try (ChangeStore store = open()) {
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
  void readersSeeWholeBatchesWhileAWriterWrites() {
    int batches = 200;
    try (ChangeStore store = open()) {
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

  @Test
  void commitsOfManyThreadsAllArrive() {
    int threads = 4;
    int commits = 50;
    try (ChangeStore store = open()) {
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
  void closingBesideReadersAndWritersLetsThemEndOrRefusesThem() throws InterruptedException {
    ChangeStore store = open();
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
    try (ChangeStore again = open()) {
      assertEquals(committed, chunks(again, "w").size());
    }
  }

  private interface Call {
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

  private static void assertClosed(Runnable call) {
    assertEquals(
        StoreException.STORE_CLOSED, assertThrows(StoreException.Closed.class, call::run).code());
  }
}
