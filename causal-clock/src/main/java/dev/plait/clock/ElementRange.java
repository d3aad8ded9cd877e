package dev.plait.clock;

import java.util.Objects;

/**
 * Consecutive element ids of one replica: what typing a word makes. Immutable.
 *
 * @param first the lowest id
 * @param length how many, from 1
 */
public record ElementRange(ElementId first, int length) {

  /**
   * Checks the length.
   *
   * @throws ClockException COUNTER_RANGE if it is less than 1 or the last id would not exist
   */
  public ElementRange {
    Objects.requireNonNull(first, "first");
    if (length < 1 || length - 1 > Long.MAX_VALUE - first.seq()) {
      throw new ClockException(
          ClockException.COUNTER_RANGE,
          "a range of "
              + length
              + " elements from "
              + first
              + " is not possible; length is from 1"
              + " and the last sequence number at most 2^63-1");
    }
  }

  /** The highest id of the range. */
  public ElementId last() {
    return first.plus(length - 1);
  }

  /** Whether the id lies in the range. */
  public boolean contains(ElementId id) {
    return id.seq() >= first.seq()
        && id.seq() - first.seq() < length
        && id.replica().equals(first.replica());
  }

  /** A short form for people. */
  @Override
  public String toString() {
    return first + "+" + length;
  }
}
