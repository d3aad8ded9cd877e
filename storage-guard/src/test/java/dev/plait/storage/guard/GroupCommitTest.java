package dev.plait.storage.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.VersionVector;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoreException;
import dev.plait.store.StoredSnapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120) // seconds; only so that a lost wakeup ends the test
class GroupCommitTest {

  @Test
  void aLoneBatchIsWrittenByItself() {
    List<List<Integer>> written = new ArrayList<>();
    GroupCommit commits = new GroupCommit(batches -> written.add(numbers(batches)));
    commits.commit(batch(1));
    commits.commit(batch(2));
    assertEquals(List.of(List.of(1), List.of(2)), written);
  }

  @Test
  void whoComesWhileAnotherWritesIsWrittenWithAllWhoDid() throws Exception {
    Gate gate = new Gate();
    gate.queueBehindTheFirst(range(1, 10));
    gate.open();
    assertEquals(List.of(List.of(0), range(1, 10)), gate.written);
    assertEquals(Map.of(), gate.failures);
  }

  @Test
  void aGroupIsBoundedByNumber() throws Exception {
    Gate gate = new Gate();
    gate.queueBehindTheFirst(range(1, 300));
    gate.open();
    assertEquals(List.of(List.of(0), range(1, 256), range(257, 300)), gate.written);
  }

  @Test
  void aGroupIsBoundedByBytesAndALargeBatchGoesByItself() throws Exception {
    Gate gate = new Gate();
    gate.sizes.putAll(Map.of(1, 3 << 20, 2, 3 << 20, 3, 3 << 20, 4, 9 << 20, 5, 1));
    gate.queueBehindTheFirst(range(1, 5));
    gate.open();
    assertEquals(
        List.of(List.of(0), List.of(1, 2), List.of(3), List.of(4), List.of(5)), gate.written);
  }

  @Test
  void aBadBatchFailsAloneAndTheOthersKeepTheirOrder() throws Exception {
    Gate gate = new Gate();
    gate.bad.put(3, new StoreException.Unstorable("3 is bad", null));
    gate.bad.put(5, new IllegalStateException("5 is bad"));
    gate.queueBehindTheFirst(range(1, 6));
    gate.open();
    assertEquals(List.of(List.of(0), List.of(1), List.of(2), List.of(4), List.of(6)), gate.written);
    assertEquals(gate.bad, gate.failures);
  }

  @Test
  void whatConcernsTheStoreFailsAllThatWereWrittenTogether() throws Exception {
    for (StoreException failure :
        List.of(
            new StoreException.InputOutput("the disk is gone", null),
            new StoreException.Busy("another program writes", null),
            new StoreException.Closed("closed", null))) {
      Gate gate = new Gate();
      gate.bad.put(2, failure);
      gate.queueBehindTheFirst(range(1, 4));
      gate.open();
      assertEquals(List.of(List.of(0)), gate.written);
      assertEquals(Map.of(1, failure, 2, failure, 3, failure, 4, failure), gate.failures);
      assertEquals(2, gate.calls);
    }
  }

  @Test
  void aDiskThatFailsAmongSingleBatchesFailsTheRest() throws Exception {
    StoreException disk = new StoreException.InputOutput("the disk is gone", null);
    StoreException bad = new StoreException.Unstorable("2 is bad", null);
    Gate gate = new Gate();
    gate.bad.put(2, bad);
    gate.bad.put(4, disk);
    gate.queueBehindTheFirst(range(1, 6));
    gate.open();
    assertEquals(List.of(List.of(0), List.of(1), List.of(3)), gate.written);
    assertEquals(Map.of(2, bad, 4, disk, 5, disk, 6, disk), gate.failures);
  }

  @Test
  void anErrorReachesItsThreadAndTellsTheOthersThatNobodyKnows() throws Exception {
    AssertionError error = new AssertionError("no memory");
    Gate gate = new Gate();
    gate.bad.put(2, error);
    gate.queueBehindTheFirst(range(1, 3));
    gate.open();
    assertEquals(List.of(List.of(0)), gate.written);
    assertEquals(3, gate.failures.size());
    assertEquals(1, gate.failures.values().stream().filter(thrown -> thrown == error).count());
    for (Throwable thrown : gate.failures.values()) {
      assertSame(error, thrown == error ? thrown : thrown.getCause());
      assertTrue(thrown == error || thrown instanceof StoreException.InputOutput);
    }
    gate.bad.clear();
    gate.commits.commit(batch(4));
    assertEquals(List.of(List.of(0), List.of(4)), gate.written);
  }

  @Test
  void anInterruptedThreadWaitsAndStaysInterrupted() throws Exception {
    Gate gate = new Gate();
    gate.queueBehindTheFirst(range(1, 3));
    gate.threads.forEach(Thread::interrupt);
    gate.open();
    assertEquals(List.of(List.of(0), range(1, 3)), gate.written);
    assertEquals(4, gate.interrupted.size());
  }

