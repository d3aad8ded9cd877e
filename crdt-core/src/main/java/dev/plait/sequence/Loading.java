package dev.plait.sequence;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Builds a sequence from its runs, in their order, without replaying anything. Linear; the identity
 * index is left to whoever needs it first.
 */
final class Loading {
  private static final int NONE = SpanTree.NONE;

  /** A replica's numbers are one stretch unless it would have this many times its elements. */
  private static final int SPARSE = 4;

  private static final int SHORT = 4096;

  private static final int BITS = 6;

  private final ElementIds ids;
  private final SpanTree tree;

  /** A bit for each int, as far as its run was seen. */
  private long[] placed = {};

  private int[] numbers = {};

  Loading(ElementIds ids, SpanTree tree) {
    this.ids = ids;
    this.tree = tree;
  }

  /** As {@link Sequence#load}. */
  @Nullable String load(RunSource runs, int[] firsts) {
    String fault = addStretches(runs);
    if (fault != null) {
      return fault;
    }
    placed = new long[(ids.top() >> BITS) + 1];
    tree.beginBuild(runs.size());
    for (int run = 0; run < runs.size(); run++) {
      int length = runs.length(run);
      int first = ids.find(numbers[runs.owner(run)], runs.seq(run));
      int left = origin(runs.leftOwner(run), runs.leftSeq(run));
      int right = origin(runs.rightOwner(run), runs.rightSeq(run));
      if (isAnyPlaced(first, first + length)) {
        return "run " + run + " repeats an id";
      }
      if (runs.leftOwner(run) != NONE && (left == NONE || !isPlaced(left))) {
        return "run " + run + " does not follow its left origin";
      }
      setPlaced(first, first + length);
      if (right != NONE && isPlaced(right)) {
        return "run " + run + " follows its right origin";
      }
      ids.use(first, length);
      tree.append(first, runs.isDeleted(run) ? -length : length, left, right);
      firsts[run] = first;
    }
    for (int run = 0; run < runs.size(); run++) {
      int right = origin(runs.rightOwner(run), runs.rightSeq(run));
      if (runs.rightOwner(run) != NONE && (right == NONE || !isPlaced(right))) {
        return "run " + run + " names a right origin that is not here";
      }
    }
    tree.endBuild();
    return null;
  }

  private int origin(int owner, long seq) {
    return owner == NONE ? NONE : ids.find(numbers[owner], seq);
  }

  private boolean isPlaced(int id) {
    return (placed[id >> BITS] >>> id & 1) != 0;
  }

  private boolean isAnyPlaced(int from, int to) {
    for (int word = from >> BITS; word <= (to - 1) >> BITS; word++) {
      if ((placed[word] & mask(word, from, to)) != 0) {
        return true;
      }
    }
    return false;
  }

  private void setPlaced(int from, int to) {
    for (int word = from >> BITS; word <= (to - 1) >> BITS; word++) {
      placed[word] |= mask(word, from, to);
    }
  }

  /** The bits of a word that stand for the ints of a range. */
  private static long mask(int word, int from, int to) {
    long low = word == from >> BITS ? -1L << from : -1L;
    long high = word == (to - 1) >> BITS ? -1L >>> -to : -1L;
    return low & high;
  }

  private @Nullable String addStretches(RunSource runs) {
    int replicas = runs.replicas().size();
    numbers = new int[replicas];
    long[] lowest = new long[replicas];
    long[] lasts = new long[replicas];
    long[] totals = new long[replicas];
    Arrays.fill(lowest, Long.MAX_VALUE);
    for (int i = 0; i < replicas; i++) {
      numbers[i] = ids.number(runs.replicas().get(i));
    }
    for (int run = 0; run < runs.size(); run++) {
      long seq = runs.seq(run);
      int length = runs.length(run);
      if (length < 1 || seq < 1 || seq - 1 > Long.MAX_VALUE - length) {
        return "run " + run + " is empty or lacks ids";
      }
      int owner = runs.owner(run);
      lowest[owner] = Math.min(lowest[owner], seq);
      lasts[owner] = Math.max(lasts[owner], seq - 1 + length);
      totals[owner] += length;
    }
    for (int i = 0; i < replicas; i++) {
      if (totals[i] > 0) {
        long between = lasts[i] - lowest[i];
        if (between < SPARSE * totals[i] + SHORT) {
          ids.addStretch(numbers[i], lowest[i], (int) between + 1);
        } else {
          addSparse(runs, i);
        }
      }
    }
    return null;
  }

  /** One stretch for runs that stand close together. */
  private void addSparse(RunSource runs, int owner) {
    long[][] own = new long[runs.size()][];
    int count = 0;
    for (int run = 0; run < runs.size(); run++) {
      if (runs.owner(run) == owner) {
        own[count++] = new long[] {runs.seq(run), runs.seq(run) - 1 + runs.length(run)};
      }
    }
    long[][] sorted = Arrays.copyOf(own, count);
    Arrays.sort(sorted, (a, b) -> Long.compare(a[0], b[0]));
    long from = sorted[0][0];
    long last = sorted[0][1];
    for (long[] run : sorted) {
      if (run[0] - last > SHORT) {
        ids.addStretch(numbers[owner], from, (int) (last - from) + 1);
        from = run[0];
      }
      last = Math.max(last, run[1]);
    }
    ids.addStretch(numbers[owner], from, (int) (last - from) + 1);
  }
}
