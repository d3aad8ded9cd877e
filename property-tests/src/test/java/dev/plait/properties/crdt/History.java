package dev.plait.properties.crdt;

import java.util.List;
import net.jqwik.api.Arbitrary;

/**
 * What happens among several replicas of one container, before it is known which type it is: steps
 * that each fit whatever the ones before have led to, so that a shrunk history is one too.
 */
record History(int replicas, List<Step> steps) {
  private static final int MAX_STEPS = 30;

  History {
    steps = List.copyOf(steps);
  }

  /** Histories in which replicas exchange operations only. */
  static Arbitrary<History> ofOperations(int replicas) {
    return of(replicas, Step.ofOperations(replicas));
  }

  /** Histories in which replicas exchange operations and states. */
  static Arbitrary<History> ofOperationsAndStates(int replicas) {
    return of(replicas, Step.ofOperationsAndStates(replicas));
  }

  private static Arbitrary<History> of(int replicas, Arbitrary<Step> steps) {
    return steps.list().ofMaxSize(MAX_STEPS).map(list -> new History(replicas, list));
  }
}