  @Test
  void everyBatchOfManyThreadsIsWrittenOnceOrFails() throws Exception {
    int threads = 8;
    int each = 2000;
    List<Integer> stored = new ArrayList<>();
    AtomicBoolean inside = new AtomicBoolean();
    SplittableRandom random = new SplittableRandom(5);
    GroupCommit commits =
        new GroupCommit(
            batches -> {
              assertTrue(inside.compareAndSet(false, true), "two are writing");
              try {
                if (numbers(batches).stream().anyMatch(number -> number % 7 == 0)) {
                  throw new StoreException.Unstorable("sevens are bad", null);
                }
                if (random.nextInt(10) == 0) {
                  throw new StoreException.InputOutput("the disk is out of order", null);
                }
                stored.addAll(numbers(batches));
              } finally {
                inside.set(false);
              }
            });
    List<Integer> acknowledged = Collections.synchronizedList(new ArrayList<>());
    List<Throwable> wrong = Collections.synchronizedList(new ArrayList<>());
    runAll(
        IntStream.range(0, threads)
            .mapToObj(
                thread ->
                    thread(
                        () -> {
                          for (int i = 0; i < each; i++) {
                            int number = thread * each + i;
                            @Nullable Throwable failure = failureOf(commits, number);
                            if (failure == null) {
                              acknowledged.add(number);
                            } else if (!(failure instanceof StoreException.InputOutput)
                                && number % 7 != 0) {
                              wrong.add(failure);
                            }
                          }
                        }))
            .toList());
    assertEquals(List.of(), wrong);
    assertEquals(stored.stream().sorted().toList(), acknowledged.stream().sorted().toList());
    assertTrue(stored.size() > threads * each / 10, () -> stored.size() + " were written");
    for (int thread = 0; thread < threads; thread++) {
      int from = thread * each;
      List<Integer> own =
          stored.stream().filter(number -> number >= from && number < from + each).toList();
      assertEquals(own.stream().sorted().toList(), own, "a thread's commits keep their order");
    }
  }

  @Test
  void theFailureIsTheWriters() {
    StoreException full = new StoreException.Full("no room", null);
    GroupCommit commits =
        new GroupCommit(
            batches -> {
              throw full;
            });
    assertSame(full, assertThrows(StoreException.Full.class, () -> commits.commit(batch(1))));
    assertInstanceOf(StoreException.Full.class, failureOf(commits, 2));
  }

  /** A writer that holds the first batch, 0, until it is told to go on. */
  private static final class Gate {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private final List<List<Integer>> written = new ArrayList<>();
    private final Map<Integer, Integer> sizes = new HashMap<>();
    private final Map<Integer, Throwable> bad = new HashMap<>();
    private final Map<Integer, Throwable> failures = Collections.synchronizedMap(new HashMap<>());
    private final List<Integer> interrupted = Collections.synchronizedList(new ArrayList<>());
    private final GroupCommit commits = new GroupCommit(this::write);
    private int calls;

    private void write(List<StoreBatch> batches) {
      calls++;
      List<Integer> numbers = numbers(batches);
      if (numbers.equals(List.of(0))) {
        entered.countDown();
        awaitUninterruptibly(opened);
      }
      for (int number : numbers) {
        Throwable failure = bad.get(number);
        if (failure instanceof Error error) {
          throw error;
        } else if (failure instanceof RuntimeException exception) {
          throw exception;
        }
      }
      written.add(numbers);
    }

    private void queueBehindTheFirst(List<Integer> numbers) throws InterruptedException {
      start(0);
      entered.await();
      for (int number : numbers) {
        Thread thread = start(number);
        while (thread.getState() != Thread.State.WAITING) {
          Thread.onSpinWait();
        }
      }
    }

    private Thread start(int number) {
      StoreBatch batch = batch(number, sizes.getOrDefault(number, 0));
      Thread thread =
          thread(
              () -> {
                @Nullable Throwable failure = failureOf(commits, batch);
                if (failure != null) {
                  failures.put(number, failure);
                }
                if (Thread.currentThread().isInterrupted()) {
                  interrupted.add(number);
                }
              });
      threads.add(thread);
      thread.start();
      return thread;
    }

    private void open() throws InterruptedException {
      opened.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
      boolean interrupted = false;
      while (true) {
        try {
          latch.await();
          break;
        } catch (InterruptedException waitOn) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void runAll(List<Thread> threads) throws InterruptedException {
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    return thread;
  }

  private static @Nullable Throwable failureOf(GroupCommit commits, int number) {
    return failureOf(commits, batch(number));
  }

  private static @Nullable Throwable failureOf(GroupCommit commits, StoreBatch batch) {
    try {
      commits.commit(batch);
      return null;
    } catch (RuntimeException | Error failure) {
      return failure;
    }
  }

  private static StoreBatch batch(int number) {
    return batch(number, 0);
  }

  private static StoreBatch batch(int number, int size) {
    StoreBatch.Builder batch = StoreBatch.builder().clock(HybridTimestamp.of(number, 1));
    if (size > 0) {
      batch.snapshot(new StoredSnapshot("d", VersionVector.EMPTY, new byte[size]));
    }
    return batch.build();
  }

  private static List<Integer> numbers(List<StoreBatch> batches) {
    return batches.stream().map(batch -> (int) batch.clock().millis()).toList();
  }

  private static List<Integer> range(int from, int to) {
    return IntStream.rangeClosed(from, to).boxed().toList();
  }
}
