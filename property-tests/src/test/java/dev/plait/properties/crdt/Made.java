package dev.plait.properties.crdt;

import dev.plait.crdt.Operation;
import java.util.BitSet;

/**
 * An operation that was made in a run.
 *
 * @param number its place among all operations made, which is a causal order
 * @param author the number of the replica that made it
 * @param lamport greater than those of all operations in its past
 * @param operation what was done
 * @param past the numbers of all operations its author had seen before
 */
record Made(int number, int author, long lamport, Operation operation, BitSet past) {

  /** Whether the author of this had seen the other. */
  boolean hasSeen(Made other) {
    return past.get(other.number);
  }

  @Override
  public String toString() {
    return "#" + number + " " + operation;
  }
}
