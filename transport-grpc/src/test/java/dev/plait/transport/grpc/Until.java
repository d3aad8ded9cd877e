package dev.plait.transport.grpc;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Waits for what others tell of; the time limit only ends a test that has failed. */
final class Until {

  private static final long GUARD_SECONDS = 60;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition told = lock.newCondition();

  void tell() {
    lock.lock();
    try {
      told.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void is(String what, BooleanSupplier happened) {
    long left = TimeUnit.SECONDS.toNanos(GUARD_SECONDS);
    lock.lock();
    try {
      while (!happened.getAsBoolean()) {
        if (left <= 0) {
          fail("waited in vain until " + what);
        }
        left = told.awaitNanos(left);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      fail("interrupted");
    } finally {
      lock.unlock();
    }
  }
}
