package dev.plait.properties.law;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;

/**
 * What happens among two or three replicas, before it is known what type they are replicas of:
 * steps that each fit whatever the ones before have led to, so that a shrunk history is one too.
 * Immutable.
 */
public final class History {
  private static final int FEWEST_REPLICAS = 2;
  private static final int MOST_REPLICAS = 3;
  private static final int MOST_STEPS = 30;

  private final int replicas;
  private final List<Step> steps;

  private History(int replicas, List<Step> steps) {
    this.replicas = replicas;
    this.steps = List.copyOf(steps);
  }

  /** Histories in which replicas edit and get each other's operations, each once. */
  public static Arbitrary<History> ofOperations() {
    return of(Step.of(6, 4));
  }

  /**
   * Histories in which replicas also join each other's states, get operations again, and go on from
   * a snapshot.
   */
  public static Arbitrary<History> ofOperationsAndStates() {
    return of(Step.of(12, 6, 2, 3, 1));
  }

  private static Arbitrary<History> of(Arbitrary<Step> steps) {
    Arbitrary<Integer> replicas =
        Arbitraries.integers()
            .between(0, 2)
            .withDistribution(RandomDistribution.uniform())
            .map(ticket -> ticket == 0 ? FEWEST_REPLICAS : MOST_REPLICAS);
    return Combinators.combine(replicas, steps.list().ofMaxSize(MOST_STEPS)).as(History::new);
  }

  int replicas() {
    return replicas;
  }

  List<Step> steps() {
    return steps;
  }

  @Override
  public String toString() {
    return steps.size() + " steps of " + replicas + " replicas";
  }
}
