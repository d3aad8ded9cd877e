package dev.plait.wire;

import dev.plait.change.ContainerId;
import dev.plait.change.Snapshot;
import dev.plait.clock.Dot;
import dev.plait.clock.ElementId;
import dev.plait.clock.VersionVector;
import dev.plait.codec.Limits;
import dev.plait.crdt.State;
import dev.plait.value.ContainerType;
import java.util.List;

/** What a snapshot must keep to. */
final class SnapshotRules {
  private SnapshotRules() {}

  static void check(Direction direction, Limits limits, Snapshot snapshot) {
    NameRules.check(direction, limits, "the name of a document", snapshot.document());
    checkAuthors(direction, snapshot.authors());
    checkFrontier(direction, snapshot);
    StateRules states = new StateRules(direction, limits, snapshot.authors());
    List<Snapshot.ContainerState> containers = snapshot.containers();
    for (int i = 0; i < containers.size(); i++) {
      Snapshot.ContainerState entry = containers.get(i);
      if (i > 0 && containers.get(i - 1).container().compareTo(entry.container()) >= 0) {
        throw direction.invalid("the containers of a snapshot are not strictly ascending");
      }
      checkPath(states, entry.container());
      ContainerType type = entry.container().type();
      if (type != typeOf(entry.state())) {
        throw direction.invalid(
            "a "
                + type.label()
                + " has the state of a "
                + typeOf(entry.state()).label()
                + "; both must be the same");
      }
      states.check(entry.state());
    }
    states.checkPlacedOnce();
  }

  private static void checkAuthors(Direction direction, List<Snapshot.Author> authors) {
    for (int i = 0; i < authors.size(); i++) {
      Snapshot.Author author = authors.get(i);
      if (i > 0 && authors.get(i - 1).replica().compareTo(author.replica()) >= 0) {
        throw direction.invalid("the authors of a snapshot are not strictly ascending");
      }
      if (author.counter() < 1 || author.nextSeq() < 1) {
        throw direction.invalid("counters and sequence numbers of an author are from 1");
      }
      ChangeRules.checkTime(direction, author.lastTime());
    }
  }

  private static void checkFrontier(Direction direction, Snapshot snapshot) {
    VersionVector version = snapshot.version();
    for (Dot head : snapshot.frontier().dots()) {
      if (version.get(head.replica()) != head.counter()) {
        throw direction.invalid("the head " + head + " is not the last change of an author");
      }
    }
    if (snapshot.frontier().isEmpty() != snapshot.authors().isEmpty()) {
      throw direction.invalid("a snapshot has heads exactly when it has authors");
    }
  }

  private static void checkPath(StateRules states, ContainerId container) {
    for (ContainerId step = container; step != null; step = step.parent()) {
      ElementId element = step.element();
      if (element != null) {
        states.checkId(element);
      }
    }
  }

  private static ContainerType typeOf(State state) {
    if (state instanceof State.OfRegister) {
      return ContainerType.REGISTER;
    }
    if (state instanceof State.OfMvRegister) {
      return ContainerType.MV_REGISTER;
    }
    if (state instanceof State.OfSet) {
      return ContainerType.SET;
    }
    if (state instanceof State.OfCounter) {
      return ContainerType.COUNTER;
    }
    if (state instanceof State.OfMap) {
      return ContainerType.MAP;
    }
    return state instanceof State.OfList ? ContainerType.LIST : ContainerType.TEXT;
  }
}
