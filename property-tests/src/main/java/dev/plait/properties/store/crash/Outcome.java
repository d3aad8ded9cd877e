package dev.plait.properties.store.crash;

/** What became of a damaged store. */
enum Outcome {
  /** It held exactly what was written. */
  SAME(true),
  /** It refused, with a code that says so; all it did not refuse was right. */
  TYPED(true),
  /** It gave back something that was never written, or not like that. */
  WRONG(false),
  /** Something acknowledged was missing, and nothing said so. */
  LOST(false),
  /** It said that acknowledged data is lost, and changed the files. */
  TOUCHED(false),
  /** It failed with something that is no {@code StoreException}. */
  UNTYPED(false),
  /** The process died. */
  CRASH(false),
  /** The process never came back. */
  HANG(false);

  private final boolean allowed;

  Outcome(boolean allowed) {
    this.allowed = allowed;
  }

  /** Whether a store that can be trusted may do this. */
  boolean isAllowed() {
    return allowed;
  }
}
