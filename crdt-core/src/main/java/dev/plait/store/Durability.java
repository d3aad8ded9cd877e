package dev.plait.store;

/** What it means that a commit has returned. */
public enum Durability {
  /** It survives power loss. */
  FULL,
  /**
   * It survives the end of the process; power loss may take a suffix of the commits, never leave a
   * hole.
   */
  RELAXED,
  /** Nothing is promised; for tests. */
  NONE
}
