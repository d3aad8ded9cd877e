package dev.plait.clock;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The name of one thing a change made and later changes may refer to: a unit of text, an element of
 * a list, an entry of a set.
 *
 * <p>Sequence numbers count per replica and document, apart from the counters of {@link Dot}s, so
 * that changes which make nothing use none up. Ordered by replica, then sequence number. Immutable.
 *
 * @param replica who made it
 * @param seq from 1
 */
public record ElementId(ReplicaId replica, long seq) implements Comparable<ElementId> {

  private static final char SEPARATOR = '#';

  /**
   * Checks the sequence number.
   *
   * @throws ClockException COUNTER_RANGE if it is less than 1
   */
  public ElementId {
    Objects.requireNonNull(replica, "replica");
    if (seq < 1) {
      throw new ClockException(
          ClockException.COUNTER_RANGE,
          "the sequence number of an element starts at 1, not " + seq);
    }
  }

  /**
   * Reads the form that {@link #text()} writes.
   *
   * @throws ClockException ELEMENT_ID_SYNTAX if it is anything else
   */
  public static ElementId parse(String text) {
    int separator = text.lastIndexOf(SEPARATOR);
    @Nullable ReplicaId replica = ReplicaId.parsePrefix(text, separator);
    long seq = CanonicalDecimal.positive(text, separator + 1);
    if (replica == null || seq < 1) {
      throw new ClockException(
          ClockException.ELEMENT_ID_SYNTAX,
          "not an element id: \""
              + text
              + "\"; it takes 32 hexadecimal digits, '#' and a number from 1");
    }
    return new ElementId(replica, seq);
  }

  /**
   * The id of the same replica that lies this many further on, or back if negative.
   *
   * @throws ClockException COUNTER_RANGE if the result would not be from 1 to {@link
   *     Long#MAX_VALUE}
   */
  public ElementId plus(long distance) {
    if (distance > Long.MAX_VALUE - seq || distance < 1 - seq) {
      throw new ClockException(
          ClockException.COUNTER_RANGE,
          "the sequence number "
              + seq
              + " cannot be moved by "
              + distance
              + "; it is from 1 to 2^63-1");
    }
    return new ElementId(replica, seq + distance);
  }

  /** The form that {@link #parse(String)} reads: the whole replica id, '#', the number. */
  public String text() {
    return replica.toString() + SEPARATOR + seq;
  }

  @Override
  public int compareTo(ElementId other) {
    int order = replica.compareTo(other.replica);
    return order != 0 ? order : Long.compare(seq, other.seq);
  }

  /** A short form for people; {@link #text()} is the one that can be read back. */
  @Override
  public String toString() {
    return replica.brief() + SEPARATOR + seq;
  }
}
