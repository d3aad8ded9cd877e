package dev.plait.properties.simulation;

import dev.plait.store.ChangeStore;

/**
 * The disk of one simulated machine: what outlives its crashes. Make one over a store of your own
 * to put it through the simulation. Used by one thread.
 */
public interface MachineDisk extends AutoCloseable {

  /** Opens the store that is on it, which is open nowhere. */
  ChangeStore open();

  /** Power fails: what was open is of no use any more, and only what is safe remains. */
  void crash();

  /**
   * A second disk with what is on this one now, as a backup has it.
   *
   * @param told whether a store on it can {@linkplain ChangeStore#isCopy tell that it is a copy}
   */
  MachineDisk copy(boolean told);

  /** Whether what {@code commit} has returned for is there after a crash. */
  boolean keepsWhatIsAcknowledged();

  /** Whether the power has failed by itself, at a step that {@link #crashAtStep} has named. */
  default boolean isDown() {
    return false;
  }

  /** Lets the power fail at a step of a commit to come; does nothing if the disk has no steps. */
  default void crashAtStep(int step) {
    // A disk of real files has no steps that a test could stop between.
  }

  /** Refuses to grow, or does no more; does nothing if the disk can't be filled. */
  default void setFull(boolean full) {
    // A disk of real files is as large as it is.
  }

  /** Lets the next sync fail; does nothing if that can't be had. */
  default void failNextSync() {
    // A disk of real files does not fail on demand.
  }

  /** Lets each sync take so long; whoever waits is told by {@link #busyMillis}. */
  default void setSyncMillis(long millis) {
    // A disk of real files is as fast as it is.
  }

  /** Ends every fault, and forgets those to come. */
  default void mend() {
    setFull(false);
    setSyncMillis(0);
  }

  /** How long the syncs since this was last asked have taken, in simulated time. */
  default long busyMillis() {
    return 0;
  }

  /** Nobody needs it any more. */
  @Override
  default void close() {
    // What is only in memory needs no end.
  }
}
