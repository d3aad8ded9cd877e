package dev.plait.storage.sqlite;

import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.storage.guard.Claim;
import dev.plait.storage.guard.Lifecycle;
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
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A durable store in one SQLite file. Beside {@code x.db} there are, while it is open, its
 * write-ahead log {@code x.db-wal} and {@code x.db-shm}; for good a head file, {@code x.db-head},
 * which says how far the store has come, and {@code x.db-lock}, which is empty. After {@link
 * #close()} all of the data is in {@code x.db}; to copy the store, copy it together with its head.
 *
 * <p>Who commits at the same time shares one transaction and one forced write, and each {@link
 * #commit} returns when that is as safe as {@link Durability} says. FULL: it was forced to the
 * disk, and survives loss of power. RELAXED: the end of the process doesn't lose it; a loss of
 * power may take the last commits, and then the store counts as a copy ({@link #isCopy}), since
 * peers may know what is gone. NONE: like that, but a loss of power may damage the file.
 *
 * <p>What was acknowledged and is gone is noticed on opening: the head file counts each commit, and
 * is forced to the disk whenever the log is moved into the database, or at each commit with {@link
 * SqliteOptions#headSync}. With FULL a damaged log is noticed before SQLite cuts it off; otherwise
 * it can't be told from a loss of power, and the store that opens without its last commits says
 * that it is a copy. Every record carries a checksum over its key and value that is verified when
 * it is read, and each document a sum over all its records, so that a missing one is noticed too.
 *
 * <p>Costs: appending n chunks O(n log m) in the m chunks stored, one forced write for all who
 * commit together, and at times that of moving 4 MiB of log. {@link #readChunks} passes over all
 * rows of the document, without the contents of those it leaves out, and holds one chunk at a time;
 * {@link #documents} and {@link #size()} read one small row a document, {@link #size(String)} one.
 * Opening reads these rows too, and after an unclean stop the log; {@link #verify} reads all;
 * {@link #reclaim} rewrites all.
 *
 * <p>Safe for use by many threads: one transaction at a time, readers beside it, each on a
 * connection of its own. {@link #close} waits for calls that are under way.
 *
 * <p>What {@link #commit} throws: STORE_BUSY when another program holds a lock for longer than
 * {@link SqliteOptions#busyTimeout}; STORE_FULL when no room is left; STORE_IO when the disk
 * failed, after which the store refuses to write until it is opened again, because only then is it
 * known what the disk holds; STORE_CORRUPT; UNSTORABLE; STORE_CLOSED. {@link #reclaim} throws the
 * same, the methods that read the same but STORE_FULL and UNSTORABLE.
 */
public final class SqliteStore implements ChangeStore {

  private final StoreFile file;
  private final Claim claim;
  private final Committer committer;
  private final ReaderPool readers;
  private final Lifecycle lifecycle;

  SqliteStore(StoreFile file, Claim claim, Committer committer) {
    this.file = file;
    this.claim = claim;
    this.committer = committer;
    readers = new ReaderPool(file);
    lifecycle = Lifecycle.of(file.path());
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
   *     STORE_VERSION if another release did, whose layout this one does not read; STORE_CORRUPT if
   *     it is damaged; STORE_LOST_ACKNOWLEDGED if what was acknowledged is gone; STORE_BUSY,
   *     STORE_FULL or STORE_IO if the file system does not let it be opened; NATIVE_UNAVAILABLE if
   *     SQLite can't be loaded here, or is older than 3.51.3. What was there is left as it is, but
   *     for an empty lock file and SQLite's scratch file {@code -shm}.
   */
  public static SqliteStore open(Path path, SqliteOptions options) {
    return Opening.open(path, options);
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
      Claim held = Claim.of(file.lock(), real);
      try (held) {
        return new SqliteSalvage(file, salvage).read();
      }
    } catch (IOException failure) {
      throw new StoreException.InputOutput(
          path + " can't be read: " + failure + "; name the file of a store", failure);
    }
  }

  @Override
  public @Nullable ReplicaId identity() {
    return meta().identity();
  }

  @Override
  public List<ReplicaId> formerIdentities() {
    return meta().former();
  }

  @Override
  public HybridTimestamp clock() {
    return meta().clock();
  }

  private Meta meta() {
    lifecycle.enter();
    try {
      return committer.meta();
    } finally {
      lifecycle.leave();
    }
  }

  @Override
  public boolean isCopy() {
    lifecycle.enter();
    try {
      return committer.isCopy();
    } finally {
      lifecycle.leave();
    }
  }

  @Override
  public Durability durability() {
    lifecycle.enter();
    try {
      return file.options().durability();
    } finally {
      lifecycle.leave();
    }
  }

  @Override
  public void commit(StoreBatch batch) {
    DocumentNames.checkAll(batch);
    lifecycle.enter();
    try {
      committer.commit(batch);
    } finally {
      lifecycle.leave();
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
    lifecycle.enter();
    try {
      return new StoreSize(sizes.size(), total, file.storedBytes());
    } catch (IOException failure) {
      throw new StoreException.InputOutput(
          file.path() + " can't be looked at: " + failure, failure);
    } finally {
      lifecycle.leave();
    }
  }

  @Override
  public StoreCheck verify() {
    lifecycle.enter();
    // A connection of its own, so that it reads what the disk holds and not what another kept.
    try (Reader reader = Reader.open(file)) {
      return reader.verify();
    } catch (SQLException failure) {
      throw Failures.translate(file.path(), "verifying it", failure);
    } finally {
      lifecycle.leave();
    }
  }

  @Override
  public void reclaim() {
    lifecycle.enter();
    try {
      committer.reclaim();
    } finally {
      lifecycle.leave();
    }
  }

  private <T> T read(ReaderPool.Reading<T> reading) {
    lifecycle.enter();
    try {
      return readers.read(reading);
    } finally {
      lifecycle.leave();
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
    lifecycle.close(this::closeAll);
  }

  /** The last connection to close removes the log, so that is the writer; the lock goes last. */
  private void closeAll() {
    List<AutoCloseable> resources =
        List.of(committer::settle, readers, committer::closeWriter, committer::closeHead, claim);
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
}
