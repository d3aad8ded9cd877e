package dev.plait.properties.crdt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.crdt.Crdt;
import dev.plait.crdt.Patch;
import dev.plait.crdt.State;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * What every replicated data type promises, in random histories of three replicas.
 *
 * @param <C> the type
 * @param <V> what a reader sees of it
 */
abstract class CrdtLaws<C extends Crdt, V> {
  private static final int REPLICAS = 3;

  private final Subject<C, V> subject;

  CrdtLaws(Subject<C, V> subject) {
    this.subject = subject;
  }

  @Provide
  Arbitrary<History> operationHistories() {
    return History.ofOperations(REPLICAS);
  }

  @Provide
  Arbitrary<History> histories() {
    return History.ofOperationsAndStates(REPLICAS);
  }

  @Property
  void concurrentOperationsCommute(@ForAll("operationHistories") History history) {
    Run<C, V> run = Run.of(subject, history);
    run.meet();
    assertAllEqualTheReplayOf(run);
  }

  @Property
  void replicasThatExchangeOperationsAndStatesConverge(@ForAll("histories") History history) {
    Run<C, V> run = Run.of(subject, history);
    run.meet();
    assertAllEqualTheReplayOf(run);
  }

  private void assertAllEqualTheReplayOf(Run<C, V> run) {
    for (Run.Peer<C> peer : run.peers()) {
      assertEquals(run.made().size(), peer.seen().cardinality());
      assertEquals(face(run.replay(peer.seen())), face(peer.crdt()), run::toString);
    }
  }

  @Property
  void operationsDeliveredAgainChangeNothing(@ForAll("histories") History history) {
    Run<C, V> run = Run.of(subject, history);
    for (Run.Peer<C> peer : run.peers()) {
      Face<V> before = face(peer.crdt());
      for (Made one : run.madeIn(peer.seen())) {
        Patch patch = peer.crdt().apply(one.operation(), null);
        assertTrue(patch.isEmpty(), () -> "again: " + one + run);
        assertEquals(before, face(peer.crdt()), () -> "again: " + one + run);
      }
    }
  }

  @Property
  void joinIsCommutativeAssociativeAndIdempotent(
      @ForAll("histories") History history,
      @ForAll @IntRange(max = 1000) int first,
      @ForAll @IntRange(max = 1000) int second,
      @ForAll @IntRange(max = 1000) int third) {
    Run<C, V> run = Run.of(subject, history);
    State a = moment(run, first).state();
    State b = moment(run, second).state();
    State c = moment(run, third).state();
    C ab = joined(a, b);
    assertEquals(face(joined(b, a)), face(ab), run::toString);
    assertEquals(face(joined(a, joined(b, c).state())), face(joined(ab.state(), c)), run::toString);
    Face<V> once = face(ab);
    assertTrue(ab.join(ab.state(), null).isEmpty(), run::toString);
    assertTrue(ab.join(b, null).isEmpty(), run::toString);
    assertEquals(once, face(ab), run::toString);
  }

  @Property
  void joiningAStateEqualsApplyingTheOperationsItStandsFor(
      @ForAll("histories") History history,
      @ForAll @IntRange(max = 1000) int first,
      @ForAll @IntRange(max = 1000) int second) {
    Run<C, V> run = Run.of(subject, history);
    Run.Moment a = moment(run, first);
    Run.Moment b = moment(run, second);
    BitSet both = (BitSet) a.seen().clone();
    both.or(b.seen());
    assertEquals(face(run.replay(both)), face(joined(a.state(), b.state())), run::toString);
  }

  @Property
  void anInstanceMadeFromAStateEqualsTheOneItWasTakenFrom(@ForAll("histories") History history) {
    Run<C, V> run = Run.of(subject, history);
    for (Run.Moment moment : run.moments()) {
      C opened = subject.of(moment.state());
      C joined = subject.empty();
      joined.join(moment.state(), null);
      Face<V> expected = face(run.replay(moment.seen()));
      assertEquals(expected, face(opened), run::toString);
      assertEquals(expected, face(joined), run::toString);
    }
  }

  @Property
  void patchesAppliedToTheValueBeforeGiveTheValueAfter(@ForAll("histories") History history) {
    Run<C, V> run = Run.of(subject, history);
    run.meet();
    for (Run.Effect<V> effect : run.effects()) {
      V patched = subject.patched(effect.before(), effect.patch());
      assertEquals(effect.after(), patched, () -> effect + " of" + run);
      if (!subject.mayReplaceByAlike()) {
        boolean same = effect.before().equals(effect.after());
        assertEquals(same, effect.patch().isEmpty(), () -> effect + " of" + run);
      }
    }
  }

  @Property
  void whatIsRolledBackLeavesNothingBehind(@ForAll("histories") History history) {
    Run<C, V> run = Run.rehearsed(subject, history);
    assertEquals(List.of(), run.leftBehind(), run::toString);
    run.meet();
    assertAllEqualTheReplayOf(run);
  }

  @Property
  void readersSeeWhatTheDefinitionOfTheTypeSays(@ForAll("histories") History history) {
    Run<C, V> run = Run.of(subject, history);
    for (Run.Peer<C> peer : run.peers()) {
      V expected = subject.expected(run.madeIn(peer.seen()));
      assertEquals(expected, subject.foretold(subject.visible(peer.crdt())), run::toString);
    }
  }

  private Face<V> face(C crdt) {
    return Face.of(subject, crdt);
  }

  private C joined(State a, State b) {
    C crdt = subject.of(a);
    crdt.join(b, null);
    return crdt;
  }

  private Run.Moment moment(Run<C, V> run, int number) {
    return run.moments().get(number % run.moments().size());
  }
}
