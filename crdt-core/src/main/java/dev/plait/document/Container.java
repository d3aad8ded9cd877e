package dev.plait.document;

import dev.plait.change.ContainerId;
import dev.plait.crdt.Crdt;
import dev.plait.crdt.List;
import dev.plait.crdt.State;
import dev.plait.crdt.Text;
import dev.plait.value.ContainerType;

/** A data type at its place in a document. */
record Container(ContainerId id, Crdt crdt) {

  /** A new, empty container. */
  static Container empty(ContainerId id) {
    return new Container(id, Crdt.empty(id.type()));
  }

  /** A new container in a state that fits its type, which for sequences is built in one go. */
  static Container of(ContainerId id, State state) {
    if (state instanceof State.OfText text) {
      return new Container(id, Text.of(text));
    }
    if (state instanceof State.OfList list) {
      return new Container(id, List.of(list));
    }
    Container container = empty(id);
    container.crdt().joinUntold(state, null);
    return container;
  }

  /** Whether a state belongs to the given type. */
  static boolean fits(ContainerType type, State state) {
    return switch (type) {
      case REGISTER -> state instanceof State.OfRegister;
      case MV_REGISTER -> state instanceof State.OfMvRegister;
      case SET -> state instanceof State.OfSet;
      case COUNTER -> state instanceof State.OfCounter;
      case MAP -> state instanceof State.OfMap;
      case LIST -> state instanceof State.OfList;
      case TEXT -> state instanceof State.OfText;
    };
  }
}
