package dev.plait.clock;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The name of one change of a document: the replica that made it and its place among that replica's
 * changes.
 *
 * <p>In each document a replica's counters start at 1, have no gaps and are never reused. Dots are
 * ordered by replica, then counter; the order says nothing about time. Immutable.
 *
 * @param replica who made the change
 * @param counter from 1
 */
public record Dot(ReplicaId replica, long counter) implements Comparable<Dot> {

  private static final char SEPARATOR = ':';

  /**
   * Checks the counter.
   *
   * @throws ClockException COUNTER_RANGE if it is less than 1
   */
  public Dot {
    Objects.requireNonNull(replica, "replica");
    if (counter < 1) {
      throw new ClockException(
          ClockException.COUNTER_RANGE, "the counter of a dot starts at 1, not " + counter);
    }
  }

  /**
   * Reads the form that {@link #text()} writes.
   *
   * @throws ClockException DOT_SYNTAX if it is anything else
   */
  public static Dot parse(String text) {
    int separator = text.lastIndexOf(SEPARATOR);
    @Nullable ReplicaId replica = ReplicaId.parsePrefix(text, separator);
    long counter = CanonicalDecimal.positive(text, separator + 1);
    if (replica == null || counter < 1) {
      throw new ClockException(
          ClockException.DOT_SYNTAX,
          "not a dot: \"" + text + "\"; it takes 32 hexadecimal digits, ':' and a number from 1");
    }
    return new Dot(replica, counter);
  }

  /**
   * The dot of the same replica's next change.
   *
   * @throws ClockException COUNTER_RANGE after {@link Long#MAX_VALUE}
   */
  public Dot next() {
    if (counter == Long.MAX_VALUE) {
      throw new ClockException(
          ClockException.COUNTER_RANGE, "the last counter, " + counter + ", has no next");
    }
    return new Dot(replica, counter + 1);
  }

  /** The dot of the same replica's change before this one, or null for its first. */
  public @Nullable Dot previous() {
    return counter == 1 ? null : new Dot(replica, counter - 1);
  }

  /** The form that {@link #parse(String)} reads: the whole replica id, a colon, the counter. */
  public String text() {
    return replica.toString() + SEPARATOR + counter;
  }

  @Override
  public int compareTo(Dot other) {
    int order = replica.compareTo(other.replica);
    return order != 0 ? order : Long.compare(counter, other.counter);
  }

  /** A short form for people; {@link #text()} is the one that can be read back. */
  @Override
  public String toString() {
    return replica.brief() + SEPARATOR + counter;
  }
}
