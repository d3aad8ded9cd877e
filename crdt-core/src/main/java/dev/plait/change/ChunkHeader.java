package dev.plait.change;

import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import java.util.List;

/**
 * The part of a chunk that stays readable when its payload is sealed: enough to store it, to order
 * it and to sync it.
 *
 * @param document the document the changes belong to
 * @param replica whose changes they are
 * @param firstCounter counter of the first change, at least 1
 * @param lastCounter counter of the last change; there are no gaps between
 * @param dependencies the dependencies of the first change
 * @param previousTime time of its maker's change before the first one; {@link HybridTimestamp#ZERO}
 *     if the first has the counter 1
 * @param firstTime time of the first change
 * @param lastTime time of the last change
 * @param revision what the payload asks of its readers: a codec that knows less keeps and relays
 *     the chunk but can't decode it, see {@link dev.plait.codec.Codec#canRead}; from 0
 */
public record ChunkHeader(
    String document,
    ReplicaId replica,
    long firstCounter,
    long lastCounter,
    List<Dot> dependencies,
    HybridTimestamp previousTime,
    HybridTimestamp firstTime,
    HybridTimestamp lastTime,
    int revision) {
  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException unless {@code 1 <= firstCounter <= lastCounter}, {@code
   *     previousTime} is before {@code firstTime} and {@code revision} is not negative
   */
  public ChunkHeader {
    if (firstCounter < 1 || lastCounter < firstCounter) {
      throw new IllegalArgumentException(
          "a chunk holds counters from 1 up, not " + firstCounter + " to " + lastCounter);
    }
    if (!firstTime.isAfter(previousTime)) {
      throw new IllegalArgumentException(
          "the first change of a chunk is made after the one before it, not at "
              + firstTime
              + " after "
              + previousTime);
    }
    if (revision < 0) {
      throw new IllegalArgumentException("a revision is a number from 0, not " + revision);
    }
    dependencies = List.copyOf(dependencies);
  }

  /** How many changes the chunk holds. */
  public long changeCount() {
    return lastCounter - firstCounter + 1;
  }

  /** The dot of the last change. */
  public Dot last() {
    return new Dot(replica, lastCounter);
  }
}
