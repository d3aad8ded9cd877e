package dev.plait.properties.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plait.clock.Dot;
import dev.plait.clock.Frontier;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.properties.value.PlaitArbitraries;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Frontiers against the graph of all changes, in random histories of three replicas. */
class FrontierProperties {
  private static final int REPLICAS = 3;

  /** Replica {@code to} hears all that {@code from} has; if they are one, it makes a change. */
  record Move(int from, int to) {}

  /** One version: its frontier as the library keeps it, and all of it as plain data. */
  private static final class Version {
    Frontier frontier = Frontier.empty();
    VersionVector vector = VersionVector.empty();
    final Set<Dot> dots = new HashSet<>();
  }

  /** Each change with all that comes before it. */
  private final Map<Dot, Set<Dot>> pasts = new HashMap<>();

  @Provide
  Arbitrary<Move> moves() {
    Arbitrary<Integer> replica = Arbitraries.integers().between(0, REPLICAS - 1);
    return Combinators.combine(replica, replica).as(Move::new);
  }

  @Property
  void aFrontierIsExactlyTheChangesThatNothingFollows(
      @ForAll @Size(max = 30) List<@From("moves") Move> moves) {
    for (Version version : play(moves)) {
      assertEquals(heads(version.dots), Set.copyOf(version.frontier.dots()));
    }
  }

  @Property
  void joinIsCommutativeAssociativeAndIdempotent(
      @ForAll @Size(max = 30) List<@From("moves") Move> moves) {
    List<Version> versions = play(moves);
    Version a = versions.get(0);
    Version b = versions.get(1);
    Version c = versions.get(2);
    VersionVector ab = a.vector.merge(b.vector);
    VersionVector bc = b.vector.merge(c.vector);
    Frontier joined = a.frontier.join(a.vector, b.frontier, b.vector);
    assertEquals(joined, b.frontier.join(b.vector, a.frontier, a.vector));
    assertEquals(
        joined.join(ab, c.frontier, c.vector),
        a.frontier.join(a.vector, b.frontier.join(b.vector, c.frontier, c.vector), bc));
    assertEquals(a.frontier, a.frontier.join(a.vector, a.frontier, a.vector));
  }

  @Property
  void aFrontierKeepsTheHighestDotOfEachReplica(
      @ForAll @Size(max = 12) List<@From("dots") Dot> dots) {
    Frontier frontier = Frontier.of(dots);
    assertEquals(VersionVector.from(dots).dots(), frontier.dots());
    dots.forEach(
        dot -> assertEquals(frontier.dots().contains(dot), frontier.contains(dot), dot::toString));
  }

  @Provide
  Arbitrary<Dot> dots() {
    return PlaitArbitraries.dots();
  }

  private List<Version> play(List<Move> moves) {
    pasts.clear();
    List<Version> versions = new ArrayList<>();
    for (int i = 0; i < REPLICAS; i++) {
      versions.add(new Version());
    }
    for (Move move : moves) {
      Version to = versions.get(move.to());
      if (move.from() == move.to()) {
        change(to, ReplicaId.of(0, move.to()));
      } else {
        hear(to, versions.get(move.from()));
      }
    }
    return versions;
  }

  private void change(Version version, ReplicaId author) {
    Dot dot = new Dot(author, version.vector.get(author) + 1);
    Collection<Dot> dependencies = version.frontier.dots();
    pasts.put(dot, Set.copyOf(version.dots));
    version.frontier = version.frontier.advance(dot, dependencies);
    version.vector = version.vector.with(dot);
    version.dots.add(dot);
  }

  private static void hear(Version to, Version from) {
    to.frontier = to.frontier.join(to.vector, from.frontier, from.vector);
    to.vector = to.vector.merge(from.vector);
    to.dots.addAll(from.dots);
  }

  private Set<Dot> heads(Set<Dot> dots) {
    Set<Dot> heads = new HashSet<>(dots);
    dots.forEach(dot -> heads.removeAll(pasts.getOrDefault(dot, Set.of())));
    return heads;
  }
}
