package dev.plait.replica;

import dev.plait.schedule.Cancellable;
import dev.plait.schedule.Scheduler;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one at a time on a daemon thread of its own. What a task throws goes to the thread's
 * uncaught exception handler.
 */
final class ThreadScheduler implements Scheduler, AutoCloseable {
  private static final long CLOSE_SECONDS = 5;

  private final AtomicReference<@Nullable Thread> worker = new AtomicReference<>();
  private final ScheduledThreadPoolExecutor executor;

  ThreadScheduler(String name) {
    executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              worker.set(thread);
              return thread;
            },
            (task, full) -> {
              // A task that comes after close has nothing left to work on.
            });
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public void execute(Runnable task) {
    executor.execute(reporting(task));
  }

  @Override
  public Cancellable after(long millis, Runnable task) {
    ScheduledFuture<?> future =
        executor.schedule(reporting(task), Math.max(0, millis), TimeUnit.MILLISECONDS);
    return () -> future.cancel(false);
  }

  /** A scheduled executor keeps what a task throws to itself; this hands it on. */
  private static Runnable reporting(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException thrown) {
        Uncaught.report(thrown);
      }
    };
  }

  /**
   * Runs what was handed over to be run at once, forgets what was to come later, and ends; waits
   * for that for a while unless called by a task.
   */
  @Override
  public void close() {
    executor.execute(executor::shutdown);
    if (!Thread.currentThread().equals(worker.get())) {
      try {
        boolean ended = executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
          executor.shutdownNow();
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
