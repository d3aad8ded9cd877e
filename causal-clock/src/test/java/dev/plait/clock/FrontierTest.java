package dev.plait.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FrontierTest {

  private static final ReplicaId A = ReplicaId.of(1, 0);
  private static final ReplicaId B = ReplicaId.of(-1, 0);
  private static final Dot A1 = new Dot(A, 1);
  private static final Dot A2 = new Dot(A, 2);
  private static final Dot B1 = new Dot(B, 1);

  @Test
  void emptyHasNoHeads() {
    assertTrue(Frontier.empty().isEmpty());
    assertEquals(Frontier.empty(), Frontier.of(List.of()));
  }

  @Test
  void headsAreSortedAndEqualHoweverTheyWereGiven() {
    Frontier frontier = Frontier.of(List.of(B1, A1, B1));

    assertEquals(List.of(A1, B1), frontier.dots());
    assertEquals(2, frontier.size());
    assertEquals(Frontier.of(Set.of(A1, B1)), frontier);
    assertEquals(Frontier.of(Set.of(A1, B1)).hashCode(), frontier.hashCode());
    assertTrue(frontier.contains(B1));
    assertFalse(frontier.contains(A2));
  }

  @Test
  void ofOneReplicaOnlyTheHighestIsAHead() {
    assertEquals(Frontier.of(List.of(A2)), Frontier.of(List.of(A2, A1)));
  }

  @Test
  void changeReplacesWhatItDependsOn() {
    Frontier both = Frontier.of(List.of(A1, B1));

    assertEquals(Frontier.of(List.of(A2)), both.advance(A2, List.of(A1, B1)));
  }

  @Test
  void changeReplacesItsReplicasPreviousEvenIfNotNamed() {
    Frontier both = Frontier.of(List.of(A1, B1));

    assertEquals(Frontier.of(List.of(A2, B1)), both.advance(A2, List.of()));
  }

  @Test
  void concurrentChangeStandsBesideTheOthers() {
    assertEquals(Frontier.of(List.of(A1, B1)), Frontier.of(List.of(A1)).advance(B1, List.of()));
  }

  @Test
  void joinDropsAHeadTheOtherSideHasGoneBeyond() {
    Frontier old = Frontier.of(List.of(A1));
    Frontier newer = Frontier.of(List.of(B1));
    VersionVector oldVersion = VersionVector.of(A1);
    VersionVector newVersion = VersionVector.of(A1, B1);

    assertEquals(newer, old.join(oldVersion, newer, newVersion));
    assertEquals(newer, newer.join(newVersion, old, oldVersion));
  }

  @Test
  void joinKeepsHeadsOfBothBranches() {
    Frontier mine = Frontier.of(List.of(A1));
    Frontier theirs = Frontier.of(List.of(B1));

    assertEquals(
        Frontier.of(List.of(A1, B1)),
        mine.join(VersionVector.of(A1), theirs, VersionVector.of(B1)));
  }

  @Test
  void joinKeepsASharedHead() {
    Frontier shared = Frontier.of(List.of(A1));

    assertEquals(shared, shared.join(VersionVector.of(A1), shared, VersionVector.of(A1)));
  }

  /** A version kept the plain way: every change with its dependencies. */
  private static final class History {
    final Map<Dot, Collection<Dot>> changes = new TreeMap<>();
    VersionVector version = VersionVector.empty();
    Frontier frontier = Frontier.empty();

    void change(ReplicaId author) {
      Dot dot = new Dot(author, version.get(author) + 1);
      List<Dot> dependencies = frontier.dots();
      changes.put(dot, dependencies);
      frontier = frontier.advance(dot, dependencies);
      version = version.with(dot);
    }

    void pull(History other) {
      changes.putAll(other.changes);
      frontier = frontier.join(version, other.frontier, other.version);
      version = version.merge(other.version);
    }

    /** Applies what the other has one change at a time, in the order of dependencies. */
    void replay(History other) {
      List<Dot> waiting = new ArrayList<>(other.changes.keySet());
      waiting.removeIf(version::contains);
      while (!waiting.isEmpty()) {
        for (Dot dot : List.copyOf(waiting)) {
          Collection<Dot> dependencies = Objects.requireNonNull(other.changes.get(dot));
          if (dependencies.stream().allMatch(version::contains)) {
            changes.put(dot, dependencies);
            frontier = frontier.advance(dot, dependencies);
            version = version.with(dot);
            waiting.remove(dot);
          }
        }
      }
    }

    Set<Dot> headsByDefinition() {
      Set<Dot> heads = new HashSet<>(changes.keySet());
      changes.values().forEach(heads::removeAll);
      return heads;
    }
  }

  @Test
  void headsAreThoseNothingDependsOnThroughAnyHistory() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      List<ReplicaId> authors = new ArrayList<>();
      List<History> histories = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        authors.add(ReplicaId.random(random));
        histories.add(new History());
      }
      for (int step = 0; step < 60; step++) {
        int chosen = random.nextInt(4);
        History history = histories.get(chosen);
        History other = histories.get(random.nextInt(4));
        switch (random.nextInt(4)) {
          case 0 -> history.pull(other);
          case 1 -> history.replay(other);
          default -> history.change(authors.get(chosen));
        }
        assertEquals(history.headsByDefinition(), new HashSet<>(history.frontier.dots()));
      }
    }
  }

  @Test
  void frontierWithOtherHeadsIsAnotherOne() {
    Frontier one = Frontier.of(List.of(A1));

    assertFalse(one.isEmpty());
    assertNotEquals(Frontier.of(List.of(A2)), one);
    assertNotEquals(Frontier.empty(), one);
    assertNotEquals(one, new Object());
    assertNotEquals(Frontier.of(List.of(A2)).hashCode(), one.hashCode());
  }

  @Test
  void printsItsHeadsInOrder() {
    assertEquals(List.of(A1, B1).toString(), Frontier.of(List.of(B1, A1)).toString());
  }
}
