package dev.plait.storage.guard;

import dev.plait.store.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Who may use a store's engine when: many at a time, or one alone who changes what the others stand
 * on, and nobody once it is closed. A call into native code that races the end of what it works on
 * may end the process, so every call is made between {@link #enter} and {@link #leave}.
 *
 * <p>Safe for use by many threads. Costs a read lock a call.
 */
public final class Lifecycle {

  private final Path store;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  private Lifecycle(Path store) {
    this.store = store;
  }

  /**
   * That of a store which was just opened.
   *
   * @param store what to call the store in messages
   */
  public static Lifecycle of(Path store) {
    return new Lifecycle(store);
  }

  /**
   * Something to be done alone.
   *
   * @param <E> how it may fail
   */
  @FunctionalInterface
  public interface Work<E extends Exception> {
    /** Does it. */
    void run() throws E;
  }

  /**
   * Begins a call that others may make too; waits while one is alone.
   *
   * @throws StoreException.Closed after {@link #close}
   */
  public void enter() {
    lock.readLock().lock();
    if (closed) {
      lock.readLock().unlock();
      throw wasClosed();
    }
  }

  /** Ends what {@link #enter} has begun. */
  public void leave() {
    lock.readLock().unlock();
  }

  /**
   * Does something while nobody else is in. Calls that wait to enter wait until it is done.
   *
   * @param patience how long to wait to be alone
   * @param why for the message
   * @throws StoreException.Busy if others do not leave in time; nothing was done
   * @throws StoreException.Closed after {@link #close}
   * @throws E what the work throws
   */
  public <E extends Exception> void alone(Duration patience, String why, Work<E> work) throws E {
    if (!lockInTime(patience)) {
      throw new StoreException.Busy(
          store
              + ": "
              + why
              + ", and for "
              + patience
              + " somebody was reading; let readChunks return and try again",
          null);
    }
    try {
      if (closed) {
        throw wasClosed();
      }
      work.run();
    } finally {
      lock.writeLock().unlock();
    }
  }

  private boolean lockInTime(Duration patience) {
    long nanos = TimeUnit.NANOSECONDS.convert(patience);
    long start = System.nanoTime();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          long left = Math.max(0, nanos) - (System.nanoTime() - start);
          return lock.writeLock().tryLock(left, TimeUnit.NANOSECONDS);
        } catch (InterruptedException later) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Waits until nobody is in, and lets nobody in any more. The second time it does nothing.
   *
   * @param end done once nobody is in; it is closed even if this fails
   * @throws StoreException.Busy if this very thread is in
   * @throws E what the end throws
   */
  public <E extends Exception> void close(Work<E> end) throws E {
    if (lock.getReadHoldCount() > 0) {
      throw new StoreException.Busy(
          store + " is being read by this very thread; close it after readChunks returns", null);
    }
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        end.run();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  private StoreException.Closed wasClosed() {
    return new StoreException.Closed(store + " was closed; open it again", null);
  }
}
