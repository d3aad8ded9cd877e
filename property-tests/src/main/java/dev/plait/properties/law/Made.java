package dev.plait.properties.law;

import java.util.BitSet;

/**
 * An operation that was made in a history.
 *
 * @param number its place among all that were made, which is a causal order
 * @param author the number of the replica that made it, from 0
 * @param lamport greater than those of all operations in its past, but within one change, where it
 *     is the same
 * @param operation what was done
 * @param past the numbers of all operations its author had heard of before; not to be changed
 */
public record Made<O>(int number, int author, long lamport, O operation, BitSet past) {

  @Override
  public String toString() {
    return "#" + number + " " + operation;
  }
}
