package dev.plait.sync;

/*
 * Waiting is counted in ticks, for a session has no clock. An answer that took n ticks makes the
 * longest wait a little more than 2 n; each wait in vain doubles it. What was said twice teaches
 * nothing, since nobody knows which of the two was answered (Karn and Partridge 1987): the longer
 * wait stays until something is answered that was said once.
 */
/** How long to wait for an answer before saying something again. */
final class Patience {

  static final int SHORTEST = 2;
  static final int LONGEST = 64;

  private int limit = SHORTEST;
  private int waited;

  /** Something came; should more be expected, the wait for it begins now. */
  void restart() {
    waited = 0;
  }

  /** A tick has passed. Returns whether the wait was in vain; if so, the next one is longer. */
  boolean isOutAfterTick() {
    waited++;
    if (waited < limit) {
      return false;
    }
    waited = 0;
    limit = Math.min(LONGEST, 2 * limit);
    return true;
  }

  /** What was said once has been answered, after this many ticks. */
  void learn(long ticks) {
    limit = (int) Math.min(LONGEST, SHORTEST + 2 * ticks);
  }

  /** All goes well without our asking; the next wait need not be as long. */
  void relax() {
    limit = Math.max(SHORTEST, limit / 2);
  }
}
