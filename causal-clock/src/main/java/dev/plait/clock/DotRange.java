package dev.plait.clock;

import java.util.Objects;

/**
 * Consecutive dots of one replica, both ends included. Immutable.
 *
 * @param replica whose dots
 * @param first lowest counter, from 1
 * @param last highest counter, at least {@code first}
 */
public record DotRange(ReplicaId replica, long first, long last) {

  /**
   * Checks the bounds.
   *
   * @throws ClockException COUNTER_RANGE unless {@code 1 <= first <= last}
   */
  public DotRange {
    Objects.requireNonNull(replica, "replica");
    if (first < 1 || last < first) {
      throw new ClockException(
          ClockException.COUNTER_RANGE,
          "no range of dots goes from " + first + " to " + last + "; it takes 1 <= first <= last");
    }
  }

  /** How many dots. */
  public long size() {
    return last - first + 1;
  }

  /** Whether the dot lies in the range. */
  public boolean contains(Dot dot) {
    return dot.counter() >= first && dot.counter() <= last && dot.replica().equals(replica);
  }

  /** A short form for people. */
  @Override
  public String toString() {
    return replica.brief() + ":" + first + ".." + last;
  }
}
