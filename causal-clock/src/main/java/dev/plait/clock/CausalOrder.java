package dev.plait.clock;

/**
 * How one version stands to another: a partial order, so two versions need not be comparable.
 *
 * <p>Read as a sentence, left to right: {@code a.compare(b) == BEFORE} says that {@code a} is in
 * the past of {@code b}.
 */
public enum CausalOrder {
  /** Both hold exactly the same changes. */
  EQUAL,
  /** The right one holds everything the left one holds, and more. */
  BEFORE,
  /** The left one holds everything the right one holds, and more. */
  AFTER,
  /** Each holds something the other lacks. */
  CONCURRENT;

  /** The answer to the same question asked from the other side. */
  public CausalOrder reverse() {
    return switch (this) {
      case BEFORE -> AFTER;
      case AFTER -> BEFORE;
      case EQUAL, CONCURRENT -> this;
    };
  }
}
