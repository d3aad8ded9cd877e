package dev.plait.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class HybridLogicalClockThreadsTest {

  private static final int THREADS = 8;
  private static final int ROUNDS = 5000;

  /** Lets all threads go at once, each with its number, and returns what they returned. */
  private static List<List<HybridTimestamp>> together(IntFunction<List<HybridTimestamp>> work)
      throws InterruptedException {
    CountDownLatch start = new CountDownLatch(THREADS);
    Queue<List<HybridTimestamp>> results = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int number = i;
      Thread thread =
          new Thread(
              () -> {
                start.countDown();
                while (start.getCount() > 0) {
                  Thread.onSpinWait();
                }
                results.add(work.apply(number));
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(THREADS, results.size(), "a thread failed");
    return List.copyOf(results);
  }

  @Test
  void noStampIsIssuedTwice() throws InterruptedException {
    HybridLogicalClock clock = HybridLogicalClock.builder(new ManualTime()).build();

    List<List<HybridTimestamp>> issued =
        together(
            number -> {
              List<HybridTimestamp> mine = new ArrayList<>(ROUNDS);
              for (int i = 0; i < ROUNDS; i++) {
                mine.add(i % 2 == 0 ? clock.now() : clock.nowCoarse());
              }
              return mine;
            });

    Set<HybridTimestamp> distinct = new HashSet<>();
    issued.forEach(distinct::addAll);
    assertEquals(THREADS * ROUNDS, distinct.size());
    assertTrue(distinct.contains(clock.peek()));
  }

  @Test
  void everyThreadIsAboveWhatItIssuedAndObserved() throws InterruptedException {
    AtomicLong ticks = new AtomicLong(ManualTime.START);
    HybridLogicalClock clock = HybridLogicalClock.builder(ticks::incrementAndGet).build();

    List<List<HybridTimestamp>> seen =
        together(
            number -> {
              ReplicaId peer = ReplicaId.of(number, 1);
              List<HybridTimestamp> mine = new ArrayList<>(2 * ROUNDS);
              for (int i = 0; i < ROUNDS; i++) {
                HybridTimestamp issued = clock.now();
                HybridTimestamp remote = new HybridTimestamp(issued.bits() + 1 + 7L * number);
                assertTrue(clock.observe(peer, remote));
                mine.add(issued);
                mine.add(remote);
              }
              return mine;
            });

    for (List<HybridTimestamp> mine : seen) {
      for (int i = 1; i < mine.size(); i++) {
        assertTrue(mine.get(i).isAfter(mine.get(i - 1)));
      }
    }
  }

  @Test
  void suspicionIsReportedOnceHoweverManyThreadsFindIt() throws InterruptedException {
    Queue<ClockHealth> events = new ConcurrentLinkedQueue<>();
    HybridLogicalClock clock =
        HybridLogicalClock.builder(new ManualTime()).onHealth(events::add).build();
    HybridTimestamp ahead = HybridTimestamp.of(ManualTime.START + 90_000, 0);

    together(
        number -> {
          for (int i = 0; i < ROUNDS; i++) {
            assertTrue(clock.observe(ReplicaId.of(number, 1), ahead));
          }
          return List.of();
        });

    assertEquals(List.of(new ClockHealth.LocalClockSuspect(3, 90_000)), List.copyOf(events));
  }
}
