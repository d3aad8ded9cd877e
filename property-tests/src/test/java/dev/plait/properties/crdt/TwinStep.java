package dev.plait.properties.crdt;

import dev.plait.properties.history.Choice;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/**
 * One step of a history of documents that hold a text and a list; replicas are numbered from 0,
 * modulo how many there are.
 */
sealed interface TwinStep {
  /** Replicas nobody hears from for a while are the late joiners. */
  int MAX_REPLICAS = 8;

  /** A replica edits its list, else its text. */
  record Edit(int replica, boolean list, Choice choice) implements TwinStep {}

  /**
   * A replica gets some operations that another one has and it lacks, in a causal order.
   *
   * @param count how many at most
   * @param order chooses among the orders that causality leaves open
   * @param form how they come
   */
  record Deliver(int from, int to, int count, int order, Form form) implements TwinStep {}

  /** How operations come. */
  enum Form {
    ONE_BY_ONE,
    TOGETHER,
    IN_PIECES
  }

  /** A replica gets an operation again that it has already. */
  record Repeat(int replica, int which) implements TwinStep {}

  /** A replica joins the states of another. */
  record Join(int from, int to) implements TwinStep {}

  /** A replica goes on with instances made from its own states. */
  record Reload(int replica) implements TwinStep {}

  /** A replica is offered an operation that nobody made. */
  record Forge(int replica, boolean list, Choice choice, Choice origins) implements TwinStep {}

  /** Any steps. */
  static Arbitrary<List<TwinStep>> lists(int maxSize) {
    Arbitrary<Integer> number = Arbitraries.integers().between(0, 1000);
    Arbitrary<Integer> replica = Arbitraries.integers().between(0, MAX_REPLICAS - 1);
    Arbitrary<Boolean> list = Arbitraries.of(false, false, false, true);
    Arbitrary<TwinStep> step =
        Arbitraries.frequencyOf(
            Tuple.of(24, Combinators.combine(replica, list, Choice.choices()).as(Edit::new)),
            Tuple.of(
                12,
                Combinators.combine(
                        replica,
                        replica,
                        Arbitraries.integers().between(1, 12),
                        number,
                        Arbitraries.of(Form.class))
                    .as(Deliver::new)),
            Tuple.of(2, Combinators.combine(replica, number).as(Repeat::new)),
            Tuple.of(3, Combinators.combine(replica, replica).as(Join::new)),
            Tuple.of(1, replica.map(Reload::new)),
            Tuple.of(
                4,
                Combinators.combine(replica, list, Choice.choices(), Choice.choices())
                    .as(Forge::new)));
    return step.list().ofMaxSize(maxSize).withSizeDistribution(RandomDistribution.uniform());
  }
}
