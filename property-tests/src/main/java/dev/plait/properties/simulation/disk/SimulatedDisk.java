package dev.plait.properties.simulation.disk;

import dev.plait.store.StoreException;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/*
 * On the disk are a checkpoint, the log of what was committed after it, and a head. The log is the
 * part that can be written and not yet be durable: everything that goes wrong goes wrong there. The
 * head stands for one sector, the checkpoint for a file that is renamed into its place: both change
 * in one step and are durable then.
 *
 * Steps, in the order of one commit with a sync (each is a place where the power can fail):
 *   1        before the write
 *   2 to 4   after each of the three writes that make up a record
 *   5        before the sync
 *   6        after the sync
 *   7        after the head was written
 *   8        before the store's memory is updated
 *   9        before the commit returns
 * A commit without a sync has no steps 5 to 7. Opening and closing have steps of their own.
 */
/**
 * What outlives a {@link SimulatedStore}: a disk whose power fails, whose writes are torn, whose
 * syncs fail or take long, that is full or damaged, as it is told and as chance decides. The same
 * calls with the same random numbers do the same; as long as nothing goes wrong, none are drawn.
 *
 * <p>When the power fails, what was synced stays. Of the writes since the last sync the first ones
 * survive, any number from none to all of them; the last of those may be torn: cut short, or with a
 * block of zeros or noise inside. A record takes three writes.
 *
 * <p>Not thread-safe, but for what the store on it does: faults are told by one thread while no
 * other calls the store.
 */
public final class SimulatedDisk {
  private static final int WRITES_A_RECORD = 3;
  private static final int NEVER = 0;

  private final RandomGenerator random;
  private final LogFile log;
  private Checkpoint checkpoint;
  private Head head;
  private long losses;
  private boolean off;

  // Asked by readers, who take no lock.
  private volatile @Nullable SimulatedStore holder;

  private int stepsToFailure = NEVER;
  private boolean full;
  private boolean nextSyncFails;
  private long syncMillis;
  private LongConsumer slept = millis -> {};
  private long capacity = Long.MAX_VALUE;

  /**
   * A disk with nothing on it, without faults.
   *
   * @param random what is left of unsynced writes and which bit is flipped; used by this disk and
   *     by all copies of it
   */
  public SimulatedDisk(RandomGenerator random) {
    this(random, new LogFile(), Checkpoint.empty(), Head.EMPTY);
  }

  private SimulatedDisk(RandomGenerator random, LogFile log, Checkpoint checkpoint, Head head) {
    this.random = random;
    this.log = log;
    this.checkpoint = checkpoint;
    this.head = head;
  }

  /**
   * Another disk, open to nobody, with what is durable on this one now, as a cloned machine has it:
   * a store opened on it does not know that there is another. It has as much room and no faults.
   */
  public SimulatedDisk copy() {
    return copy(head);
  }

  /**
   * Another disk with what is durable on this one now, as restored from a backup: a store on it
   * {@linkplain dev.plait.store.ChangeStore#isCopy says that it is a copy} until it is given an
   * identity. It has as much room and no faults.
   */
  public SimulatedDisk restored() {
    return copy(head.asCopy());
  }

  private SimulatedDisk copy(Head itsHead) {
    SimulatedDisk copy = new SimulatedDisk(random, log.durable(), checkpoint, itsHead);
    copy.losses = losses + 1; // what is not synced here is missing there
    copy.capacity = capacity;
    return copy;
  }

  /**
   * The power fails now. Whoever has the disk open gets a {@link PowerFailure} from every call but
   * {@code close}; the disk can be opened again. A {@linkplain #crashAtStep crash point} is
   * forgotten.
   */
  public void crash() {
    loseUnsynced();
    kill();
    off = true;
  }

  /**
   * The process ends now that has the disk open, but not the machine: as {@link #crash}, but
   * everything written is still there, until the power fails.
   */
  public void kill() {
    stepsToFailure = NEVER;
    holder = null;
  }

