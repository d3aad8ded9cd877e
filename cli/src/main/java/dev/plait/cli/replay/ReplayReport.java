package dev.plait.cli.replay;

import dev.plait.cli.trace.Trace;

/**
 * What a replay showed and what it cost.
 *
 * @param trace name of the trace
 * @param kind how it was recorded
 * @param edits patches in it
 * @param replicas authors, each on a replica of their own
 * @param converged whether all replicas ended in the same state
 * @param matchesEndContent whether that is the text the trace ends with
 * @param sha256 of the final text in UTF-8, in hexadecimal
 * @param times what was measured, in milliseconds
 * @param historyBytes size of the whole history, encoded
 * @param snapshotBytes size of the final state, encoded
 * @param heapBytes heap that one document opened from its snapshot keeps alive
 * @param repeats how often everything was measured, the first time included
 */
record ReplayReport(
    String trace,
    Trace.Kind kind,
    long edits,
    int replicas,
    boolean converged,
    boolean matchesEndContent,
    String sha256,
    Round.Times times,
    long historyBytes,
    long snapshotBytes,
    long heapBytes,
    int repeats) {

  /** Whether everything is as it should be. */
  boolean isGood() {
    return converged && matchesEndContent;
  }
}
