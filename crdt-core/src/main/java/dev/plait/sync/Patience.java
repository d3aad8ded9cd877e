package dev.plait.sync;

/*
 * Waiting is counted in ticks, for a session has no clock. An answer that took n ticks makes the
 * next wait 2 more than twice as long; without an answer the wait doubles. An answer after a second
 * try does not say which try it answers, so it teaches nothing and the longer wait stays until one
 * comes at the first (Karn and Partridge 1987).
 */
/** How long to wait for an answer before saying something again. */
final class Patience {

  static final int SHORTEST = 2;
  static final int LONGEST = 64;

  private int limit = SHORTEST;
  private int waited;
  private boolean tried;

  /** The wait begins now. */
  void restart() {
    waited = 0;
    tried = false;
  }

  /** A tick has passed. Returns whether that was long enough; if so, the next wait is longer. */
  boolean isOutAfterTick() {
    waited++;
    if (waited < limit) {
      return false;
    }
    waited = 0;
    tried = true;
    limit = Math.min(LONGEST, 2 * limit);
    return true;
  }

  /** The peer was heard; should more be expected, the wait for it begins now. */
  void rewarded() {
    if (!tried) {
      limit = Math.min(LONGEST, SHORTEST + 2 * waited);
    }
    restart();
  }
}
