package dev.plait.properties.replica;

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Threads that begin together, and are waited for. */
final class Crowd {
  private static final long PATIENCE_SECONDS = 120;

  private Crowd() {}

  /**
   * Runs all tasks at once, each on a thread of its own, and waits until they have ended.
   *
   * @throws AssertionError if one of them threw; or, with what every thread was doing, if one does
   *     not end
   */
  static void together(String what, List<? extends Runnable> tasks) {
    CountDownLatch start = new CountDownLatch(tasks.size());
    Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (Runnable task : tasks) {
      Thread thread =
          new Thread(
              () -> {
                start.countDown();
                await(what + ": not all threads begin", start);
                task.run();
              },
              "crowd-" + threads.size());
      thread.setDaemon(true);
      thread.setUncaughtExceptionHandler((failed, failure) -> thrown.add(failure));
      threads.add(thread);
    }
    threads.forEach(Thread::start);
    threads.forEach(thread -> awaitEnd(what, thread));
    refuse(what, thrown);
  }

  /** Throws what was thrown, if anything was. */
  static void refuse(String what, Iterable<Throwable> thrown) {
    AssertionError failure = null;
    for (Throwable one : thrown) {
      if (failure == null) {
        failure = new AssertionError(what + ": " + one, one);
      } else {
        failure.addSuppressed(one);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Waits until the thread has ended; if it does not, tells what every thread is doing. */
  static void awaitEnd(String what, Thread thread) {
    try {
      thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      throw stuck(what + ": " + thread.getName() + " does not end");
    }
  }

  /** Waits for the latch; if it does not open, tells what every thread is doing. */
  static void await(String what, CountDownLatch latch) {
    boolean open = false;
    try {
      open = latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    if (!open) {
      throw stuck(what);
    }
  }

  private static AssertionError stuck(String what) {
    StringBuilder out = new StringBuilder(what).append("; what all threads are doing:\n");
    for (ThreadInfo info : ManagementFactory.getThreadMXBean().dumpAllThreads(true, true)) {
      out.append('"').append(info.getThreadName()).append("\" ").append(info.getThreadState());
      LockInfo lock = info.getLockInfo();
      if (lock != null) {
        out.append(" on ").append(lock).append(" held by ").append(info.getLockOwnerName());
      }
      out.append('\n');
      for (StackTraceElement frame : info.getStackTrace()) {
        out.append("    at ").append(frame).append('\n');
      }
    }
    return new AssertionError(out.toString());
  }
}
