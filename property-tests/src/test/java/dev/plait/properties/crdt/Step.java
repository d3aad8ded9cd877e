package dev.plait.properties.crdt;

import dev.plait.properties.history.Choice;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** One step of a history; replicas are numbered from 0. */
sealed interface Step {

  /**
   * A replica edits.
   *
   * @param sameChange whether it goes on with the change of its previous edit, if it has heard
   *     nothing since
   */
  record Edit(int replica, boolean sameChange, Choice choice) implements Step {}

  /**
   * A replica gets some operations that another one has and it lacks, in a causal order.
   *
   * @param count how many at most
   * @param order chooses among the orders that causality leaves open
   */
  record Deliver(int from, int to, int count, int order) implements Step {}

  /** A replica gets an operation again that it has already. */
  record Repeat(int replica, int which) implements Step {}

  /** A replica joins the state of another. */
  record Join(int from, int to) implements Step {}

  /** A replica goes on with an instance made from its own state. */
  record Reload(int replica) implements Step {}

  /** Steps of histories in which replicas exchange operations only. */
  static Arbitrary<Step> ofOperations(int replicas) {
    return Arbitraries.frequencyOf(
        Tuple.of(6, edits(replicas)),
        Tuple.of(4, deliveries(replicas)),
        Tuple.of(1, repeats(replicas)));
  }

  /** Steps of histories in which replicas exchange operations and states. */
  static Arbitrary<Step> ofOperationsAndStates(int replicas) {
    return Arbitraries.frequencyOf(
        Tuple.of(12, edits(replicas)),
        Tuple.of(6, deliveries(replicas)),
        Tuple.of(2, repeats(replicas)),
        Tuple.of(3, joins(replicas)),
        Tuple.of(1, replica(replicas).map(Reload::new)));
  }

  private static Arbitrary<Step> edits(int replicas) {
    return Combinators.combine(replica(replicas), Arbitraries.of(false, true), Choice.choices())
        .as(Edit::new);
  }

  private static Arbitrary<Step> deliveries(int replicas) {
    Arbitrary<Integer> count = Arbitraries.integers().between(1, 8);
    Arbitrary<Integer> order = Arbitraries.integers().between(0, 100);
    return Combinators.combine(replica(replicas), replica(replicas), count, order).as(Deliver::new);
  }

  private static Arbitrary<Step> repeats(int replicas) {
    return Combinators.combine(replica(replicas), Arbitraries.integers().between(0, 100))
        .as(Repeat::new);
  }

  private static Arbitrary<Step> joins(int replicas) {
    return Combinators.combine(replica(replicas), replica(replicas)).as(Join::new);
  }

  private static Arbitrary<Integer> replica(int replicas) {
    return Arbitraries.integers().between(0, replicas - 1);
  }
}
