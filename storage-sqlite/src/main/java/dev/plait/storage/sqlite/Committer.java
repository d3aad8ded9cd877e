package dev.plait.storage.sqlite;

import dev.plait.change.Chunk;
import dev.plait.storage.guard.GroupCommit;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoreException;
import dev.plait.store.StoredSnapshot;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Writes, one transaction at a time, and keeps the head in step. After a failure of the disk it
 * refuses to go on, because only whoever opens the store anew knows what the disk holds. For many
 * threads.
 */
final class Committer {

  private final StoreFile file;
  private final StoreHead head;
  private final GroupCommit group = new GroupCommit(this::write);

  // Guards the writer and the refusal.
  private final ReentrantLock writing = new ReentrantLock();
  private @Nullable Writer writer;
  private @Nullable StoreException refusal;
  private volatile Meta meta;

  Committer(StoreFile file, StoreHead head, Writer writer, Meta meta) {
    this.file = file;
    this.head = head;
    this.writer = writer;
    this.meta = meta;
  }

  /** What the store says of itself since the last commit. */
  Meta meta() {
    return meta;
  }

  boolean isCopy() {
    return head.isCopy();
  }

  /** Writes a batch, alone or with others. */
  void commit(StoreBatch batch) {
    group.commit(batch);
  }

  /** Gives back to the file system what is free. */
  void reclaim() {
    writing(
        "giving room back",
        current -> {
          head.beforeCommit(current);
          current.vacuum();
          head.settle(current);
        });
  }

  private void write(List<StoreBatch> batches) {
    writing("writing a batch", current -> write(current, batches));
  }

  private void write(Writer current, List<StoreBatch> batches) throws SQLException, IOException {
    boolean renamed = head.isCopy() && batches.stream().anyMatch(batch -> batch.identity() != null);
    head.beforeCommit(current);
    meta = current.commit(batches, renamed ? meta.withInstance(UUID.randomUUID()) : meta);
    // What fails from here on fails a batch that is written.
    try {
      head.afterCommit(current, meta, sizeOf(batches));
    } catch (SQLException | IOException | StoreException failure) {
      throw new StoreException.InputOutput(
          file.path()
              + " was written, but not its head; close the store and open it again to see what the"
              + " disk holds",
          failure);
    }
  }

  private static long sizeOf(List<StoreBatch> batches) {
    long bytes = 0;
    for (StoreBatch batch : batches) {
      StoredSnapshot snapshot = batch.snapshot();
      bytes += snapshot == null ? 0 : snapshot.bytes().length;
      for (List<Chunk> chunks :
          List.of(batch.chunks(), batch.merged(), batch.rewritten(), batch.quarantined())) {
        bytes += chunks.stream().mapToLong(Chunk::size).sum();
      }
    }
    return bytes;
  }

  /** Something done over the writing connection. */
  private interface Writing {
    void with(Writer writer) throws SQLException, IOException;
  }

  private void writing(String doing, Writing work) {
    writing.lock();
    try {
      if (refusal != null) {
        throw new StoreException.InputOutput(
            file.path()
                + " takes no writes since one failed; close the store and open it again to see what"
                + " the disk holds",
            refusal);
      }
      doOver(openWriter(doing), doing, work);
    } finally {
      writing.unlock();
    }
  }

  /** What fails here leaves no doubt about what the disk holds, so the next one may try again. */
  private Writer openWriter(String doing) {
    Writer current = writer;
    if (current == null) {
      try {
        current = Writer.open(file);
        writer = current;
        meta = current.readMeta();
      } catch (SQLException failure) {
        throw closing(Failures.translate(file.path(), doing, failure));
      }
    }
    return current;
  }

  private StoreException closing(StoreException failure) {
    closeWriter(failure);
    return failure;
  }

  private void doOver(Writer current, String doing, Writing work) {
    try {
      work.with(current);
    } catch (SQLException failure) {
      throw abandon(Failures.translate(file.path(), doing, failure));
    } catch (IOException failure) {
      throw abandon(file.unreadable(failure));
    } catch (StoreException failure) {
      throw abandon(failure);
    } catch (RuntimeException | Error failure) {
      // It may have been thrown on the way back from a commit that is on the disk.
      abandon(
          new StoreException.InputOutput(
              file.path() + ": the thread that was writing died of " + failure, failure));
      throw failure;
    }
  }

  /** Ends what was begun, and refuses further writes if it was the disk that failed. */
  private StoreException abandon(StoreException failure) {
    closeWriter(failure);
    if (refusal == null && failure instanceof StoreException.InputOutput) {
      refusal = failure;
    }
    return failure;
  }

  private void closeWriter(Throwable failure) {
    if (writer != null) {
      Connections.closeAfter(failure, writer);
      writer = null;
      head.interrupted();
    }
  }

  /** Moves the log; while the connections are open. */
  void settle() throws SQLException, IOException {
    head.beforeClose(writer, meta);
  }

  /** Closes the writing connection; it is to be the last. */
  void closeWriter() throws SQLException {
    if (writer != null) {
      writer.close();
    }
  }

  /** Closes the head; after all connections. */
  void closeHead() {
    head.close();
  }
}
