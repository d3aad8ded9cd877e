package dev.plait.storage.guard;

import dev.plait.change.Chunk;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoreException;
import dev.plait.store.StoredSnapshot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets those who commit at the same time share one transaction and with it one forced write (DeWitt
 * and others, <em>Implementation Techniques for Main Memory Database Systems</em>, 1984).
 *
 * <p>The first to come writes its batch at once. Whoever comes while that lasts queues, and the
 * next writer takes all that wait, in the order they came, up to {@value #MOST_BATCHES} batches or
 * {@value #MOST_BYTES} bytes; a batch above that is written by itself. Nobody waits for company.
 *
 * <p>If a group fails because of one of its batches, each is written by itself, so that only the
 * bad one fails. What concerns the store, and no batch (STORE_IO, STORE_BUSY, STORE_CLOSED), fails
 * all that were in the group.
 *
 * <p>Safe for use by many threads; one at a time is in the writer. An interrupted thread waits like
 * any other and stays interrupted.
 */
public final class GroupCommit {

  private static final List<Waiting> NOBODY = List.of();
  private static final int MOST_BATCHES = 256;
  private static final int MOST_BYTES = 8 << 20;

  private final Writer writer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private boolean writing;

  /**
   * @param writer where the batches go
   */
  public GroupCommit(Writer writer) {
    this.writer = writer;
  }

  /** Where batches go. Must not commit to its own {@link GroupCommit}. */
  @FunctionalInterface
  public interface Writer {
    /**
     * Writes all of these or nothing, in this order, and returns when they are as safe as the store
     * promises.
     *
     * @param batches one or more
     * @throws StoreException if nothing was written
     */
    void write(List<StoreBatch> batches);
  }

  /**
   * Writes the batch, alone or with others, and returns when it is written.
   *
   * @throws StoreException what the writer threw for it
   */
  public void commit(StoreBatch batch) {
    Waiting own = new Waiting(batch);
    enqueue(own);
    while (awaitTurn(own)) {
      List<Waiting> group = NOBODY;
      try {
        group = new ArrayList<>(MOST_BATCHES);
        takeNext(group);
        writeTogether(group);
      } finally {
        leave(group);
      }
    }
    RuntimeException failure = own.failure;
    if (failure != null) {
      throw failure;
    }
  }

  private void enqueue(Waiting own) {
    lock.lock();
    try {
      queue.add(own);
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the batch is done, which is false, or this thread is to write. */
  private boolean awaitTurn(Waiting own) {
    lock.lock();
    try {
      while (writing && !own.done) {
        changed.awaitUninterruptibly();
      }
      if (own.done) {
        return false;
      }
      writing = true;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Takes the longest-waiting batches: one at least, and no more than fit. */
  private void takeNext(List<Waiting> group) {
    long bytes = 0;
    lock.lock();
    try {
      for (Waiting next = queue.peek(); next != null; next = queue.peek()) {
        bytes += next.bytes;
        if (group.size() == MOST_BATCHES || (bytes > MOST_BYTES && !group.isEmpty())) {
          break;
        }
        group.add(queue.remove());
      }
    } finally {
      lock.unlock();
    }
  }

  private void leave(List<Waiting> group) {
    lock.lock();
    try {
      writing = false;
      for (Waiting waiting : group) {
        waiting.done = true;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void writeTogether(List<Waiting> group) {
    RuntimeException failure = failureOf(group, group);
    if (failure == null) {
      return;
    }
    if (group.size() == 1 || concernsTheStore(failure)) {
      failAll(group, failure);
    } else {
      writeOneByOne(group);
    }
  }

  private void writeOneByOne(List<Waiting> group) {
    for (int i = 0; i < group.size(); i++) {
      RuntimeException failure = failureOf(group.subList(i, i + 1), group.subList(i, group.size()));
      if (failure != null && concernsTheStore(failure)) {
        failAll(group.subList(i, group.size()), failure);
        return;
      }
      group.get(i).failure = failure;
    }
  }

  /**
   * Writes these and returns how that failed, or null.
   *
   * @param unwritten who has to be told if the writer ends with an error of the JVM's
   */
  private @Nullable RuntimeException failureOf(List<Waiting> these, List<Waiting> unwritten) {
    try {
      writer.write(these.stream().map(waiting -> waiting.batch).toList());
      return null;
    } catch (RuntimeException failure) {
      return failure;
    } catch (Error failure) {
      failAll(
          unwritten,
          new StoreException.InputOutput(
              "the thread that was writing died of "
                  + failure
                  + "; close the store and open it again to see what was written",
              failure));
      throw failure;
    }
  }

  private static void failAll(List<Waiting> group, RuntimeException failure) {
    for (Waiting waiting : group) {
      waiting.failure = failure;
    }
  }

  private static boolean concernsTheStore(RuntimeException failure) {
    return failure instanceof StoreException.InputOutput
        || failure instanceof StoreException.Busy
        || failure instanceof StoreException.Closed;
  }

  /* The writing thread sets the failure before it takes the lock to set done; others read it after
  they have seen done under the lock. */
  private static final class Waiting {
    private final StoreBatch batch;
    private final long bytes;
    private @Nullable RuntimeException failure;
    private boolean done;

    private Waiting(StoreBatch batch) {
      this.batch = batch;
      this.bytes = sizeOf(batch);
    }

    private static long sizeOf(StoreBatch batch) {
      StoredSnapshot snapshot = batch.snapshot();
      return (snapshot == null ? 0 : snapshot.bytes().length)
          + sizeOf(batch.chunks())
          + sizeOf(batch.merged())
          + sizeOf(batch.rewritten())
          + sizeOf(batch.quarantined());
    }

    private static long sizeOf(List<Chunk> chunks) {
      long bytes = 0;
      for (Chunk chunk : chunks) {
        bytes += chunk.size();
      }
      return bytes;
    }
  }
}