  /**
   * The power will fail at a later step; replaces the crash point before. A commit of a {@code
   * FULL} store has nine: before its record is written, after each of three writes, before and
   * after the sync, after the head was written, before its memory is updated and before it returns.
   *
   * @param steps 1 for the next one
   */
  public void crashAtStep(int steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("the next step is 1, not " + steps);
    }
    stepsToFailure = steps;
  }

  /** Whether the power has failed and nobody has opened the disk since. */
  public boolean isOff() {
    return off;
  }

  /** From now on every batch is refused as STORE_FULL, or, when told so, none any more. */
  public void setFull(boolean isFull) {
    full = isFull;
  }

  /**
   * How much room there is, for what is stored and the log together. A batch that needs more is
   * refused as STORE_FULL, after the room of what was replaced has been given back.
   *
   * @param bytes at most so many; {@link Long#MAX_VALUE} for any, which it is at first
   */
  public void setCapacity(long bytes) {
    capacity = bytes;
  }

  /** How much of the room is taken, in bytes. */
  public long usedBytes() {
    return checkpoint.bytes() + log.length();
  }

  /**
   * The next sync fails: the commit that asked for it throws STORE_IO, and so does every call of
   * the store until the disk is opened again. Of what was not synced some is lost, as when the
   * power fails.
   */
  public void failNextSync() {
    nextSyncFails = true;
  }

  /**
   * From now on every sync takes time. No thread waits.
   *
   * @param millis how long, from 0
   * @param sleeper is told so at each sync; not called with 0
   */
  public void syncMillis(long millis, LongConsumer sleeper) {
    syncMillis = millis;
    slept = sleeper;
  }

  /** Takes back all faults that were asked for and have not happened yet; the room stays as set. */
  public void heal() {
    stepsToFailure = NEVER;
    full = false;
    nextSyncFails = false;
    syncMillis = 0;
  }

  /**
   * Inverts a bit, drawn from those of the log that a sync has made durable. Opening then finds
   * STORE_CORRUPT, unless a checkpoint has taken the place of the damaged record before.
   *
   * @return whether there was any
   */
  public boolean flipBit() {
    int bytes = syncedBytes();
    if (bytes > 0) {
      log.flip(random.nextInt(bytes), random.nextInt(Byte.SIZE));
    }
    return bytes > 0;
  }

  /**
   * Loses the end of the log, a drawn number of the bytes that a sync has made durable: a disk that
   * has lied. Opening then finds STORE_LOST_ACKNOWLEDGED. Only while nobody has the disk open.
   *
   * @return whether there was anything to lose
   */
  public boolean loseSynced() {
    if (holder != null) {
      throw new IllegalStateException("the store is open; close it, or let the power fail, first");
    }
    int bytes = syncedBytes();
    if (bytes > 0) {
      log.cut(random.nextInt(bytes));
    }
    return bytes > 0;
  }

  private int syncedBytes() {
    return Math.min(head.end(), log.length());
  }

  /** Gives the disk to a store, if nobody has it. */
  void acquire(SimulatedStore store) {
    if (holder != null) {
      throw new StoreException.Locked(
          "another store has this disk open; close that one first, or open a copy of the disk",
          null);
    }
    holder = store;
    off = false;
  }

  /** Takes the disk back from a store, if that has it. */
  void release(SimulatedStore store) {
    if (holder == store) {
      holder = null;
    }
  }

  boolean isHeldBy(SimulatedStore store) {
    return holder == store;
  }

  LogFile log() {
    return log;
  }

  Checkpoint checkpoint() {
    return checkpoint;
  }

  Head head() {
    return head;
  }

  /** How often unsynced writes may have been lost. */
  long losses() {
    return losses;
  }

  /** A place where the power can fail. */
  void step() {
    if (stepsToFailure != NEVER) {
      stepsToFailure--;
      if (stepsToFailure == 0) {
        crash();
        throw new PowerFailure();
      }
    }
  }

  boolean isFull() {
    return full;
  }

  boolean hasRoomFor(int bytes) {
    return !full && bytes <= capacity - usedBytes() && bytes <= LogFile.MOST_BYTES - log.length();
  }

  /** Writes a record behind the log, not durably. */
  void append(RecordBuffer record) {
    step();
    int length = record.length();
    int written = 0;
    for (int i = 1; i <= WRITES_A_RECORD; i++) {
      int end = (int) ((long) length * i / WRITES_A_RECORD);
      log.write(record.array(), written, end - written);
      written = end;
      step();
    }
  }

  /** Makes the log durable; false if that fails. */
  boolean sync() {
    step();
    if (syncMillis > 0) {
      slept.accept(syncMillis);
    }
    if (nextSyncFails) {
      nextSyncFails = false;
      loseUnsynced();
      return false;
    }
    log.sync();
    step();
    return true;
  }

  private void loseUnsynced() {
    log.loseUnsynced(random);
    losses++;
  }

  void writeHead(Head next) {
    head = next;
    step();
  }

  /** Has what is in the log stand in a checkpoint, and empties it. */
  void replace(Checkpoint by, Head next) {
    checkpoint = by;
    head = next;
    log.clear();
  }
}
