package dev.plait.storage.lmdb;

import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.storage.guard.Claim;
import dev.plait.storage.guard.GroupCommit;
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
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Env;
import org.lmdbjava.LmdbException;

/**
 * A durable store in a directory of its own: LMDB's {@code data.mdb} and {@code lock.mdb}, the head
 * file {@code plait.head} and the empty {@code plait.lock}.
 *
 * <p><b>Commits.</b> A batch is one transaction, and batches that are committed at the same time
 * share one. What it means that {@link #commit} has returned is {@link LmdbOptions#durability}:
 *
 * <ul>
 *   <li>{@link Durability#FULL}, the default: the batch was forced to the disk and survives power
 *       loss.
 *   <li>{@link Durability#RELAXED}: the batch survives the end of the process. Power loss can take
 *       the last commit; what was before it is whole.
 *   <li>{@link Durability#NONE}: the batch survives the end of the process. After power loss the
 *       file may be damaged, which opening notices.
 * </ul>
 *
 * <p><b>Damage.</b> Before the file is mapped, all of its pages are checked by plain reads; every
 * record carries a checksum over its key and value that is verified when it is read, and every
 * document a seal that shows a record that is missing or comes from elsewhere. The head file counts
 * the commits, each before it is acknowledged, and knows how many were forced to the disk: a data
 * file that ends before that is reported, not accepted. One that lacks only what the durability
 * lets power loss take counts as a copy, see {@link #isCopy}. The head itself survives the end of
 * the process at once, and power loss as {@link LmdbOptions#headSync} says.
 *
 * <p><b>Cost.</b> Appending n chunks costs O(n log m) in the m records stored and, with FULL, two
 * forced writes for each group of commits; {@link #readChunks} passes over all chunks of the
 * document and holds one at a time; {@link #size(String)} costs a look-up, {@link #documents} and
 * {@link #size()} are linear in the documents; opening and {@link #verify} read the whole file,
 * {@link #reclaim} reads and writes what is in use. The map in which LMDB sees its file doubles
 * when it is used up, up to {@link LmdbOptions#maximumMapBytes}; this waits for readers to end.
 *
 * <p><b>Threads.</b> Safe for use by many. Readers see the store as of one moment and never wait
 * for commits; a reader that stays keeps the room of what is deleted meanwhile. {@link #close}
 * waits for calls that are under way.
 *
 * <p><b>Errors.</b> {@link #commit} throws STORE_BUSY when readers keep the map from growing for
 * longer than {@link LmdbOptions#busyTimeout}; STORE_FULL when no room is left; STORE_CORRUPT when
 * a record that has to go is damaged; UNSTORABLE for a record that is too large; STORE_CLOSED. Of a
 * batch that fails so nothing is written. STORE_IO is thrown when the disk failed, also when that
 * was after the batch was written: whether it is there shows when the store is opened again, and
 * until then it takes no writes. The other methods throw the same codes but STORE_FULL, which
 * besides {@link #commit} only {@link #reclaim} throws.
 *
 * <p><b>The JVM.</b> Needs no flags. From JDK 24 on the JVM itself warns of native code; {@code
 * --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow} keeps it silent. LMDB's
 * library is unpacked to {@code java.io.tmpdir}, or where {@code -Dlmdbjava.extract.dir} says.
 */
public final class LmdbStore implements ChangeStore {

  /** What the store's own record may take when it is written anew, with all pages it touches. */
  private static final long RECORD_ROOM_BYTES = 4 << 20;

  private final Path directory;
  private final LmdbOptions options;
  private final Claim claim;
  private final Headway headway;
  private final Lifecycle lifecycle;
  private final GroupCommit group = new GroupCommit(this::write);

  // Guards the writing of batches and what they change.
  private final ReentrantLock writing = new ReentrantLock();
  private @Nullable StoreException refusal;
  private volatile StoreRecord meta;

  // Changed by who is alone in the lifecycle.
  private Environment environment;

  private LmdbStore(Path directory, LmdbOptions options, Opening opening) {
    this.directory = directory;
    this.options = options;
    claim = opening.claim();
    headway = opening.headway();
    environment = opening.environment();
    meta = opening.meta();
    lifecycle = Lifecycle.of(directory);
  }

