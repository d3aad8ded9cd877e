package dev.plait.document;

/** A counter, inside a transaction: all increments count. */
public interface CounterEditor extends CounterView {
  /**
   * Adds {@code amount}, which may be negative.
   *
   * @throws dev.plait.crdt.EditException COUNTER_OVERFLOW if the sum would leave the range of a
   *     long; EMPTY_EDIT if {@code amount} is 0
   */
  void add(long amount);

  /** Adds one. */
  default void increment() {
    add(1);
  }
}
