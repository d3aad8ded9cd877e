package dev.plait.properties.exhaustive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plait.crdt.Crdt;
import dev.plait.properties.history.Choice;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Types show what the specification says, in histories too long to try them all. */
class SpecificationProperties {
  private static final int MAX_STEPS = 50;

  @Provide
  Arbitrary<List<Choice>> histories() {
    return Choice.choices().list().ofMaxSize(MAX_STEPS);
  }

  @Provide
  Arbitrary<SmallType<?>> types() {
    return Arbitraries.of(SmallTypes.all());
  }

  @Property
  void whatAReplicaShowsFollowsFromTheBareSetOfOperationsItHasSeen(
      @ForAll("types") SmallType<?> type, @ForAll("histories") List<Choice> choices) {
    check(type, choices);
  }

  private static <C extends Crdt> void check(SmallType<C> type, List<Choice> choices) {
    RandomHistory<C> history = RandomHistory.of(type, choices);
    assertEquals(List.of(), history.wrong(), history::toString);
    history.meet();
    assertEquals(List.of(), history.wrong(), history::toString);
  }
}
