package dev.plait.storage.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60) // seconds; only so that a thread that waits for ever ends the test
class LifecycleTest {

  private final Lifecycle lifecycle = Lifecycle.of(Path.of("store"));
  private final AtomicInteger runs = new AtomicInteger();

  private void aloneAtOnce() {
    lifecycle.alone(Duration.ZERO, "something has to change", runs::incrementAndGet);
  }

  private void inAnotherThread(Runnable task) {
    CompletableFuture.runAsync(task).join();
  }

  @Test
  void manyAreInAtATimeAndOneIsAlone() {
    lifecycle.enter();
    inAnotherThread(
        () -> {
          lifecycle.enter();
          lifecycle.leave();
          StoreException busy = assertThrows(StoreException.Busy.class, this::aloneAtOnce);
          assertTrue(String.valueOf(busy.getMessage()).contains("something has to change"));
        });
    assertEquals(0, runs.get());
    lifecycle.leave();
    inAnotherThread(this::aloneAtOnce);
    assertEquals(1, runs.get());
  }

  @Test
  void nobodyGetsInOnceItIsClosed() {
    lifecycle.close(() -> {});
    assertThrows(StoreException.Closed.class, lifecycle::enter);
    assertThrows(StoreException.Closed.class, this::aloneAtOnce);
    assertEquals(0, runs.get());
  }

  @Test
  void itEndsOnceEvenIfTheEndFails() {
    IOException failure = new IOException("the disk is gone");
    Lifecycle.Work<IOException> failing =
        () -> {
          runs.incrementAndGet();
          throw failure;
        };
    assertSame(failure, assertThrows(IOException.class, () -> lifecycle.close(failing)));
    lifecycle.close(runs::incrementAndGet);
    assertEquals(1, runs.get());
    assertThrows(StoreException.Closed.class, lifecycle::enter);
  }

  @Test
  void whoIsInCantClose() {
    lifecycle.enter();
    assertThrows(StoreException.Busy.class, () -> lifecycle.close(runs::incrementAndGet));
    lifecycle.leave();
    lifecycle.close(runs::incrementAndGet);
    assertEquals(1, runs.get());
  }

  @Test
  void whatFailsAloneLetsOthersInAgain() {
    assertThrows(
        IOException.class,
        () ->
            lifecycle.alone(
                Duration.ZERO,
                "it fails",
                () -> {
                  throw new IOException("no");
                }));
    inAnotherThread(lifecycle::enter);
  }

  @Test
  void anInterruptionWaitsUntilTheWorkIsDone() {
    Thread.currentThread().interrupt();
    aloneAtOnce();
    assertTrue(Thread.interrupted());
    assertEquals(1, runs.get());
  }
}
