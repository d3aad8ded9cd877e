package dev.plait.storage.lmdb;

import dev.plait.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Who may call LMDB when: many at a time, or one alone who changes what the others stand on. A call
 * into LMDB that races the end of its map ends the process, so every call is made in here.
 */
final class Lifecycle {

  private final Path directory;
  private final Duration patience;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  /**
   * A store's, not closed.
   *
   * @param patience how long to wait to be alone
   */
  Lifecycle(Path directory, Duration patience) {
    this.directory = directory;
    this.patience = patience;
  }

  /** Something to be done alone. */
  interface Work {
    void run() throws IOException;
  }

  /**
   * Begins a call that may share the environment.
   *
   * @throws StoreException STORE_CLOSED
   */
  void enter() {
    lock.readLock().lock();
    if (closed) {
      lock.readLock().unlock();
      throw new StoreException.Closed(directory + " was closed; open it again", null);
    }
  }

  /** Ends what {@link #enter} has begun. */
  void leave() {
    lock.readLock().unlock();
  }

  /**
   * Does something while nobody else is in.
   *
   * @param why for the message
   * @throws StoreException STORE_BUSY if others do not leave in time; STORE_CLOSED
   */
  void alone(String why, Work work) {
    if (!lockInTime()) {
      throw new StoreException.Busy(
          directory
              + ": "
              + why
              + ", and for "
              + patience
              + " somebody was reading; let readChunks return and try again",
          null);
    }
    try {
      if (closed) {
        throw new StoreException.Closed(directory + " was closed; open it again", null);
      }
      work.run();
    } catch (IOException failure) {
      throw Failures.failed(directory, why, failure);
    } finally {
      lock.writeLock().unlock();
    }
  }

  private boolean lockInTime() {
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
   * @throws StoreException STORE_BUSY if this very thread is in
   */
  void close(Work end) throws IOException {
    if (lock.getReadHoldCount() > 0) {
      throw new StoreException.Busy(
          directory + " is being read by this very thread; close it after readChunks returns",
          null);
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
}