  /**
   * Opens the store in a directory with {@link LmdbOptions#defaults()}.
   *
   * @see #open(Path, LmdbOptions)
   */
  public static LmdbStore open(Path directory) {
    return open(directory, LmdbOptions.defaults());
  }

  /**
   * Opens the store in a directory, and makes it if there is none.
   *
   * @param directory a directory of the default file system, on a local disk; if it is missing it
   *     is made, in one that exists
   * @throws StoreException STORE_LOCKED if it is open already, in this process or another, under
   *     this name or through a symbolic link; NOT_A_STORE if something else is there; STORE_VERSION
   *     if a release with another layout wrote it; STORE_CORRUPT if it is damaged;
   *     STORE_LOST_ACKNOWLEDGED if it ends before what it has acknowledged; NATIVE_UNAVAILABLE if
   *     LMDB can't be loaded on this system; STORE_FULL or STORE_IO if the file system does not let
   *     it be opened. The data file is left as it is.
   */
  public static LmdbStore open(Path directory, LmdbOptions options) {
    try {
      Path resolved = Opening.directory(directory);
      return new LmdbStore(resolved, options, Opening.of(resolved, options));
    } catch (DamagedException damage) {
      throw Failures.damaged(directory, damage);
    } catch (LmdbException failure) {
      throw Failures.translate(directory, "opening it", failure);
    } catch (IOException failure) {
      throw new StoreException.InputOutput(
          directory
              + " cannot be opened: "
              + failure
              + "; the directory it is in must exist, and it must be writable",
          failure);
    }
  }

