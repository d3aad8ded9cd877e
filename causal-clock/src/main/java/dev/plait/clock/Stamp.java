package dev.plait.clock;

import java.util.Objects;

/**
 * What decides between two writes of which only one can stay: the greater stamp wins, on every
 * replica alike.
 *
 * <p>Ordered by time, then by replica, then by ordinal. A replica never issues one time twice, so
 * the ordinal decides only between operations of one and the same change, where the later wins; two
 * different writes never have equal stamps. Because a clock is always ahead of what it has
 * observed, a write made after seeing another beats it. Immutable.
 *
 * @param time when the change was made, by its author's clock
 * @param replica the author
 * @param ordinal position of the operation inside its change, from 0
 */
public record Stamp(HybridTimestamp time, ReplicaId replica, int ordinal)
    implements Comparable<Stamp> {

  /**
   * Checks the ordinal.
   *
   * @throws ClockException COUNTER_RANGE if it is negative
   */
  public Stamp {
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(replica, "replica");
    if (ordinal < 0) {
      throw new ClockException(
          ClockException.COUNTER_RANGE, "the ordinal of an operation starts at 0, not " + ordinal);
    }
  }

  @Override
  public int compareTo(Stamp other) {
    int order = time.compareTo(other.time);
    if (order == 0) {
      order = replica.compareTo(other.replica);
    }
    return order != 0 ? order : Integer.compare(ordinal, other.ordinal);
  }

  /** A short form for people. */
  @Override
  public String toString() {
    return time + "@" + replica.brief() + "/" + ordinal;
  }
}
