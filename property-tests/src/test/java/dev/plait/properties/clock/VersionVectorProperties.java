package dev.plait.properties.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plait.clock.CausalOrder;
import dev.plait.clock.Dot;
import dev.plait.clock.DotRange;
import dev.plait.clock.VersionVector;
import dev.plait.properties.value.PlaitArbitraries;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class VersionVectorProperties {

  @Provide
  Arbitrary<VersionVector> versions() {
    return PlaitArbitraries.versionVectors();
  }

  @Provide
  Arbitrary<Dot> dots() {
    return PlaitArbitraries.dots();
  }

  @Property
  void mergeIsCommutativeAssociativeAndIdempotent(
      @ForAll("versions") VersionVector a,
      @ForAll("versions") VersionVector b,
      @ForAll("versions") VersionVector c) {
    assertEquals(a.merge(b), b.merge(a));
    assertEquals(a.merge(b).merge(c), a.merge(b.merge(c)));
    assertEquals(a, a.merge(a));
    assertEquals(a, a.merge(VersionVector.empty()));
  }

  @Property
  void meetIsCommutativeAssociativeAndIdempotent(
      @ForAll("versions") VersionVector a,
      @ForAll("versions") VersionVector b,
      @ForAll("versions") VersionVector c) {
    assertEquals(a.meet(b), b.meet(a));
    assertEquals(a.meet(b).meet(c), a.meet(b.meet(c)));
    assertEquals(a, a.meet(a));
    assertEquals(VersionVector.empty(), a.meet(VersionVector.empty()));
  }

  @Property
  void mergeAndMeetAbsorbEachOther(
      @ForAll("versions") VersionVector a, @ForAll("versions") VersionVector b) {
    assertEquals(a, a.merge(a.meet(b)));
    assertEquals(a, a.meet(a.merge(b)));
  }

  @Property
  void mergeHoldsADotExactlyIfEitherSideDoesAndMeetIfBothDo(
      @ForAll("versions") VersionVector a,
      @ForAll("versions") VersionVector b,
      @ForAll("dots") Dot dot) {
    assertEquals(a.contains(dot) || b.contains(dot), a.merge(b).contains(dot));
    assertEquals(a.contains(dot) && b.contains(dot), a.meet(b).contains(dot));
  }

  @Property
  void dominatesMeansThatMergingAddsNothing(
      @ForAll("versions") VersionVector a, @ForAll("versions") VersionVector b) {
    assertEquals(a.merge(b).equals(a), a.dominates(b));
    assertEquals(a.meet(b).equals(b), a.dominates(b));
  }

  @Property
  void compareSaysWhatDominatesSaysFromBothSides(
      @ForAll("versions") VersionVector a, @ForAll("versions") VersionVector b) {
    CausalOrder expected =
        a.equals(b)
            ? CausalOrder.EQUAL
            : a.dominates(b)
                ? CausalOrder.AFTER
                : b.dominates(a) ? CausalOrder.BEFORE : CausalOrder.CONCURRENT;
    assertEquals(expected, a.compare(b));
    assertEquals(expected, b.compare(a).reverse());
  }

  @Property
  void equalVersionsHaveEqualHashes(
      @ForAll("versions") VersionVector a, @ForAll("versions") VersionVector b) {
    VersionVector once = a.merge(b);
    VersionVector again = VersionVector.from(b.merge(a).dots());
    assertEquals(once, again);
    assertEquals(once.hashCode(), again.hashCode());
  }

  @Property
  void whatIsMissingCompletesTheOtherSideAndNothingOfItIsThere(
      @ForAll("versions") VersionVector a, @ForAll("versions") VersionVector b) {
    VersionVector.Builder completed = b.toBuilder();
    List<DotRange> missing = a.missingFrom(b);
    for (DotRange range : missing) {
      assertEquals(b.get(range.replica()) + 1, range.first());
      completed.advance(new Dot(range.replica(), range.last()));
    }
    assertEquals(a.merge(b), completed.build());
    assertEquals(b.dominates(a), missing.isEmpty());
  }
}