  /**
   * Reads what is left of a store that may be damaged, without LMDB and without changing a byte.
   * Where the file is sound only what counts is handed over, otherwise also what was replaced or
   * deleted and is still there. Any thread.
   *
   * @param directory the store
   * @param salvage gets every record whose checksum is right
   * @return how much that was, and what is wrong
   * @throws StoreException STORE_LOCKED if the store is open; STORE_IO if the data file can't be
   *     read
   */
  public static StoreCheck salvage(Path directory, Salvage salvage) {
    try {
      Path real = directory.toRealPath();
      Path lock = real.resolve(Opening.LOCK);
      // Who has it open has a lock file; none is made here.
      if (!Files.isWritable(lock)) {
        return new LmdbSalvage(salvage).read(Environment.data(real));
      }
      Claim claim = Claim.of(lock, real);
      try (claim) {
        return new LmdbSalvage(salvage).read(Environment.data(real));
      }
    } catch (IOException failure) {
      throw Failures.failed(directory, "reading what is left of it", failure);
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

  private StoreRecord meta() {
    lifecycle.enter();
    try {
      return meta;
    } finally {
      lifecycle.leave();
    }
  }

  @Override
  public boolean isCopy() {
    lifecycle.enter();
    try {
      return headway.isCopy();
    } finally {
      lifecycle.leave();
    }
  }

  @Override
  public Durability durability() {
    lifecycle.enter();
    try {
      return options.durability();
    } finally {
      lifecycle.leave();
    }
  }

  @Override
  public void commit(StoreBatch batch) {
    DocumentNames.checkAll(batch);
    group.commit(batch);
  }

  private void write(List<StoreBatch> batches) {
    writing.lock();
    try {
      while (!wasWritten(batches)) {
        lifecycle.alone(options.busyTimeout(), "the map has to grow", this::grow);
      }
    } catch (LmdbException failure) {
      throw refusing(Failures.translate(directory, "growing its map", failure));
    } finally {
      writing.unlock();
    }
  }

  /** Whether the batches were written; if not, the map has to grow first. */
  private boolean wasWritten(List<StoreBatch> batches) {
    lifecycle.enter();
    try {
      checkWritable();
      headway.beforeCommit(environment, meta);
      boolean identified =
          headway.isCopy() && batches.stream().anyMatch(batch -> batch.identity() != null);
      meta = written(batches, identified);
      acknowledge(identified);
      return true;
    } catch (Env.MapFullException full) {
      if (environment.canGrow() || batches.stream().allMatch(LmdbStore::onlyRemoves)) {
        return false;
      }
      throw Failures.translate(directory, "writing a batch", full);
    } catch (LmdbException failure) {
      throw refusing(Failures.translate(directory, "writing a batch", failure));
    } catch (DamagedException damage) {
      throw Failures.damaged(directory, damage);
    } catch (StoreException failure) {
      throw refusing(failure);
    } catch (RuntimeException | Error failure) {
      // Nobody knows how far it came.
      refuse("failed in the middle of a write", failure);
      throw failure;
    } finally {
      lifecycle.leave();
    }
  }

  /** LMDB changes no page in its place, so even who removes needs some that are free. */
  private static boolean onlyRemoves(StoreBatch batch) {
    return batch.snapshot() == null
        && batch.chunks().isEmpty()
        && batch.merged().isEmpty()
        && batch.rewritten().isEmpty()
        && batch.quarantined().isEmpty()
        && batch.suspects().isEmpty()
        && (!batch.deleted().isEmpty()
            || !batch.forsaken().isEmpty()
            || !batch.released().isEmpty());
  }

  private void grow() {
    if (environment.canGrow()) {
      environment.grow();
    } else {
      environment.growBeyondBound();
    }
  }

  /** One transaction; gives what the store then says of itself. */
  private StoreRecord written(List<StoreBatch> batches, boolean identified)
      throws DamagedException {
    StoreRecord after = meta.after(batches);
    if (identified) {
      UUID instance = UUID.randomUUID();
      after =
          after.withInstance(instance.getMostSignificantBits(), instance.getLeastSignificantBits());
    }
    try (Transaction transaction = environment.write()) {
      after = BatchWriter.write(transaction, batches, meta, after);
      transaction.commit();
    }
    return after;
  }

  /** What fails in here fails batches that are written, and must not be written again. */
  private void acknowledge(boolean identified) {
    try {
      headway.afterCommit(environment, meta, identified);
    } catch (LmdbException | StoreException failure) {
      throw refuse("was written, but not its head", failure);
    }
  }

  private void checkWritable() {
    if (refusal != null) {
      throw new StoreException.InputOutput(
          directory
              + " takes no writes since one failed; close the store and open it again to see what"
              + " the disk holds",
          refusal);
    }
  }

  /** Refuses further writes if the disk failed. */
  private StoreException refusing(StoreException failure) {
    if (failure instanceof StoreException.InputOutput && refusal == null) {
      refusal = failure;
    }
    return failure;
  }

  /** Refuses further writes whatever failed. */
  private StoreException refuse(String what, Throwable failure) {
    StoreException refused =
        new StoreException.InputOutput(
            directory
                + " "
                + what
                + ": "
                + failure
                + "; close the store and open it again to see what the disk holds",
            failure);
    return refusing(refused);
  }

  @Override
  public void readChunks(String document, VersionVector since, Consumer<Chunk> consumer) {
    DocumentNames.check(document);
    read(
        reading -> {
          reading.readChunks(document, since, consumer);
          return document;
        });
  }

  @Override
  public @Nullable StoredSnapshot snapshot(String document) {
    DocumentNames.check(document);
    return read(reading -> Optional.ofNullable(reading.snapshot(document))).orElse(null);
  }

  @Override
  public List<Chunk> quarantined(String document) {
    DocumentNames.check(document);
    return read(reading -> reading.quarantined(document));
  }

  @Override
  public List<Dot> suspects(String document) {
    DocumentNames.check(document);
    return read(reading -> reading.suspects(document));
  }

  @Override
  public List<String> documents(String prefix) {
    DocumentNames.check(prefix);
    return read(reading -> reading.documents(prefix));
  }

  @Override
  public DocumentSize size(String document) {
    DocumentNames.check(document);
    return read(reading -> reading.size(document));
  }

  @Override
  public StoreSize size() {
    return read(reading -> reading.size(Opening.storedBytes(directory)));
  }

  @Override
  public StoreCheck verify() {
    try {
      return read(reading -> new Verification(reading).check());
    } catch (StoreException.Corrupt endless) { // LMDB itself could not get to the end
      String what = String.valueOf(endless.getMessage());
      return new StoreCheck(0, 0, 0, List.of(new StoreCheck.Damage(null, what)));
    }
  }

  /** What is read in one transaction. */
  private interface Question<T> {
    T ask(Reading reading) throws DamagedException, IOException;
  }

  private <T> T read(Question<T> question) {
    lifecycle.enter();
    try (Transaction transaction = environment.read()) {
      return question.ask(new Reading(transaction));
    } catch (DamagedException damage) {
      throw Failures.damaged(directory, damage);
    } catch (LmdbException failure) {
      throw Failures.translate(directory, "reading", failure);
    } catch (IOException failure) {
      throw Failures.failed(directory, "reading", failure);
    } finally {
      lifecycle.leave();
    }
  }

  /**
   * Copies what is in use to a new file and puts that in the place of the old one. Readers go on
   * meanwhile, commits wait; for the last step readers have to end.
   *
   * @throws StoreException STORE_BUSY if readers do not end within {@link LmdbOptions#busyTimeout};
   *     then nothing has changed
   */
  @Override
  public void reclaim() {
    writing.lock();
    try {
      try {
        exchangeAlone(compact());
      } finally {
        removeAside();
      }
    } catch (LmdbException failure) {
      throw Failures.translate(directory, "reclaiming room", failure);
    } catch (IOException failure) {
      throw Failures.failed(directory, "reclaiming room", failure);
    } finally {
      writing.unlock();
    }
  }

  /** Only what fails in here leaves a doubt about what the store's own file holds. */
  private void exchangeAlone(StoreRecord compacted) {
    String why = "the data file has to be exchanged";
    String doubt = "failed while its data file was exchanged";
    try {
      lifecycle.alone(options.busyTimeout(), why, () -> exchange(compacted));
    } catch (StoreException.Busy | StoreException.Closed untouched) {
      throw untouched;
    } catch (StoreException | LmdbException failure) {
      throw refuse(doubt, failure);
    } catch (IOException failure) {
      throw refuse(doubt, Failures.failed(directory, why, failure));
    }
  }

  /** Whatever has failed, what is left over takes no room; a closed store may be another's. */
  private void removeAside() throws IOException {
    lifecycle.enter();
    try {
      Opening.removeAside(directory);
    } finally {
      lifecycle.leave();
    }
  }

  private StoreRecord compact() throws IOException {
    Path aside = directory.resolve(Opening.ASIDE);
    lifecycle.enter();
    try {
      checkWritable();
      Opening.removeAside(directory);
      Files.createDirectory(aside);
      environment.compactTo(aside);
      return counted(aside);
    } finally {
      lifecycle.leave();
    }
  }

  private StoreRecord counted(Path aside) throws IOException {
    // The copy counts its transactions from one, and the store's record has to say the same.
    StoreRecord compacted;
    // It is as large as what is in it, and may need a few pages more than the store's own bound.
    long room = Files.size(Environment.data(aside)) + RECORD_ROOM_BYTES;
    LmdbOptions roomy = LmdbOptions.defaults().withInitialMapBytes(room);
    try (Environment copy = Environment.open(aside, roomy);
        Transaction transaction = copy.write()) {
      compacted = meta.withTransaction(transaction.number());
      transaction.put(LmdbLayout.META_KEY, compacted.toValue());
      transaction.commit();
    }
    Opening.force(Environment.data(aside));
    return compacted;
  }

  private void exchange(StoreRecord compacted) throws IOException {
    environment.close();
    try {
      Files.move(
          Environment.data(directory.resolve(Opening.ASIDE)),
          Environment.data(directory),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      Opening.force(directory);
    } finally {
      environment = Environment.open(directory, options);
    }
    meta = compacted;
  }

  /**
   * Waits for calls under way, forces everything to the disk and gives up the claim. Closing twice
   * is allowed.
   *
   * @throws StoreException STORE_IO if the file system failed meanwhile; the store is closed all
   *     the same; STORE_BUSY if called by a consumer of {@link #readChunks}
   */
  @Override
  public void close() {
    try {
      lifecycle.close(this::closeAll);
    } catch (LmdbException failure) {
      throw Failures.translate(directory, "closing it", failure);
    } catch (IOException failure) {
      throw Failures.failed(directory, "closing it", failure);
    }
  }

  /** Whatever fails, the environment is closed first, then the head file, and the claim ends. */
  @SuppressWarnings("try") // the claim is only ended
  private void closeAll() throws IOException {
    try (Claim last = claim;
        Headway second = headway) {
      try (Environment first = environment) {
        if (options.durability() != Durability.FULL && refusal == null) {
          first.sync();
        }
      }
      if (refusal == null) {
        second.closed(meta);
      }
    }
  }
}
