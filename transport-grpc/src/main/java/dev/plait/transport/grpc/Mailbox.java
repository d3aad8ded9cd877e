package dev.plait.transport.grpc;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Runs what it is given one after the other, in order, on threads of an executor. */
final class Mailbox {

  private final Executor executor;
  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean running;

  Mailbox(Executor executor) {
    this.executor = executor;
  }

  /** Never runs it within this call, if the executor does not. */
  void post(Runnable task) {
    boolean start;
    lock.lock();
    try {
      waiting.add(task);
      start = !running;
      running = true;
    } finally {
      lock.unlock();
    }
    if (start) {
      executor.execute(this::runAll);
    }
  }

  private void runAll() {
    boolean ended = false;
    try {
      for (Runnable task = next(); task != null; task = next()) {
        task.run();
      }
      ended = true;
    } finally {
      if (!ended) {
        executor.execute(this::runAll); // a task threw: the executor reports it, the rest goes on
      }
    }
  }

  private @Nullable Runnable next() {
    lock.lock();
    try {
      Runnable task = waiting.poll();
      running = task != null;
      return task;
    } finally {
      lock.unlock();
    }
  }
}
