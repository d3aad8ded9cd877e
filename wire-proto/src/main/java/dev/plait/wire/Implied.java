package dev.plait.wire;

import dev.plait.clock.ElementId;
import dev.plait.clock.Stamp;
import dev.plait.crdt.Operation;
import org.jspecify.annotations.Nullable;

/** What an operation carries that follows from its change and is therefore never written. */
final class Implied {
  private Implied() {}

  /** The stamp the operation has of its own; null for kinds without one. */
  static @Nullable Stamp stampOf(Operation operation) {
    if (operation instanceof Operation.RegisterWrite write) {
      return write.stamp();
    }
    if (operation instanceof Operation.MvWrite write) {
      return write.stamp();
    }
    if (operation instanceof Operation.CounterAdd add) {
      return add.stamp();
    }
    if (operation instanceof Operation.MapPut put) {
      return put.stamp();
    }
    if (operation instanceof Operation.MapRemove remove) {
      return remove.stamp();
    }
    return null;
  }

  /** The first thing the operation makes; null for kinds that make nothing. */
  static @Nullable ElementId firstIdOf(Operation operation) {
    if (operation instanceof Operation.TextInsert insert) {
      return insert.first();
    }
    if (operation instanceof Operation.ListInsert insert) {
      return insert.first();
    }
    if (operation instanceof Operation.SetAdd add) {
      return add.id();
    }
    return null;
  }

  /** How many things the operation makes. */
  static int idsUsed(Operation operation) {
    if (operation instanceof Operation.TextInsert insert) {
      return insert.text().length();
    }
    if (operation instanceof Operation.ListInsert insert) {
      return insert.items().size();
    }
    return operation instanceof Operation.SetAdd ? 1 : 0;
  }
}
