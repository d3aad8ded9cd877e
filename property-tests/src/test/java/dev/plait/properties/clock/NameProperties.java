package dev.plait.properties.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plait.clock.Dot;
import dev.plait.clock.ElementId;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.properties.value.PlaitArbitraries;
import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What names things and moments: its text form reads back, and its order is total. */
class NameProperties {

  @Provide
  Arbitrary<HybridTimestamp> timestamps() {
    return PlaitArbitraries.timestamps();
  }

  @Provide
  Arbitrary<Stamp> stamps() {
    return PlaitArbitraries.stamps();
  }

  @Property
  void aTimestampReadsBackAndSortsLikeItsText(
      @ForAll("timestamps") HybridTimestamp a, @ForAll("timestamps") HybridTimestamp b) {
    assertEquals(a, HybridTimestamp.parse(a.toString()));
    HybridTimestamp sameCounter = HybridTimestamp.of(b.millis(), a.counter());
    int byText = a.toString().compareTo(sameCounter.toString());
    assertEquals(Integer.signum(byText), Integer.signum(a.compareTo(sameCounter)));
  }

  @Property
  void replicasAreOrderedAsUnsignedBytesAndReadBack(
      @ForAll long high, @ForAll long low, @ForAll long otherHigh, @ForAll long otherLow) {
    ReplicaId a = ReplicaId.of(high, low);
    ReplicaId b = ReplicaId.of(otherHigh, otherLow);
    int byBytes = Arrays.compareUnsigned(a.toBytes(), b.toBytes());
    assertEquals(Integer.signum(byBytes), Integer.signum(a.compareTo(b)));
    assertEquals(a, ReplicaId.parse(a.toString()));
    assertEquals(new Dot(a, 7), Dot.parse(new Dot(a, 7).text()));
    assertEquals(new ElementId(a, 7), ElementId.parse(new ElementId(a, 7).text()));
  }

  @Property
  void stampsAreTotallyOrderedByTimeThenReplicaThenOrdinal(
      @ForAll("stamps") Stamp a, @ForAll("stamps") Stamp b) {
    int expected = a.time().compareTo(b.time());
    expected = expected != 0 ? expected : a.replica().compareTo(b.replica());
    expected = expected != 0 ? expected : Integer.compare(a.ordinal(), b.ordinal());
    assertEquals(Integer.signum(expected), Integer.signum(a.compareTo(b)));
    assertEquals(a.equals(b), a.compareTo(b) == 0);
  }
}
