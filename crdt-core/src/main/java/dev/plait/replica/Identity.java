package dev.plait.replica;

import dev.plait.clock.ReplicaId;
import dev.plait.store.ChangeStore;
import dev.plait.store.StoreBatch;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/*
 * A change is named by its author and a number, so an author must never give the same number twice.
 * A store that was restored from a backup, or copied, does not know which numbers were given since.
 * The one remedy is to become somebody else, before the next write and for good: the new id is made
 * durable first and shown to writers after that.
 */
/** Who the replica is. Safe for use by many threads. */
final class Identity {
  private final ChangeStore store;
  private final Chance chance;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile ReplicaId current;
  private final @Nullable ReplicaId copied;
  private volatile boolean inherited;

  private Identity(
      ChangeStore store,
      Chance chance,
      ReplicaId current,
      boolean inherited,
      @Nullable ReplicaId copied) {
    this.store = store;
    this.chance = chance;
    this.current = current;
    this.inherited = inherited;
    this.copied = copied;
  }

  /** The identity that the store has, or a new one if it has none, or has somebody else's. */
  static Identity of(ChangeStore store, Chance chance) {
    ReplicaId stored = store.identity();
    if (stored != null && !store.isCopy()) {
      return new Identity(store, chance, stored, true, null);
    }
    Identity identity = new Identity(store, chance, chance.replicaId(), false, stored);
    identity.keep(identity.current, StoreBatch.builder());
    return identity;
  }

  /** The id that the store came with, if it was found to be a copy when it was opened; or null. */
  @Nullable ReplicaId copied() {
    return copied;
  }

  /** Who has written here before, earliest first. */
  List<ReplicaId> former() {
    return store.formerIdentities();
  }

  ReplicaId current() {
    return current;
  }

  /** Whether the id was made by an earlier run, so that a copy of the store may have it too. */
  boolean isInherited() {
    return inherited;
  }

  /**
   * Becomes somebody else, durably.
   *
   * @param spoiled the id not to be used any more
   * @param batch what is committed along with it
   * @return the new id, or null if {@code spoiled} is not in use any more; then nothing is
   *     committed
   */
  @Nullable ReplicaId replace(ReplicaId spoiled, StoreBatch.Builder batch) {
    lock.lock();
    try {
      if (!spoiled.equals(current)) {
        return null;
      }
      ReplicaId fresh = chance.replicaId();
      keep(fresh, batch);
      current = fresh;
      inherited = false;
      return fresh;
    } finally {
      lock.unlock();
    }
  }

  private void keep(ReplicaId id, StoreBatch.Builder batch) {
    store.commit(batch.identity(id).build());
  }
}
