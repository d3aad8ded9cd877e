package dev.plait.properties.value;

import dev.plait.clock.Dot;
import dev.plait.clock.DotRange;
import dev.plait.clock.DotSet;
import dev.plait.clock.ElementId;
import dev.plait.clock.Frontier;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.clock.VersionVector;
import dev.plait.value.Value;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Arbitraries of the values that changes and versions are made of.
 *
 * <p>All of them draw names and counters from small pools, so that what is generated collides and
 * overlaps as often as it differs; and all of them prefer the places where mistakes hide: ids that
 * a signed comparison would order wrongly, full counters, surrogate pairs, the ends of number
 * ranges. Stateless and safe for use by any thread.
 */
public final class PlaitArbitraries {

  private static final long GREATEST_SMALL_COUNTER = 12;
  private static final int GREATEST_ORDINAL = 3;
  private static final int DEEPEST_NESTING = 3;

  private static final List<ReplicaId> REPLICAS =
      List.of(
          ReplicaId.of(0, 1),
          ReplicaId.of(0, 2),
          ReplicaId.of(0, -1),
          ReplicaId.of(1, 0),
          ReplicaId.of(-1, 3));

  /** What texts are put together from: all widths of UTF-8, joined emoji, control characters. */
  private static final List<String> PIECES =
      List.of(
          "a",
          "b",
          "Z",
          " ",
          "\n",
          "\u0000",
          "\u00e9",
          "\u0644",
          "\u6f22",
          "\uff5e",
          "\ud83d\ude00",
          "\ud800\udc00",
          "\ud83d\udc69\u200d\ud83d\udc67");

  private PlaitArbitraries() {}

  /** Names of replicas, out of five; some of them are ordered differently as signed numbers. */
  public static Arbitrary<ReplicaId> replicaIds() {
    return Arbitraries.of(REPLICAS);
  }

  /** Names of changes: few replicas, counters from 1 to 12. */
  public static Arbitrary<Dot> dots() {
    return Combinators.combine(replicaIds(), smallCounters()).as(Dot::new);
  }

  /** Names of elements: few replicas, sequence numbers from 1 to 12. */
  public static Arbitrary<ElementId> elementIds() {
    return Combinators.combine(replicaIds(), smallCounters()).as(ElementId::new);
  }

  /** Runs of dots, all within counters 1 to 24, so that they often touch and overlap. */
  public static Arbitrary<DotRange> dotRanges() {
    return Combinators.combine(replicaIds(), smallCounters(), smallCounters())
        .as((replica, first, size) -> new DotRange(replica, first, first + size - 1));
  }

  /** Timestamps that a change may carry, with full and empty counters more often than others. */
  public static Arbitrary<HybridTimestamp> timestamps() {
    Arbitrary<Long> millis =
        Arbitraries.longs()
            .between(HybridTimestamp.MIN_VALID.millis(), HybridTimestamp.MAX_VALID.millis() - 1);
    Arbitrary<Integer> counters =
        Arbitraries.oneOf(
            Arbitraries.of(0, 1, HybridTimestamp.MAX_COUNTER - 1, HybridTimestamp.MAX_COUNTER),
            Arbitraries.integers().between(0, HybridTimestamp.MAX_COUNTER));
    return Combinators.combine(millis, counters).as(HybridTimestamp::of);
  }

  /** Stamps that often differ in one part only. */
  public static Arbitrary<Stamp> stamps() {
    Arbitrary<HybridTimestamp> times =
        smallCounters().map(after -> new HybridTimestamp(HybridTimestamp.MIN_VALID.bits() + after));
    Arbitrary<Integer> ordinals = Arbitraries.integers().between(0, GREATEST_ORDINAL);
    return Combinators.combine(times, replicaIds(), ordinals).as(Stamp::new);
  }

  /** Versions in which each of a few replicas has made up to 12 changes. */
  public static Arbitrary<VersionVector> versionVectors() {
    return dots().list().ofMaxSize(2 * REPLICAS.size()).map(VersionVector::from);
  }

  /** Heads: at most one dot of each of a few replicas. */
  public static Arbitrary<Frontier> frontiers() {
    return dots().list().ofMaxSize(REPLICAS.size()).map(Frontier::of);
  }

  /** Sets of dots with gaps; each one generated is a new, mutable set. */
  public static Arbitrary<DotSet> dotSets() {
    return dotRanges()
        .list()
        .ofMaxSize(8)
        .map(
            ranges -> {
              DotSet set = new DotSet();
              ranges.forEach(set::add);
              return set;
            });
  }

  /** Well-formed Unicode of up to this many characters as people count them, emoji included. */
  public static Arbitrary<String> texts(int maxCharacters) {
    return Arbitraries.of(PIECES)
        .list()
        .ofMaxSize(maxCharacters)
        .map(pieces -> String.join("", pieces));
  }

  /** Values of every type; lists and maps nest up to three deep. */
  public static Arbitrary<Value> values() {
    return values(DEEPEST_NESTING);
  }

  /** Values without anything inside: null, booleans, numbers, strings, bytes. */
  public static Arbitrary<Value> plainValues() {
    Arbitrary<Double> doubles =
        Arbitraries.oneOf(
            Arbitraries.doubles(),
            Arbitraries.of(
                0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
    return Arbitraries.oneOf(
        Arbitraries.just(Value.nil()),
        Arbitraries.of(true, false).map(Value::of),
        Arbitraries.longs().map(Value::of),
        doubles.map(Value::of),
        texts(6).map(Value::of),
        Arbitraries.bytes().array(byte[].class).ofMaxSize(6).map(Value::of));
  }

  private static Arbitrary<Value> values(int depth) {
    Arbitrary<Value> values = plainValues();
    for (int i = 0; i < depth; i++) {
      Arbitrary<Value> inner = values;
      values =
          Arbitraries.frequencyOf(
              Tuple.of(6, plainValues()),
              Tuple.of(1, inner.list().ofMaxSize(3).map(Value::of)),
              Tuple.of(1, Arbitraries.maps(texts(3), inner).ofMaxSize(3).map(Value::of)));
    }
    return values;
  }

  private static Arbitrary<Long> smallCounters() {
    return Arbitraries.longs().between(1, GREATEST_SMALL_COUNTER);
  }
}
