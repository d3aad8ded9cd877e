package dev.plait.cli.trace;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What each author has to merge before each transaction so as to have seen what the trace says: all
 * ancestors of the parents, nothing else.
 *
 * <p>An author's copy only grows, so this is possible only if the author's transactions follow one
 * another; a trace where they don't is refused. Immutable.
 */
public final class MergePlan {
  private final List<int[]> merges;

  private MergePlan(List<int[]> merges) {
    this.merges = merges;
  }

  /**
   * Plans the merges of a trace. Cost: linear in the merges planned and the parents of what is
   * merged.
   *
   * @throws TraceException TRACE_PARENTS if an author's transaction was not made on top of the
   *     author's previous one
   */
  public static MergePlan of(Trace trace) {
    Map<Integer, Author> authors = new HashMap<>();
    int[][] merges = new int[trace.transactions().size()][];
    for (int i = 0; i < merges.length; i++) {
      TraceTransaction transaction = trace.transactions().get(i);
      Author author = authors.computeIfAbsent(transaction.agent(), agent -> new Author());
      merges[i] = author.lacks(trace, i);
      author.latest = i;
      author.held.set(i);
    }
    return new MergePlan(Arrays.asList(merges));
  }

  /**
   * What the author of a transaction merges before it.
   *
   * @return indexes of transactions of others, ascending, which is a causal order; a new array
   */
  public int[] before(int transaction) {
    return merges.get(transaction).clone();
  }

  /** What an author holds while the plan is made. */
  private static final class Author {
    private static final int NOTHING_YET = -1;

    final BitSet held = new BitSet();
    int latest = NOTHING_YET;

    /** Takes in the ancestors of a transaction that are not held yet. */
    int[] lacks(Trace trace, int transaction) {
      boolean followsLatest = latest == NOTHING_YET;
      int[] found = new int[4];
      int count = 0;
      // What was found is also the queue of what to look through next. Everything held is an
      // ancestor of the author's latest transaction, so meeting that one shows the order is kept.
      for (int next = -1; next < count; next++) {
        int child = next < 0 ? transaction : found[next];
        for (int parent : trace.transactions().get(child).parents()) {
          followsLatest |= parent == latest;
          if (!held.get(parent)) {
            held.set(parent);
            found = count == found.length ? Arrays.copyOf(found, 2 * count) : found;
            found[count++] = parent;
          }
        }
      }
      if (!followsLatest) {
        throw new TraceException(
            TraceException.TRACE_PARENTS,
            "transaction "
                + transaction
                + " has not seen transaction "
                + latest
                + " of the same agent; the transactions of one agent must follow one another");
      }
      int[] lacking = Arrays.copyOf(found, count);
      Arrays.sort(lacking);
      return lacking;
    }
  }
}
