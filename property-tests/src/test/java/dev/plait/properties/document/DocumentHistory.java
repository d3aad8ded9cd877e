package dev.plait.properties.document;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** What happens among several documents of one name. */
record DocumentHistory(int documents, List<DocumentStep> steps) {
  private static final int MAX_STEPS = 20;

  DocumentHistory {
    steps = List.copyOf(steps);
  }

  /** Histories of three or four documents; forks may add some. */
  static Arbitrary<DocumentHistory> histories() {
    return Combinators.combine(
            Arbitraries.of(3, 4), DocumentStep.steps().list().ofMaxSize(MAX_STEPS))
        .as(DocumentHistory::new);
  }
}
