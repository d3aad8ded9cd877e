package dev.plait.properties.simulation.disk;

import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.store.ChangeStore;
import dev.plait.store.DocumentSize;
import dev.plait.store.Durability;
import dev.plait.store.InMemoryDisk;
import dev.plait.store.InMemoryStore;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoreCheck;
import dev.plait.store.StoreException;
import dev.plait.store.StoreSize;
import dev.plait.store.StoredSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A log-structured store on a {@link SimulatedDisk}. A commit is one record with a checksum: it is
 * written, then made durable, then applied in memory, then acknowledged. Opening reads the log from
 * its bytes and cuts off a torn end; reading is done from memory.
 *
 * <p><b>Durability.</b> {@link Durability#FULL}: synced by each commit, so no power failure takes
 * what was acknowledged. {@link Durability#RELAXED}: synced by every eighth, so one may take the
 * commits since, never one from the middle; as nobody can tell then whether any are missing, the
 * store {@linkplain #isCopy says that it is a copy}. A killed process loses nothing with either.
 *
 * <p><b>Errors.</b> {@link #commit} throws UNSTORABLE, STORE_FULL and STORE_CLOSED, and has done
 * nothing then; STORE_IO when a sync fails: whether the batch is there shows when the disk is
 * opened again, and until then every call but {@link #close} throws STORE_IO. After the power has
 * failed every call but {@link #close} throws {@link PowerFailure}.
 *
 * <p><b>Cost.</b> A commit takes some microseconds, opening as much as replaying at most 64 KiB of
 * log and the last batch. Safe for use by many threads: one commit at a time, readers beside it;
 * but it repeats itself from a seed only with one.
 */
public final class SimulatedStore implements ChangeStore {
  private static final int RELAXED_COMMITS_A_SYNC = 8;
  private static final int CHECKPOINT_BYTES = 1 << 16;

  private final SimulatedDisk disk;
  private final Durability durability;

  // Guards everything below; the volatile fields are read without it.
  private final ReentrantLock writing = new ReentrantLock();
  private final RecordBuffer record = new RecordBuffer();
  private long commits;
  private volatile Memory memory;
  private volatile boolean failed;
  private volatile boolean closed;

  /** What is committed, and the one store that is ever opened there. */
  private record Memory(InMemoryDisk disk, InMemoryStore store) {
    static Memory of(InMemoryDisk disk) {
      return new Memory(disk, InMemoryStore.open(disk));
    }

    /** The same, to be changed. */
    Memory next() {
      return of(disk.copy());
    }

    Memory asCopy() {
      return of(disk.restored());
    }
  }

  private SimulatedStore(SimulatedDisk disk, Durability durability) {
    this.disk = disk;
    this.durability = durability;
    memory = Memory.of(disk.checkpoint().image().copy());
  }

  /**
   * Opens what is on the disk, and ends a power failure.
   *
   * @param durability FULL or RELAXED; may be another one each time
   * @throws StoreException STORE_LOCKED if a store that is not closed has the disk; STORE_CORRUPT
   *     if the log is damaged, STORE_LOST_ACKNOWLEDGED if it is shorter than it was: then nothing
   *     is changed; STORE_IO if a sync fails
   * @throws PowerFailure if it fails while the store is opened
   */
  public static SimulatedStore open(SimulatedDisk disk, Durability durability) {
    if (durability == Durability.NONE) {
      throw new IllegalArgumentException(
          "a simulated store is FULL or RELAXED; for one that promises nothing take InMemoryStore");
    }
    SimulatedStore store = new SimulatedStore(disk, durability);
    disk.acquire(store);
    boolean opened = false;
    try {
      store.recover();
      opened = true;
    } finally {
      if (!opened) {
        disk.release(store);
      }
    }
    return store;
  }

  private void recover() {
    Head head = disk.head();
    LogFile log = disk.log();
    long first = disk.checkpoint().commits() + 1;
    LogReading reading = LogReading.of(log, first, head, memory.store()::commit);
    String where = "the log has " + log.length() + " bytes, sound up to byte " + reading.end();
    switch (reading.finding()) {
      case DAMAGED ->
          throw new StoreException.Corrupt(
              where + ", and bytes behind that are not as they were synced; restore a copy", null);
      case SHORTER ->
          throw new StoreException.LostAcknowledged(
              where
                  + " and commit "
                  + reading.commits()
                  + ", where "
                  + head.end()
                  + " and commit "
                  + head.commits()
                  + " were synced; restore a copy",
              null);
      case SOUND -> disk.step();
    }
    log.cut(reading.end());
    commits = reading.commits();
    if (head.copy() || (head.relaxed() && head.losses() != disk.losses())) {
      memory = memory.asCopy();
      checkpoint();
    } else {
      sync();
    }
  }

  @Override
  public void commit(StoreBatch batch) {
    writing.lock();
    try {
      check();
      Memory next = memory.next();
      next.store().commit(batch); // what can't be stored is refused here
      RecordFrame.write(batch, commits + 1, record);
      makeRoom();
      disk.append(record);
      commits++;
      if (durability == Durability.FULL || commits % RELAXED_COMMITS_A_SYNC == 0) {
        sync();
      }
      disk.step();
      memory = next;
      if (disk.log().length() > CHECKPOINT_BYTES && disk.log().synced() == disk.log().length()) {
        checkpoint();
      }
      disk.step();
    } finally {
      writing.unlock();
    }
  }

  private void makeRoom() {
    int needed = record.length();
    if (!disk.hasRoomFor(needed) && !disk.isFull()) {
      reclaim();
    }
    if (!disk.hasRoomFor(needed)) {
      throw new StoreException.Full(
          "no room is left for a record of " + needed + " bytes; delete documents, or make room",
          null);
    }
  }

  /** Makes all commits so far durable, and has the head say so. */
  private void sync() {
    if (!disk.sync()) {
      failed = true;
      throw failure();
    }
    disk.writeHead(head(disk.log().length(), durability == Durability.RELAXED));
  }

  /** Makes what is in memory the checkpoint; all of it is durable by now. */
  private void checkpoint() {
    long bytes = memory.store().size().storedBytes();
    disk.replace(
        new Checkpoint(memory.disk(), commits, bytes), head(0, durability == Durability.RELAXED));
  }

  private Head head(int end, boolean relaxed) {
    return new Head(commits, end, relaxed, disk.losses(), false);
  }

  @Override
  public @Nullable ReplicaId identity() {
    return memory().identity();
  }

  @Override
  public List<ReplicaId> formerIdentities() {
    return memory().formerIdentities();
  }

  @Override
  public HybridTimestamp clock() {
    return memory().clock();
  }

  /**
   * Whether the disk was {@linkplain SimulatedDisk#restored restored}, or lost unsynced writes
   * while the store was open with {@link Durability#RELAXED}, and no identity was committed since.
   */
  @Override
  public boolean isCopy() {
    return memory().isCopy();
  }

  @Override
  public Durability durability() {
    check();
    return durability;
  }

  @Override
  public void readChunks(String document, VersionVector since, Consumer<Chunk> consumer) {
    memory().readChunks(document, since, consumer);
  }

  @Override
  public @Nullable StoredSnapshot snapshot(String document) {
    return memory().snapshot(document);
  }

  @Override
  public List<Chunk> quarantined(String document) {
    return memory().quarantined(document);
  }

  @Override
  public List<Dot> suspects(String document) {
    return memory().suspects(document);
  }

  @Override
  public List<String> documents(String prefix) {
    return memory().documents(prefix);
  }

  @Override
  public DocumentSize size(String document) {
    return memory().size(document);
  }

  @Override
  public StoreSize size() {
    writing.lock();
    try {
      StoreSize size = memory().size();
      return new StoreSize(size.documents(), size.total(), disk.usedBytes());
    } finally {
      writing.unlock();
    }
  }

  /** Reads the log as opening does. */
  @Override
  public StoreCheck verify() {
    writing.lock();
    try {
      StoreCheck check = memory().verify();
      long first = disk.checkpoint().commits() + 1;
      LogReading reading = LogReading.of(disk.log(), first, disk.head(), batch -> {});
      List<StoreCheck.Damage> damages = new ArrayList<>();
      if (reading.end() < disk.log().length() || reading.commits() < commits) {
        damages.add(
            new StoreCheck.Damage(
                null,
                "the log is sound only up to byte "
                    + reading.end()
                    + ", commit "
                    + reading.commits()
                    + " of "
                    + commits));
      }
      return new StoreCheck(
          check.documents(), check.records(), check.bytes() + reading.end(), damages);
    } finally {
      writing.unlock();
    }
  }

  /** Empties the log, whose records all stand in the checkpoint then. */
  @Override
  public void reclaim() {
    writing.lock();
    try {
      check();
      if (disk.log().length() > 0) {
        sync();
        checkpoint();
      }
    } finally {
      writing.unlock();
    }
  }

  /**
   * Makes everything durable and releases the disk; only releases it after STORE_IO, and does
   * nothing after the power has failed.
   *
   * @throws StoreException STORE_IO if the sync fails; the disk is released all the same
   */
  @Override
  public void close() {
    writing.lock();
    try {
      if (!closed) {
        closed = true;
        finish();
      }
    } finally {
      disk.release(this);
      writing.unlock();
    }
  }

  private void finish() {
    if (durability == Durability.RELAXED && disk.isHeldBy(this) && !failed) {
      sync();
      disk.writeHead(head(disk.log().length(), false));
    }
  }

  private InMemoryStore memory() {
    check();
    return memory.store();
  }

  private void check() {
    if (closed) {
      throw new StoreException.Closed("this store was closed; open another on its disk", null);
    }
    if (!disk.isHeldBy(this)) {
      throw new PowerFailure();
    }
    if (failed) {
      throw failure();
    }
  }

  private static StoreException failure() {
    return new StoreException.InputOutput(
        "a sync has failed; close the store and open it again to see what the disk holds", null);
  }
}
