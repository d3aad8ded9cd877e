package dev.plait.storage.sqlite;

import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.storage.guard.Claim;
import dev.plait.storage.guard.GroupCommit;
import dev.plait.storage.guard.Head;
import dev.plait.storage.guard.HeadFile;
import dev.plait.store.ChangeStore;
import dev.plait.store.DocumentNames;
import dev.plait.store.DocumentSize;
import dev.plait.store.Durability;
import dev.plait.store.Salvage;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoreCheck;
import dev.plait.store.StoreException;
import dev.plait.store.StoreSize;
import dev.plait.store.StoredSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A durable store in one SQLite file, with its write-ahead log ({@code -wal}, {@code -shm}) and an
 * empty lock file ({@code -lock}) beside it. All but the lock file are one file again after {@link
 * #close()}.
 *
 * <p>A batch is one transaction; with {@link Durability#FULL}, the default, {@link #commit} returns
 * after it was forced to the disk. Every record carries a checksum over its key and value that is
 * verified when it is read. Appending n chunks costs O(n log m) in the m chunks stored, plus one
 * forced write; {@link #readChunks} passes over all rows of the document, and holds one chunk at a
 * time; {@link #documents} costs a few index look-ups a document.
 *
 * <p>Safe for use by many threads: one commit at a time, readers beside it, each on a connection of
 * its own. {@link #close} waits for calls that are under way.
 *
 * <p>What {@link #commit} throws: STORE_BUSY when another program holds a lock for longer than
 * {@link SqliteOptions#busyTimeout}; STORE_FULL when no room is left; STORE_IO when the disk
 * failed, after which the store refuses to write until it is opened again, because only then is it
 * known what the disk holds; STORE_CORRUPT; UNSTORABLE; STORE_CLOSED. The other methods throw the
 * same codes but STORE_FULL.
 */
public final class SqliteStore implements ChangeStore {

  private static final int IDLE_READERS = 4;

  private final StoreFile file;
  private final Claim lock;
  private final StoreHead head;
  private final GroupCommit group = new GroupCommit(this::write);

  // Held shared by every call, exclusively by close.
  private final ReentrantReadWriteLock lifecycle = new ReentrantReadWriteLock();
  private boolean closed;

  private final Deque<Reader> idleReaders = new ConcurrentLinkedDeque<>();

  // Guards the writer and the refusal.
  private final ReentrantLock writing = new ReentrantLock();
  private @Nullable Writer writer;
  private @Nullable StoreException refusal;
  private volatile Meta meta;

  private SqliteStore(StoreFile file, Claim lock, StoreHead head, Writer writer, Meta meta) {
    this.file = file;
    this.lock = lock;
    this.head = head;
    this.writer = writer;
    this.meta = meta;
  }

  /**
   * Opens the store in a file with {@link SqliteOptions#defaults()}.
   *
   * @see #open(Path, SqliteOptions)
   */
  public static SqliteStore open(Path path) {
    return open(path, SqliteOptions.defaults());
  }

  /**
   * Opens the store in a file, and makes it if there is no file or an empty one.
   *
   * @param path a file of the default file system, in a directory that exists and may be written
   * @throws StoreException STORE_LOCKED if the file is open already, in this process or another,
   *     under this name or through a symbolic link; NOT_A_STORE if something else wrote it;
   *     STORE_VERSION if a newer release did; STORE_CORRUPT if it is damaged; STORE_BUSY,
   *     STORE_FULL or STORE_IO if the file system does not let it be opened. What was there is left
   *     as it is.
   */
  public static SqliteStore open(Path path, SqliteOptions options) {
    try {
      StoreFile file = new StoreFile(StoreFile.resolve(path), options);
      file.checkIsFile();
      return open(file);
    } catch (SQLException failure) {
      throw Failures.translate(path, "opening it", failure);
    } catch (IOException failure) {
      throw new StoreException.InputOutput(
          path + " cannot be opened: " + failure + "; its directory must exist and be writable",
          failure);
    }
  }

  /**
   * Reads what is left of a store that may be damaged, without SQLite and without changing a byte.
   * Where nothing is missing only what counts is handed over; of a document that misses something
   * also what was replaced or deleted and is still there. How the pages hang together is not looked
   * at: see {@link #verify}. Any thread. Costs about as much memory as the names of all documents.
   *
   * @param path the store; what is in its log is handed over even if this file is gone
   * @param salvage gets every record whose checksum is right, one that is there twice twice
   * @return how much that was, and what is wrong
   * @throws StoreException STORE_LOCKED if the store is open; STORE_IO if the files can't be read
   */
  public static StoreCheck salvage(Path path, Salvage salvage) {
    try {
      Path real = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
      StoreFile file = new StoreFile(real, SqliteOptions.defaults());
      if (!Files.exists(real) && !file.hasLog()) {
        throw new NoSuchFileException(real.toString());
      }
      // Who has it open has a lock file; none is made here.
      if (!Files.isWritable(file.lock())) {
        return new SqliteSalvage(file, salvage).read();
      }
      Claim claim = Claim.of(file.lock(), real);
      try (claim) {
        return new SqliteSalvage(file, salvage).read();
      }
    } catch (IOException failure) {
      throw new StoreException.InputOutput(
          path + " can't be read: " + failure + "; name the file of a store", failure);
    }
  }

  private static SqliteStore open(StoreFile file) throws SQLException, IOException {
    Claim lock = Claim.of(file.lock(), file.path());
    try {
      HeadFile headFile = HeadFile.open(file.head(), file.options().instances());
      try {
        return open(file, lock, headFile);
      } catch (SQLException | IOException | RuntimeException failure) {
        StoreFile.closeAfter(failure, headFile);
        throw failure;
      }
    } catch (SQLException | IOException | RuntimeException failure) {
      StoreFile.closeAfter(failure, lock);
      throw failure;
    }
  }

  private static SqliteStore open(StoreFile file, Claim lock, HeadFile headFile)
      throws SQLException, IOException {
    Head found = headFile.read();
    file.checkIsStore(found);
    if (Files.size(file.path()) > 0) {
      StoreHead.check(file.path(), found, file.inspect());
    }
    Writer writer = Writer.open(file);
    try {
      Meta meta = writer.readMeta();
      StoreHead head = StoreHead.of(headFile, file, found, meta);
      head.recover(writer);
      return new SqliteStore(file, lock, head, writer, meta);
    } catch (SQLException | IOException | RuntimeException failure) {
      StoreFile.closeAfter(failure, writer);
      throw failure;
    }
  }

  @Override
  public @Nullable ReplicaId identity() {
    enter();
    try {
      return meta.identity();
    } finally {
      leave();
    }
  }

  @Override
  public List<ReplicaId> formerIdentities() {
    enter();
    try {
      return meta.former();
    } finally {
      leave();
    }
  }

  @Override
  public HybridTimestamp clock() {
    enter();
    try {
      return meta.clock();
    } finally {
      leave();
    }
  }

  @Override
  public boolean isCopy() {
    enter();
    try {
      return head.isCopy();
    } finally {
      leave();
    }
  }

  @Override
  public Durability durability() {
    enter();
    try {
      return file.options().durability();
    } finally {
      leave();
    }
  }

  @Override
  public void commit(StoreBatch batch) {
    DocumentNames.checkAll(batch);
    enter();
    try {
      group.commit(batch);
    } finally {
      leave();
    }
  }

  private void write(List<StoreBatch> batches) {
    writing.lock();
    try {
      if (refusal != null) {
        throw new StoreException.InputOutput(
            file.path()
                + " takes no writes since one failed; close the store and open it again to see what"
                + " the disk holds",
            refusal);
      }
      write(openWriter(), batches);
    } catch (SQLException failure) {
      abandonWriter(failure);
      throw refuseAfter(Failures.translate(file.path(), "writing a batch", failure));
    } catch (RuntimeException | Error failure) {
      abandonWriter(failure);
      throw failure;
    } finally {
      writing.unlock();
    }
  }

  private void write(Writer current, List<StoreBatch> batches) throws SQLException {
    boolean renamed = head.isCopy() && batches.stream().anyMatch(batch -> batch.identity() != null);
    try {
      head.beforeCommit(current);
    } catch (IOException failure) {
      throw refuseAfter(unreadable(failure));
    }
    meta = current.commit(batches, renamed ? meta.withInstance(UUID.randomUUID()) : meta);
    // What fails from here on fails a batch that is written.
    try {
      head.afterCommit(current, meta, sizeOf(batches));
    } catch (SQLException failure) {
      throw refuse(Failures.translate(file.path(), "moving its log", failure));
    } catch (IOException failure) {
      throw refuse(unreadable(failure));
    } catch (StoreException failure) {
      throw refuse(failure);
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

  private Writer openWriter() throws SQLException {
    Writer current = writer == null ? Writer.open(file) : writer;
    writer = current;
    return current;
  }

  private StoreException unreadable(IOException failure) {
    return new StoreException.InputOutput(
        file.log() + " can't be looked at: " + failure + "; close the store and open it again",
        failure);
  }

  /** Refuses further writes if the disk failed. */
  private StoreException refuseAfter(StoreException failure) {
    if (failure instanceof StoreException.InputOutput) {
      refusal = failure;
    }
    return failure;
  }

  /** Refuses further writes whatever failed. */
  private StoreException refuse(StoreException failure) {
    StoreException refused =
        failure instanceof StoreException.InputOutput
            ? failure
            : new StoreException.InputOutput(
                file.path()
                    + " was written, but not its head; close the store and open it again to see"
                    + " what the disk holds",
                failure);
    refusal = refused;
    return refused;
  }

  private void abandonWriter(Throwable failure) {
    if (writer != null) {
      StoreFile.closeAfter(failure, writer);
      writer = null;
    }
  }

  @Override
  public void readChunks(String document, VersionVector since, Consumer<Chunk> consumer) {
    DocumentNames.check(document);
    read(
        reader -> {
          reader.readChunks(document, since, consumer);
          return document;
        });
  }

  @Override
  public @Nullable StoredSnapshot snapshot(String document) {
    DocumentNames.check(document);
    return read(reader -> reader.snapshot(document)).orElse(null);
  }

  @Override
  public List<Chunk> quarantined(String document) {
    DocumentNames.check(document);
    return read(reader -> reader.quarantined(document));
  }

  @Override
  public List<Dot> suspects(String document) {
    DocumentNames.check(document);
    return read(reader -> reader.suspects(document));
  }

  @Override
  public List<String> documents(String prefix) {
    DocumentNames.check(prefix);
    return read(reader -> reader.documents(prefix));
  }

  @Override
  public DocumentSize size(String document) {
    DocumentNames.check(document);
    return read(reader -> reader.size(document));
  }

  @Override
  public StoreSize size() {
    List<DocumentSize> sizes = new ArrayList<>();
    read(
        reader -> {
          reader.seals((document, seal) -> sizes.add(seal.size()));
          return sizes;
        });
    DocumentSize total = sizes.stream().reduce(DocumentSize.EMPTY, DocumentSize::plus);
    enter();
    try {
      return new StoreSize(sizes.size(), total, file.storedBytes());
    } catch (IOException failure) {
      throw new StoreException.InputOutput(
          file.path() + " can't be looked at: " + failure, failure);
    } finally {
      leave();
    }
  }

  @Override
  public StoreCheck verify() {
    enter();
    // A connection of its own, so that it reads what the disk holds and not what another kept.
    try (Reader reader = Reader.open(file)) {
      return reader.verify();
    } catch (SQLException failure) {
      throw Failures.translate(file.path(), "verifying it", failure);
    } finally {
      leave();
    }
  }

  @Override
  public void reclaim() {
    enter();
    writing.lock();
    try {
      Writer current = openWriter();
      head.beforeCommit(current);
      file.vacuum();
      head.settle(current);
    } catch (IOException failure) {
      throw unreadable(failure);
    } catch (SQLException failure) {
      abandonWriter(failure);
      throw Failures.translate(file.path(), "giving room back", failure);
    } finally {
      writing.unlock();
      leave();
    }
  }

  /** What is read over one connection. */
  private interface Reading<T> {
    T from(Reader reader) throws SQLException;
  }

  private <T> T read(Reading<T> reading) {
    enter();
    Reader reader = null;
    try {
      reader = idleReaders.poll();
      if (reader == null) {
        reader = Reader.open(file);
      }
      T result = reading.from(reader);
      keep(reader);
      return result;
    } catch (SQLException failure) {
      discard(reader, failure);
      throw Failures.translate(file.path(), "reading", failure);
    } catch (RuntimeException | Error failure) {
      discard(reader, failure);
      throw failure;
    } finally {
      leave();
    }
  }

  private void keep(Reader reader) throws SQLException {
    if (idleReaders.size() < IDLE_READERS) {
      idleReaders.push(reader);
    } else {
      reader.close();
    }
  }

  private static void discard(@Nullable Reader reader, Throwable failure) {
    if (reader != null) {
      StoreFile.closeAfter(failure, reader);
    }
  }

  /**
   * Waits for calls under way, moves the log into the database file and gives up the lock. Closing
   * twice is allowed.
   *
   * @throws StoreException STORE_IO if the file system failed meanwhile; what was committed is safe
   *     and the store is closed all the same; STORE_BUSY if called by a consumer of {@link
   *     #readChunks}
   */
  @Override
  public void close() {
    if (lifecycle.getReadHoldCount() > 0) {
      throw new StoreException.Busy(
          file.path() + " is being read by this very thread; close it after readChunks returns",
          null);
    }
    lifecycle.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        closeAll();
      }
    } finally {
      lifecycle.writeLock().unlock();
    }
  }

  /** The last connection to close removes the log, so that is the writer; the lock goes last. */
  private void closeAll() {
    List<AutoCloseable> resources = new ArrayList<>();
    resources.add(() -> head.beforeClose(writer, meta));
    resources.addAll(idleReaders);
    Writer last = writer;
    if (last != null) {
      resources.add(last);
    }
    resources.add(head::close);
    resources.add(lock);
    StoreException failed = null;
    for (AutoCloseable resource : resources) {
      try {
        resource.close();
      } catch (Exception failure) {
        StoreException now = closingFailed(failure);
        if (failed != null) {
          now.addSuppressed(failed);
        }
        failed = now;
      }
    }
    if (failed != null) {
      throw failed;
    }
  }

  private StoreException closingFailed(Exception failure) {
    if (failure instanceof StoreException own) {
      return own;
    }
    return failure instanceof SQLException below
        ? Failures.translate(file.path(), "closing it", below)
        : new StoreException.InputOutput(
            file.path() + " can't be closed in order: " + failure, failure);
  }

  private void enter() {
    lifecycle.readLock().lock();
    if (closed) {
      lifecycle.readLock().unlock();
      throw new StoreException.Closed(file.path() + " was closed; open it again", null);
    }
  }

  private void leave() {
    lifecycle.readLock().unlock();
  }
}
