package dev.plait.replica;

/**
 * How long to wait before a link is opened again: a random time up to a ceiling that doubles with
 * each failure until it reaches the cap ("full jitter"), so that many clients of one server that
 * comes back do not all call at once. Not thread-safe.
 */
final class Backoff {
  private final Chance chance;
  private final long firstMillis;
  private final long capMillis;
  private long ceiling;

  Backoff(long firstMillis, long capMillis, Chance chance) {
    this.chance = chance;
    this.firstMillis = firstMillis;
    this.capMillis = capMillis;
    this.ceiling = firstMillis;
  }

  /** All went well: the next wait is a short one. */
  void reset() {
    ceiling = firstMillis;
  }

  /**
   * The next wait, in milliseconds.
   *
   * @param refused whether trying again soon is not likely to help
   */
  long next(boolean refused) {
    long most = refused ? capMillis : ceiling;
    ceiling = most > capMillis / 2 ? capMillis : 2 * most;
    return chance.upTo(most);
  }
}
