package dev.plait.document;

import dev.plait.change.ContainerId;
import dev.plait.crdt.Crdt;
import dev.plait.crdt.State;
import dev.plait.value.ContainerType;

/** A data type at its place in a document. */
record Container(ContainerId id, Crdt crdt) {

  /** A new, empty container. */
  static Container empty(ContainerId id) {
    return new Container(id, Crdt.empty(id.type()));
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
