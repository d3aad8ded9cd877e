package dev.plait.properties.replica;

import dev.plait.store.ChangeStore;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a replica that eight threads use at once keeps when it is closed in the middle of it, or its
 * store is. Extend it in your tests for a store that can be opened again.
 *
 * <p>In each round the threads write, read, listen, compact, forget, connect, show themselves and
 * ask for figures, over a real link to a peer that writes as well. Somewhere among their steps the
 * replica is closed: by one of them, by two, or by a listener; or the store is closed underneath
 * it. Then every call must have ended or been refused with a typed exception, every thread must
 * have ended, and what was acknowledged must be there, whole and once, for listeners, for a replica
 * opened again on the same place, and for the peer after they have met again.
 *
 * <p>A failure names the round's seed, which decides what each thread does, though not how the
 * steps interleave; a thread that does not end shows what all threads were doing. The rounds take
 * the default uncaught exception handler, so they do not run beside other tests. With the system
 * property {@code plait.long} there are ten times as many.
 */
public abstract class ReplicaThreadsContract {
  private final int rounds;

  /**
   * For those who extend it.
   *
   * @param rounds how many rounds of each kind; one takes about 50 ms on a store in memory
   */
  protected ReplicaThreadsContract(int rounds) {
    this.rounds = Boolean.getBoolean("plait.long") ? 10 * rounds : rounds;
  }

  /**
   * Opens your store.
   *
   * @param place a file or a directory, as the store has it; if there is nothing, a new store is
   *     made. What it needs besides is beside it.
   */
  protected abstract ChangeStore open(Path place);

  @Test
  final void acknowledgedChangesAreKeptWhenItIsClosedAmongEightThreads(@TempDir Path directory) {
    run(directory, Ending.BY_ONE, Ending.BY_TWO, Ending.BY_LISTENER);
  }

  @Test
  final void acknowledgedChangesAreKeptWhenTheStoreIsClosedUnderneath(@TempDir Path directory) {
    run(directory, Ending.STORE_FIRST);
  }

  private void run(Path directory, Ending... endings) {
    Executor network = network();
    Map<Ending, Integer> acknowledged = new EnumMap<>(Ending.class);
    for (int seed = 0; seed < rounds; seed++) {
      Ending ending = endings[seed % endings.length];
      Path place = directory.resolve(ending + "-" + seed);
      Round round = new Round(() -> open(place), network, ending, seed);
      acknowledged.merge(ending, round.run(), Integer::sum);
    }
    System.out.println(
        getClass().getSimpleName() + ": " + rounds + " rounds, acknowledged " + acknowledged);
  }

  /** As many threads as are needed; each ends by itself when it has nothing to carry. */
  private static Executor network() {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        1,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        work -> {
          Thread thread = new Thread(work, "network");
          thread.setDaemon(true);
          return thread;
        });
  }
}
