package dev.plait.document;

import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import java.util.Arrays;

/** The stamps of what an import took: the last of each run of changes of one author. */
final class SeenStamps {
  private ReplicaId[] authors = new ReplicaId[1];
  private long[] times = new long[1];
  private int size;

  void clear() {
    size = 0;
  }

  /** A change of this author was applied; time as bits of a {@link HybridTimestamp}. */
  void add(ReplicaId author, long time) {
    if (size == 0 || !authors[size - 1].equals(author)) {
      if (size == times.length) {
        authors = Arrays.copyOf(authors, 2 * size);
        times = Arrays.copyOf(times, 2 * size);
      }
      if (!author.equals(authors[size])) {
        authors[size] = author;
      }
      size++;
    }
    times[size - 1] = time;
  }

  /** The latest, as bits; 0 if there is none. */
  long latest() {
    long latest = 0;
    for (int i = 0; i < size; i++) {
      latest = Math.max(latest, times[i]);
    }
    return latest;
  }

  /** Moves the clock past them, whatever the wall clock says meanwhile. */
  void showTo(HybridLogicalClock clock) {
    if (size > 0) {
      clock.raiseTo(new HybridTimestamp(latest()));
    }
    for (int i = 0; i < size; i++) {
      clock.observe(authors[i], new HybridTimestamp(times[i]));
    }
  }
}
