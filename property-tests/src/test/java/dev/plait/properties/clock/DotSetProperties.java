package dev.plait.properties.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.Dot;
import dev.plait.clock.DotRange;
import dev.plait.clock.DotSet;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.properties.value.PlaitArbitraries;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** The set of runs against a plain set of dots. */
class DotSetProperties {

  @Provide
  Arbitrary<DotRange> ranges() {
    return PlaitArbitraries.dotRanges();
  }

  @Provide
  Arbitrary<Dot> dots() {
    return PlaitArbitraries.dots();
  }

  @Property
  void addingRunsGivesTheSameDotsAsAddingThemOneByOne(
      @ForAll @Size(max = 12) List<@From("ranges") DotRange> ranges) {
    DotSet set = new DotSet();
    Set<Dot> model = new HashSet<>();
    for (DotRange range : ranges) {
      assertEquals(model.addAll(dotsOf(range)), set.add(range));
      assertEquals(model, dotsOf(set));
      assertEquals(model.size(), set.size());
      assertEquals(model.isEmpty(), set.isEmpty());
    }
  }

  @Property
  void addingDotsTellsWhetherTheyWereMissing(@ForAll @Size(max = 30) List<@From("dots") Dot> dots) {
    DotSet set = new DotSet();
    Set<Dot> model = new HashSet<>();
    for (Dot dot : dots) {
      assertEquals(model.contains(dot), set.contains(dot));
      assertEquals(model.add(dot), set.add(dot));
      assertTrue(set.contains(dot));
    }
    assertEquals(model, dotsOf(set));
  }

  @Property
  void runsAreSortedAndNeverTouch(@ForAll @Size(max = 12) List<@From("ranges") DotRange> ranges) {
    List<DotRange> runs = setOf(ranges).ranges();
    for (int i = 1; i < runs.size(); i++) {
      DotRange before = runs.get(i - 1);
      DotRange next = runs.get(i);
      int order = before.replica().compareTo(next.replica());
      assertTrue(order < 0 || (order == 0 && before.last() + 1 < next.first()), runs::toString);
    }
  }

  @Property
  void addAllIsTheUnionAndLeavesTheOtherSetAlone(
      @ForAll @Size(max = 8) List<@From("ranges") DotRange> mine,
      @ForAll @Size(max = 8) List<@From("ranges") DotRange> theirs) {
    DotSet set = setOf(mine);
    DotSet other = setOf(theirs);
    Set<Dot> model = dotsOf(set);
    assertEquals(model.addAll(dotsOf(other)), set.addAll(other));
    assertEquals(model, dotsOf(set));
    assertEquals(dotsOf(setOf(theirs)), dotsOf(other));
  }

  @Property
  void theContiguousPartEndsBeforeTheFirstGap(
      @ForAll @Size(max = 12) List<@From("ranges") DotRange> ranges) {
    DotSet set = setOf(ranges);
    VersionVector contiguous = set.contiguous();
    for (DotRange range : set.ranges()) {
      ReplicaId replica = range.replica();
      long counter = contiguous.get(replica);
      assertTrue(counter == 0 || set.contains(new Dot(replica, counter)));
      assertTrue(!set.contains(new Dot(replica, counter + 1)));
    }
    contiguous.dots().forEach(dot -> assertTrue(dotsOf(set).containsAll(upTo(dot))));
  }

  private static DotSet setOf(List<DotRange> ranges) {
    DotSet set = new DotSet();
    ranges.forEach(set::add);
    return set;
  }

  private static Set<Dot> dotsOf(DotSet set) {
    Set<Dot> dots = new HashSet<>();
    set.ranges().forEach(range -> dots.addAll(dotsOf(range)));
    return dots;
  }

  private static Set<Dot> dotsOf(DotRange range) {
    Set<Dot> dots = new HashSet<>();
    for (long counter = range.first(); counter <= range.last(); counter++) {
      dots.add(new Dot(range.replica(), counter));
    }
    return dots;
  }

  private static Set<Dot> upTo(Dot dot) {
    return dotsOf(new DotRange(dot.replica(), 1, dot.counter()));
  }
}
