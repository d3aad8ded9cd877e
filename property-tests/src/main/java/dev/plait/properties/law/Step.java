package dev.plait.properties.law;

import dev.plait.properties.history.Choice;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;

/**
 * One step of a history, as numbers that are taken modulo what is there, and of which smaller ones
 * are simpler: so a shrunk step fits wherever the step did.
 *
 * @param kind what is done
 * @param replica who does it
 * @param peer with whom
 * @param number how many operations are delivered; odd if an edit goes on with the previous change
 * @param order in which order they are delivered, or which one is repeated
 * @param choice what is edited
 */
record Step(Kind kind, int replica, int peer, int number, int order, Choice choice) {
  /** What 2 and 3 replicas divide. */
  private static final int REPLICAS = 6;

  private static final int MOST_DELIVERED = 8;
  private static final int ORDERS = 100;

  /** What is done, simplest first. */
  enum Kind {
    EDIT,
    DELIVER,
    REPEAT,
    JOIN,
    RELOAD
  }

  /**
   * Steps of these kinds.
   *
   * @param weights how often each {@link Kind} is chosen, in their order
   */
  static Arbitrary<Step> of(int... weights) {
    int sum = 0;
    for (int weight : weights) {
      sum += weight;
    }
    return Combinators.combine(
            below(sum).map(ticket -> drawn(weights, ticket)),
            below(REPLICAS),
            below(REPLICAS),
            below(MOST_DELIVERED),
            below(ORDERS),
            Choice.choices())
        .as(Step::new);
  }

  private static Kind drawn(int[] weights, int ticket) {
    int kind = 0;
    for (int left = ticket; left >= weights[kind]; kind++) {
      left -= weights[kind];
    }
    return Kind.values()[kind];
  }

  private static Arbitrary<Integer> below(int bound) {
    return Arbitraries.integers()
        .between(0, bound - 1)
        .withDistribution(RandomDistribution.uniform());
  }
}
