package dev.plait.properties.store.crash;

import dev.plait.clock.VersionVector;
import dev.plait.store.ChangeStore;
import dev.plait.store.StoreException;
import dev.plait.store.StoredSnapshot;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;

/**
 * Opens a store, reads, writes and asks in threads of their own, and closes it meanwhile; over and
 * over. Says {@link #DONE} when each call ended well or was refused as STORE_CLOSED, and dies of
 * what did not.
 */
final class RaceProcess {

  static final String DONE = "DONE";

  private static final int CALLERS = 3;
  private static final int MOST_SPIN = 1_000_000; // nanoseconds

  private final StoreFactory stores;
  private final Path place;
  private final Script script;
  private final SplittableRandom random;
  private long calls;

  private RaceProcess(StoreFactory stores, Path place, long seed) {
    this.stores = stores;
    this.place = place;
    this.script = new Script(seed, 0);
    this.random = new SplittableRandom(seed);
  }

  /** Arguments: the factory's name, the place, the seed, how many races. */
  public static void main(String[] arguments) throws Exception {
    RaceProcess races =
        new RaceProcess(
            ChildJvm.factory(arguments[0]), Path.of(arguments[1]), Long.parseLong(arguments[2]));
    ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
    try {
      races.run(Integer.parseInt(arguments[3]), threads);
    } finally {
      threads.shutdown();
    }
    ChildJvm.say(DONE);
  }

  private void run(int count, ExecutorService threads)
      throws InterruptedException, BrokenBarrierException {
    long held = 0;
    for (int race = 0; race < count; race++) {
      held = race(held, threads);
    }
    try (ChangeStore store = stores.open(place)) {
      Optional<Answers.Difference> difference =
          Answers.of(store, held).differenceTo(Answers.of(script, held));
      check(difference.isEmpty() && store.verify().isSound(), difference);
    }
    ChildJvm.say("  " + count + " races, " + calls + " calls ended well, " + held + " commits");
  }

  /** One race; how many batches are acknowledged after it. */
  private long race(long held, ExecutorService threads)
      throws InterruptedException, BrokenBarrierException {
    ChangeStore store = stores.open(place);
    check(Script.batches(store) == held, held + " batches were acknowledged");
    CyclicBarrier start = new CyclicBarrier(CALLERS + 1);
    CompletableFuture<Long> reader = call(start, threads, n -> read(store, n));
    CompletableFuture<Long> asker = call(start, threads, n -> ask(store, n));
    CompletableFuture<Long> writer =
        call(start, threads, n -> store.commit(script.batch(held + n)));
    start.await();
    spin(random.nextInt(MOST_SPIN));
    store.close();
    calls += reader.join() + asker.join() + writer.join();
    return held + writer.join();
  }

  /** Calls over and over until the store is closed; how often it went well. */
  private static CompletableFuture<Long> call(
      CyclicBarrier start, ExecutorService threads, LongConsumer call) {
    return CompletableFuture.supplyAsync(
        () -> {
          await(start);
          long well = 0;
          boolean closed = false;
          while (!closed) {
            try {
              call.accept(well + 1);
              well++;
            } catch (StoreException.Closed refusal) {
              closed = true;
            }
          }
          return well;
        },
        threads);
  }

  private static void await(CyclicBarrier start) {
    try {
      start.await();
    } catch (InterruptedException | BrokenBarrierException ended) {
      throw new IllegalStateException(ended);
    }
  }

  private static void read(ChangeStore store, long n) {
    String document = Script.DOCUMENTS.get((int) (n % Script.DOCUMENTS.size()));
    store.readChunks(
        document,
        VersionVector.EMPTY,
        chunk -> check(chunk.header().document().equals(document), chunk));
  }

  private static void ask(ChangeStore store, long n) {
    String document = Script.DOCUMENTS.get((int) (n % Script.DOCUMENTS.size()));
    switch ((int) (n % 8)) {
      case 0 -> check(store.quarantined(document).size() <= Script.batches(store), document);
      case 1 -> check(store.suspects(document).size() <= Script.batches(store), document);
      case 2 -> check(store.documents("").size() <= Script.DOCUMENTS.size(), "documents");
      case 3 -> check(store.size().storedBytes() > 0, "size");
      case 4 -> check(store.verify().isSound(), "verify");
      case 5 -> check(!store.isCopy(), "copy");
      case 6 -> check(store.size(document).chunks() >= 0, document);
      default -> {
        StoredSnapshot snapshot = store.snapshot(document);
        check(snapshot == null || snapshot.document().equals(document), document);
      }
    }
  }

  private static void spin(long nanoseconds) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < nanoseconds) {
      Thread.onSpinWait();
    }
  }

  private static void check(boolean right, Object what) {
    if (!right) {
      throw new AssertionError(what);
    }
  }
}
