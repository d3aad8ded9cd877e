package dev.plait.properties.transport;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Waits for what is going to happen; gives up, and fails the test, when it takes far too long. */
final class Watch {

  private static final long GUARD_SECONDS = 60;
  private static final int MOST_STEPS = 10_000;

  private final Ends ends;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  Watch(Ends ends) {
    this.ends = ends;
  }

  /** Something has happened that somebody may wait for. */
  void tell() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The condition is not looked at again once it was true. */
  void until(String what, BooleanSupplier happened) {
    if (!(ends.isSimulated() ? stepUntil(happened) : waitUntil(happened))) {
      fail("waited in vain until " + what);
    }
  }

  private boolean stepUntil(BooleanSupplier happened) {
    boolean done = happened.getAsBoolean();
    for (int step = 0; step < MOST_STEPS && !done; step++) {
      ends.passTime();
      done = happened.getAsBoolean();
    }
    return done;
  }

  private boolean waitUntil(BooleanSupplier happened) {
    long left = TimeUnit.SECONDS.toNanos(GUARD_SECONDS);
    lock.lock();
    try {
      boolean done = happened.getAsBoolean();
      while (!done && left > 0) {
        left = changed.awaitNanos(left);
        done = happened.getAsBoolean();
      }
      return done;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }
}
