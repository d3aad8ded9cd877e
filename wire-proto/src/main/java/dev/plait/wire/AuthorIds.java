package dev.plait.wire;

import dev.plait.change.Snapshot;
import java.util.Arrays;

/** Which of its ids an author has in the states of a snapshot. Confined to one call. */
final class AuthorIds {
  private static final int BITS_PER_RUN = 256;

  private final Snapshot.Author author;
  private long[] starts = {};
  private long[] ends = {};
  private int count;

  AuthorIds(Snapshot.Author author) {
    this.author = author;
  }

  Snapshot.Author author() {
    return author;
  }

  /** A run of ids is somewhere. */
  void place(long seq, int length) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, Math.max(16, 2 * count));
      ends = Arrays.copyOf(ends, starts.length);
    }
    starts[count] = seq;
    ends[count] = seq + length;
    count++;
  }

  /** An id that is in two places; 0 if there is none. */
  long placedTwice() {
    // A bit for each id beats sorting where the ids are not much sparser than the runs.
    boolean dense = author.nextSeq() <= BITS_PER_RUN * (count + 1L);
    return dense ? markedTwice() : overlapping();
  }

  private long markedTwice() {
    long[] marks = new long[(int) (author.nextSeq() / Long.SIZE) + 1];
    for (int i = 0; i < count; i++) {
      long seq = starts[i];
      while (seq < ends[i]) {
        int word = (int) (seq / Long.SIZE);
        int from = (int) (seq % Long.SIZE);
        int bits = (int) Math.min(ends[i] - seq, Long.SIZE - from);
        long mask = (-1L >>> (Long.SIZE - bits)) << from;
        long twice = marks[word] & mask;
        if (twice != 0) {
          return (long) word * Long.SIZE + Long.numberOfTrailingZeros(twice);
        }
        marks[word] |= mask;
        seq += bits;
      }
    }
    return 0;
  }

  private long overlapping() {
    // Runs that do not overlap end in the order in which they start.
    Arrays.sort(starts, 0, count);
    Arrays.sort(ends, 0, count);
    for (int i = 1; i < count; i++) {
      if (ends[i - 1] > starts[i]) {
        return starts[i];
      }
    }
    return 0;
  }
}
