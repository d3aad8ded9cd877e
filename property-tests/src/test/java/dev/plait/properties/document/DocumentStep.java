package dev.plait.properties.document;

import dev.plait.properties.history.Choice;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * One step of the history of several documents; all numbers are interpreted modulo what is there.
 */
sealed interface DocumentStep {

  /** A document is edited. */
  record Transact(int document, List<Choice> edits) implements DocumentStep {}

  /** A document is edited, but then the transaction throws. */
  record Abort(int document, List<Choice> edits) implements DocumentStep {}

  /** A document packs what another one lacks, or all it has; the packet may arrive at any time. */
  record Pack(int from, int to, boolean everything) implements DocumentStep {}

  /** A packet arrives, be it for the first time or again. */
  record Unpack(int packet, int to) implements DocumentStep {}

  /** Single changes of a document arrive in any order. */
  record Scatter(int from, int to, List<Integer> which) implements DocumentStep {}

  /** A document joins the snapshot of another. */
  record Join(int from, int to) implements DocumentStep {}

  /** A document is forked for a new replica. */
  record Fork(int document) implements DocumentStep {}

  /** A document is opened from its own snapshot. */
  record Reopen(int document) implements DocumentStep {}

  /** A document gives up its history. */
  record Compact(int document) implements DocumentStep {}

  /** Time passes. */
  record Tick(int millis) implements DocumentStep {}

  /** Any step; edits and exchange are the most frequent. */
  static Arbitrary<DocumentStep> steps() {
    Arbitrary<Integer> number = Arbitraries.integers().between(0, 50);
    Arbitrary<List<Choice>> edits = Choice.choices().list().ofMinSize(1).ofMaxSize(4);
    Arbitrary<Boolean> flag = Arbitraries.of(false, true);
    return Arbitraries.frequencyOf(
        Tuple.of(10, Combinators.combine(number, edits).as(Transact::new)),
        Tuple.of(1, Combinators.combine(number, edits).as(Abort::new)),
        Tuple.of(4, Combinators.combine(number, number, flag).as(Pack::new)),
        Tuple.of(6, Combinators.combine(number, number).as(Unpack::new)),
        Tuple.of(
            2, Combinators.combine(number, number, number.list().ofMaxSize(8)).as(Scatter::new)),
        Tuple.of(2, Combinators.combine(number, number).as(Join::new)),
        Tuple.of(1, number.map(Fork::new)),
        Tuple.of(1, number.map(Reopen::new)),
        Tuple.of(1, number.map(Compact::new)),
        Tuple.of(2, Arbitraries.integers().between(-50, 2000).map(Tick::new)));
  }
}
