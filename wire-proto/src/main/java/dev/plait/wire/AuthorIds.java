package dev.plait.wire;

import dev.plait.change.Snapshot;
import java.util.Arrays;

/** Which of its ids an author has in the states of a snapshot. Confined to one call. */
final class AuthorIds {
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
