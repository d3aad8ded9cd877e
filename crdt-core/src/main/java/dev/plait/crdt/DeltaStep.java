package dev.plait.crdt;

/**
 * One step of a {@link TextDelta} or {@link ListDelta}, read from the start of the old value on.
 *
 * @param <P> a piece of the sequence: a {@code String} or a list of contents
 */
public sealed interface DeltaStep<P> {

  /**
   * Keeps what comes next.
   *
   * @param count how many units or elements, from 1
   */
  record Retain<P>(int count) implements DeltaStep<P> {}

  /**
   * Puts something new here.
   *
   * @param piece what, not empty
   */
  record Insert<P>(P piece) implements DeltaStep<P> {}

  /**
   * Drops what comes next.
   *
   * @param count how many units or elements, from 1
   */
  record Delete<P>(int count) implements DeltaStep<P> {}
}
