package dev.plait.document;

import dev.plait.clock.ElementId;
import dev.plait.clock.ReplicaId;
import dev.plait.crdt.AddWinsSet;
import dev.plait.crdt.Crdt;
import dev.plait.crdt.List;
import dev.plait.crdt.RunColumns;
import dev.plait.crdt.Text;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which elements are where, to find one that is in two containers. Costs O(n log n) for n runs and
 * set entries. Confined to one call.
 */
final class ElementPlaces {
  private static final int FIRST_CAPACITY = 16;

  /** The ids of one author, as runs in any order. */
  private static final class Ids {
    final ReplicaId author;
    private long[] starts = new long[FIRST_CAPACITY];
    private long[] ends = new long[FIRST_CAPACITY];
    private int count;

    Ids(ReplicaId author) {
      this.author = author;
    }

    void add(long seq, int length) {
      if (count > 0 && ends[count - 1] == seq) {
        ends[count - 1] += length;
        return;
      }
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, 2 * count);
        ends = Arrays.copyOf(ends, 2 * count);
      }
      starts[count] = seq;
      ends[count] = seq + length;
      count++;
    }

    /** The number of an id that comes twice; 0 if none does. */
    long twice() {
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

  private final Map<ReplicaId, Ids> byAuthor = new HashMap<>();
  private @Nullable Ids recent;

  /** Notes the elements of a container, each of which is in it once. */
  void add(Crdt crdt) {
    if (crdt instanceof Text text) {
      add(text.state().columns());
    } else if (crdt instanceof List list) {
      add(list.state().columns());
    } else if (crdt instanceof AddWinsSet set) {
      set.forEachId((replica, seq) -> ids(replica).add(seq, 1));
    }
  }

  private void add(RunColumns runs) {
    for (int run = 0; run < runs.size(); run++) {
      ids(runs.replicas().get(runs.owner(run))).add(runs.seq(run), runs.length(run));
    }
  }

  private Ids ids(ReplicaId author) {
    Ids ids = recent;
    if (ids == null || !author.equals(ids.author)) {
      ids = byAuthor.computeIfAbsent(author, Ids::new);
      recent = ids;
    }
    return ids;
  }

  /** An element that is in two containers; null if there is none. */
  @Nullable ElementId twice() {
    for (Map.Entry<ReplicaId, Ids> author : byAuthor.entrySet()) {
      long seq = author.getValue().twice();
      if (seq > 0) {
        return new ElementId(author.getKey(), seq);
      }
    }
    return null;
  }
}
