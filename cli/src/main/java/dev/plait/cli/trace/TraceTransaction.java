package dev.plait.cli.trace;

import java.util.List;

/**
 * What one author did in one go, having seen all ancestors of the parents and nothing else.
 *
 * @param agent the author, from 0; 0 in a sequential trace
 * @param parents indexes of the transactions last seen, each below the transaction's own index;
 *     empty for a root
 * @param patches what was done, in order, each on what the one before left
 */
public record TraceTransaction(int agent, List<Integer> parents, List<Patch> patches) {
  public TraceTransaction {
    parents = List.copyOf(parents);
    patches = List.copyOf(patches);
  }
}
