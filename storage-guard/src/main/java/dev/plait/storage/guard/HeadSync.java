package dev.plait.storage.guard;

/** When a store forces its head file to the disk. */
public enum HeadSync {
  /**
   * At every checkpoint, at the first commit after opening and when the store is closed. A killed
   * process loses nothing of it; after power loss the head may lag behind the store.
   */
  CHECKPOINT,
  /**
   * At every commit, too: one more forced write for each group of commits. So a store that may lose
   * its last commits with the power never does so unnoticed.
   */
  COMMIT
}
