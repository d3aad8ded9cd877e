package dev.plait.properties.sync;

import dev.plait.properties.history.Choice;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** One step of the history of several replicas; numbers are interpreted modulo what is there. */
sealed interface SyncStep {

  /** A replica edits one of its documents. */
  record Transact(int replica, int document, List<Choice> edits) implements SyncStep {}

  /** A replica opens a document of its own from a snapshot of another's, outside any session. */
  record Join(int from, int to, int document) implements SyncStep {}

  /** Time passes, and what is on its way arrives. */
  record Advance(int millis) implements SyncStep {}

  /** The network begins to lose, repeat, delay and reorder, or stops doing so. */
  record Weather(int percent) implements SyncStep {}

  /** A connection breaks. */
  record Cut(int pair) implements SyncStep {}

  /** A broken connection can be had again, and is. */
  record Heal(int pair) implements SyncStep {}

  /** A replica loses everything that is not on its disk, and starts again. */
  record Crash(int replica) implements SyncStep {}

  /** Any step; edits and time are the most frequent. */
  static Arbitrary<SyncStep> steps() {
    Arbitrary<Integer> number = Arbitraries.integers().between(0, 11);
    Arbitrary<List<Choice>> edits = Choice.choices().list().ofMinSize(1).ofMaxSize(3);
    return Arbitraries.frequencyOf(
        Tuple.of(8, Combinators.combine(number, number, edits).as(Transact::new)),
        Tuple.of(1, Combinators.combine(number, number, number).as(Join::new)),
        Tuple.of(6, Arbitraries.integers().between(1, 3000).map(Advance::new)),
        Tuple.of(1, Arbitraries.integers().between(0, 30).map(Weather::new)),
        Tuple.of(1, number.map(Cut::new)),
        Tuple.of(2, number.map(Heal::new)),
        Tuple.of(1, number.map(Crash::new)));
  }
}
