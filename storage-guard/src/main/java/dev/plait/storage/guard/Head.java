package dev.plait.storage.guard;

import dev.plait.store.Durability;
import dev.plait.store.StoreException;
import java.nio.file.Path;

/**
 * What a store remembers of itself outside of its engine's files.
 *
 * @param instanceHigh the upper half of the number that names this store among all
 * @param instanceLow the lower half
 * @param commits how many commits the store has acknowledged, from 0
 * @param clean whether the store was closed after it was written
 * @param durability what the store promised when it was written
 * @param mark something of the engine's, or 0
 * @param forced how many commits were known to be forced to the disk when this was written; without
 *     {@link Durability#FULL} the others may be gone after a loss of power
 */
public record Head(
    long instanceHigh,
    long instanceLow,
    long commits,
    boolean clean,
    Durability durability,
    long mark,
    long forced) {

  /**
   * @throws IllegalArgumentException if {@code commits} is negative
   */
  public Head {
    if (commits < 0) {
      throw new IllegalArgumentException("commits are counted from 0, not " + commits);
    }
  }

  /** With this many commits. */
  public Head withCommits(long now) {
    return new Head(instanceHigh, instanceLow, now, clean, durability, mark, forced);
  }

  /** Closed or not. */
  public Head withClean(boolean now) {
    return new Head(instanceHigh, instanceLow, commits, now, durability, mark, forced);
  }

  /** With another promise. */
  public Head withDurability(Durability now) {
    return new Head(instanceHigh, instanceLow, commits, clean, now, mark, forced);
  }

  /** With this mark of the engine's. */
  public Head withMark(long now) {
    return new Head(instanceHigh, instanceLow, commits, clean, durability, now, forced);
  }

  /** With this many commits forced to the disk. */
  public Head withForced(long now) {
    return new Head(instanceHigh, instanceLow, commits, clean, durability, mark, now);
  }

  /** As the head of this instance. */
  public Head withInstance(long high, long low) {
    return new Head(high, low, commits, clean, durability, mark, forced);
  }

  /** Whether both are heads of the same store. */
  public boolean isOfInstance(long high, long low) {
    return instanceHigh == high && instanceLow == low;
  }

  /**
   * Compares the head with what the store's own files say of themselves.
   *
   * @param store what to call the store in messages
   * @param high the upper half of the store's number
   * @param low the lower half
   * @param stored how many commits are in the store
   * @throws StoreException.Corrupt if this is the head of another store
   * @throws StoreException.LostAcknowledged if the head counts more commits, unless the store {@link
   *     #isShortened}
   */
  public void check(Path store, long high, long low, long stored) {
    if (!isOfInstance(high, low)) {
      throw new StoreException.Corrupt(
          store
              + " and its head file belong to different stores; restore both from one copy,"
              + " or remake the head with: plait repair",
          null);
    }
    if (stored < commits && !isShortened(stored)) {
      throw lost(store, stored);
    }
  }

  /**
   * Whether a store has lost its last commits as it was allowed to: it was not closed, promised less
   * than {@link Durability#FULL}, and has all that was forced to the disk. That is no damage, but
   * what is gone may be known elsewhere, so nobody must go on under the identity that wrote it: see
   * {@link HeadFile#disown}.
   *
   * @param stored how many commits are in the store
   */
  public boolean isShortened(long stored) {
    return !clean && durability != Durability.FULL && stored >= forced && stored < commits;
  }

  /**
   * That the store's files are older than the head.
   *
   * @param store what to call the store
   * @param stored how many commits are in it; 0 if it is missing
   */
  public StoreException.LostAcknowledged lost(Path store, long stored) {
    return new StoreException.LostAcknowledged(
        store
            + " has acknowledged "
            + commits
            + " commits and holds "
            + stored
            + "; nothing was changed: restore its files, or go on without what is missing and"
            + " fetch it from a peer with: plait repair",
        null);
  }
}
