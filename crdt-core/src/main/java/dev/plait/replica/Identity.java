package dev.plait.replica;

import dev.plait.clock.ReplicaId;
import dev.plait.store.ChangeStore;
import dev.plait.store.StoreBatch;
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
  private volatile boolean inherited;

  private Identity(ChangeStore store, Chance chance, ReplicaId current, boolean inherited) {
    this.store = store;
    this.chance = chance;
    this.current = current;
    this.inherited = inherited;
  }

  /** The identity that the store has, or a new one if it has none. */
  static Identity of(ChangeStore store, Chance chance) {
    ReplicaId stored = store.identity();
    Identity identity =
        new Identity(store, chance, stored == null ? chance.replicaId() : stored, stored != null);
    if (stored == null) {
      identity.keep(identity.current);
    }
    return identity;
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
   * @return the new id, or null if {@code spoiled} is not in use any more
   */
  @Nullable ReplicaId replace(ReplicaId spoiled) {
    lock.lock();
    try {
      if (!spoiled.equals(current)) {
        return null;
      }
      ReplicaId fresh = chance.replicaId();
      keep(fresh);
      current = fresh;
      inherited = false;
      return fresh;
    } finally {
      lock.unlock();
    }
  }

  private void keep(ReplicaId id) {
    store.commit(StoreBatch.builder().identity(id).build());
  }
}
