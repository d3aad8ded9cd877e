package dev.plait.properties.crdt;

import dev.plait.clock.ElementId;
import dev.plait.clock.ReplicaId;
import dev.plait.crdt.State;
import dev.plait.properties.history.Choice;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.constraints.IntRange;

/** Texts and lists say after every step what the plain engine says. */
class SequenceProperties {
  private static final int MAX_STEPS = Boolean.getBoolean("plait.long") ? 200 : 120;
  private static final int LONG_STEPS = 1500;
  private static final int LONG_TRIES = 10;

  @Provide
  Arbitrary<List<TwinStep>> histories() {
    return TwinStep.lists(MAX_STEPS);
  }

  @Property
  void textsAndListsEqualTheirOraclesAfterEveryStep(
      @ForAll @IntRange(min = 3, max = TwinStep.MAX_REPLICAS) int replicas,
      @ForAll("histories") List<TwinStep> history) {
    TwinRun.of(replicas, history).meet();
  }

  @Provide
  Arbitrary<List<TwinStep>> longHistories() {
    return TwinStep.lists(LONG_STEPS);
  }

  /** Long enough for whatever holds the elements to be split and to get deeper. */
  @Property(tries = LONG_TRIES)
  void theyDoSoInLongHistoriesToo(
      @ForAll @IntRange(min = 3, max = TwinStep.MAX_REPLICAS) int replicas,
      @ForAll("longHistories") List<TwinStep> history) {
    TwinRun.of(replicas, history).meet();
  }

  /** One that is offered to three texts, who pass on what they accepted. */
  record Offer(int author, Choice choice, Choice origins) {}

  @Provide
  Arbitrary<List<Offer>> offers() {
    Arbitrary<Integer> author = Arbitraries.integers().between(0, 3);
    return Combinators.combine(author, Choice.choices(), Choice.choices())
        .as(Offer::new)
        .list()
        .ofMaxSize(MAX_STEPS)
        .withSizeDistribution(RandomDistribution.uniform());
  }

  @Property
  void forgedOperationsOnTextsGetTheVerdictAndTheEffectOfTheOracle(
      @ForAll("offers") List<Offer> offers) {
    forge(new TextTwin(), offers);
  }

  @Property
  void forgedOperationsOnListsGetTheVerdictAndTheEffectOfTheOracle(
      @ForAll("offers") List<Offer> offers) {
    forge(new ListTwin(), offers);
  }

  private static void forge(Twin<?, ?> twin, List<Offer> offers) {
    long seq = 1;
    for (Offer offer : offers) {
      ElementId fresh = new ElementId(ReplicaId.of(0, 1 + offer.author()), seq);
      twin.apply(Forgery.of(twin, fresh, offer.choice(), offer.origins()));
      seq += 1 + offer.choice().place() % 6;
    }
  }

  @Property
  void statesThatContradictEachOtherAreJoinedOrRefusedAsByTheOracle(
      @ForAll("offers") List<Offer> ours, @ForAll("offers") List<Offer> theirs) {
    Twin<?, ?> other = new TextTwin();
    forge(other, theirs);
    List<State> states = new ArrayList<>(List.of(other.state()));
    Twin<?, ?> twin = new TextTwin();
    forge(twin, ours);
    states.add(twin.state());
    for (State state : states) {
      twin.join(state);
    }
    other.join(states.get(1));
  }
}
