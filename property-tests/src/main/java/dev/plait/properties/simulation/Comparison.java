package dev.plait.properties.simulation;

import dev.plait.change.Change;
import dev.plait.change.ContainerId;
import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.document.Document;
import dev.plait.properties.document.Face;
import dev.plait.properties.specification.DocumentSpecification;
import dev.plait.value.LongValue;
import dev.plait.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares machines that hold the same, with each other and with what they have to hold. */
final class Comparison {
  private static final ReplicaId READER = ReplicaId.of(7, 7);

  private final World world;

  Comparison(World world) {
    this.world = world;
  }

  void compare() {
    for (String name : World.DOCUMENTS) {
      if (world.problem() == null) {
        compare(name);
      }
    }
    world.running().forEach(this::checkCounts);
  }

  private void compare(String name) {
    Incarnation first = world.running().get(0);
    Face face = Face.of(first.watch(name).document());
    for (Incarnation other : world.running()) {
      Face otherFace = other == first ? face : Face.of(other.watch(name).document());
      if (!face.equals(otherFace)) {
        problem("convergence", first, name, face + "\n  but " + other.machine() + " " + otherFace);
      }
      checkListener(other, name, otherFace);
    }
    checkHeld(first, name, face);
    checkMade(first, name, face);
    checkCopies(first, name, face);
  }

  /** Who has only listened knows the same as who reads. */
  private void checkListener(Incarnation at, String name, Face face) {
    Watch watch = at.watch(name);
    Map<ContainerId, Object> known = watch.shadow().known(face.visible());
    if (!known.equals(face.visible())) {
      problem("events", at, name, "listeners know " + known + ", readers see " + face.visible());
    }
    if (!watch.shadow().wrong().isEmpty()) {
      problem("events", at, name, String.join("; ", watch.shadow().wrong()));
    }
  }

  /** Nothing that anybody has acknowledged is missing. */
  private void checkHeld(Incarnation at, String name, Face face) {
    Set<Long> tokens = new HashSet<>();
    for (Value value : at.watch(name).document().set(Writing.TOKENS).values()) {
      if (value instanceof LongValue number) {
        tokens.add(number.value());
      }
    }
    for (Machine machine : world.machines()) {
      Held.OfDocument held = machine.held().of(name);
      if (!machine.isGone() && !world.origins().isBranched(name)) {
        var missing = held.missingFrom(face.version());
        if (missing != null) {
          problem("acknowledged", at, name, machine + " had " + missing + ", nobody has it now");
        }
      }
      if (!machine.isGone() && !tokens.containsAll(held.tokens())) {
        Set<Long> lost = new HashSet<>(held.tokens());
        lost.removeAll(tokens);
        problem("acknowledged", at, name, machine + " wrote " + lost + ", nobody has it now");
      }
    }
  }

  /** What is shown is what the changes say, worked out by the definition and by replaying them. */
  private void checkMade(Incarnation at, String name, Face face) {
    Collection<Change> made = world.origins().in(name, face.version());
    if (made == null) {
      if (!world.origins().isBranched(name)) {
        problem("origin", at, name, "holds " + face.version() + ", and not all of it was made");
      }
      return;
    }
    world.countOracle();
    Map<ContainerId, Object> expected = DocumentSpecification.visible(made);
    if (!expected.equals(face.visible())) {
      problem("definition", at, name, "shows " + face.visible() + "\n  instead of " + expected);
    }
    Document replayed = fresh(name);
    replayed.apply(List.copyOf(made));
    compareCopy("replay", at, name, face, replayed);
  }

  private void checkCopies(Incarnation at, String name, Face face) {
    Document document = at.watch(name).document();
    Document joined = fresh(name);
    joined.join(document.encodedSnapshot());
    compareCopy("snapshot", at, name, face, joined);
    for (Incarnation giver : world.running()) {
      Document source = giver.watch(name).document();
      if (source.historyFloor().isEmpty()) {
        Document imported = fresh(name);
        imported.apply(source.changesSince(VersionVector.empty()));
        compareCopy("export", giver, name, face, imported);
        return;
      }
      Document tail = fresh(name);
      tail.join(source.encodedSnapshot());
      tail.apply(source.changesSince(source.historyFloor()));
      compareCopy("snapshot and tail", giver, name, face, tail);
    }
  }

  private void compareCopy(String what, Incarnation at, String name, Face face, Document copy) {
    Face other = Face.of(copy);
    if (!face.equals(other)) {
      problem(what, at, name, face + "\n  but " + other);
    }
  }

  private Document fresh(String name) {
    return Document.builder(name, READER)
        .clock(HybridLogicalClock.builder(() -> world.time().millis()).build())
        .codec(world.codec())
        .build();
  }

  /** What the replica has counted is what its listeners were told of. */
  private void checkCounts(Incarnation at) {
    List<String> odd = new ArrayList<>();
    for (String code : at.replica().statistics().rejected().keySet()) {
      if (!world.mayReject(code)) {
        odd.add(code);
      }
    }
    if (!odd.isEmpty()) {
      world.problem("accounting", at.machine() + " has rejected honest changes: " + odd);
    }
    if (!at.hasToldOfAllItApplied()) {
      world.problem(
          "accounting",
          at.machine()
              + " has applied other changes than it told of: "
              + at.replica().statistics());
    }
  }

  private void problem(String checker, Incarnation at, String name, String what) {
    world.problem(checker, at.machine() + ", \"" + name + "\": " + what);
  }
}
