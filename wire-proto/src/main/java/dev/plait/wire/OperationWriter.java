package dev.plait.wire;

import static dev.plait.wire.Direction.ENCODING;

import dev.plait.change.ContainerId;
import dev.plait.clock.ElementId;
import dev.plait.clock.Stamp;
import dev.plait.codec.Limits;
import dev.plait.crdt.Contribution;
import dev.plait.crdt.Operation;
import dev.plait.value.Content;
import java.util.List;

/**
 * Writes operations that are not on text, without what follows from their change. Confined to one
 * call.
 */
final class OperationWriter {
  private final Limits limits;
  private final OperationRules rules;
  private final ReferenceWriter references;
  private final ColumnWriter counts = new ColumnWriter();
  private final ValueWriter values;

  OperationWriter(Limits limits, IdWriter ids) {
    this.limits = limits;
    this.rules = new OperationRules(ENCODING, limits);
    this.references = new ReferenceWriter(ids);
    this.values = new ValueWriter(limits, counts);
  }

  /** Writes the operation that stands at this place; returns its kind. */
  int write(ContainerId container, Operation operation, OperationPlace place) {
    OperationRules.checkImplied(ENCODING, operation, place);
    rules.check(container, operation, place);
    return switch (container.type()) {
      case REGISTER -> register(operation, place);
      case MV_REGISTER -> mvRegister(operation, place);
      case SET -> set(operation);
      case COUNTER -> counter(operation, place);
      case MAP -> map(operation, place);
      case LIST -> list(operation);
      case TEXT -> throw new IllegalStateException("operations on text stand in rows");
    };
  }

  private int register(Operation operation, OperationPlace place) {
    if (operation instanceof Operation.RegisterWrite write) {
      values.value(write.value());
      return OperationKind.REGISTER_WRITE;
    }
    references.stamp(((Operation.RegisterClear) operation).observed(), place.time());
    return OperationKind.REGISTER_CLEAR;
  }

  private int mvRegister(Operation operation, OperationPlace place) {
    if (operation instanceof Operation.MvWrite write) {
      values.value(write.value());
      stamps(write.supersedes(), place);
      return OperationKind.MV_WRITE;
    }
    stamps(((Operation.MvClear) operation).observed(), place);
    return OperationKind.MV_CLEAR;
  }

  private void stamps(List<Stamp> stamps, OperationPlace place) {
    count("stamps", stamps);
    stamps.forEach(stamp -> references.stamp(stamp, place.time()));
  }

  private int set(Operation operation) {
    if (operation instanceof Operation.SetAdd add) {
      values.value(add.value());
      entries(add.replaces());
      references.made(add.id().seq());
      return OperationKind.SET_ADD;
    }
    entries(((Operation.SetRemove) operation).observed());
    return OperationKind.SET_REMOVE;
  }

  private void entries(List<ElementId> entries) {
    count("entries", entries);
    entries.forEach(references::element);
  }

  private int counter(Operation operation, OperationPlace place) {
    if (operation instanceof Operation.CounterAdd add) {
      values.integer(add.amount());
      return OperationKind.COUNTER_ADD;
    }
    List<Contribution> observed = ((Operation.CounterReset) operation).observed();
    count("contributions", observed);
    for (Contribution contribution : observed) {
      references.stamp(contribution.last(), place.time());
      values.integer(contribution.sum());
    }
    return OperationKind.COUNTER_RESET;
  }

  private int map(Operation operation, OperationPlace place) {
    if (operation instanceof Operation.MapPut put) {
      values.key(put.key());
      values.content(put.content());
      return OperationKind.MAP_PUT;
    }
    if (operation instanceof Operation.MapRemove remove) {
      values.key(remove.key());
      return OperationKind.MAP_REMOVE;
    }
    Operation.MapClear clear = (Operation.MapClear) operation;
    values.key(clear.key());
    references.stamp(clear.observed(), place.time());
    return OperationKind.MAP_CLEAR;
  }

  private int list(Operation operation) {
    if (operation instanceof Operation.ListInsert insert) {
      references.element(insert.left());
      references.right(insert.right());
      count("elements", insert.items());
      for (Content item : insert.items()) {
        values.content(item);
      }
      references.made(insert.first().seq() + (insert.items().size() - 1));
      return OperationKind.LIST_INSERT;
    }
    if (operation instanceof Operation.ListDelete delete) {
      count("ranges", delete.ranges());
      delete.ranges().forEach(range -> references.range(range, counts));
      return OperationKind.LIST_DELETE;
    }
    if (operation instanceof Operation.ListSet set) {
      references.element(set.element());
      values.value(set.value());
      return OperationKind.LIST_SET;
    }
    Operation.ListMove move = (Operation.ListMove) operation;
    references.element(move.element());
    references.element(move.left());
    references.right(move.right());
    references.made(move.position().seq());
    return OperationKind.LIST_MOVE;
  }

  private void count(String what, List<?> entries) {
    counts.add(Counts.checked(ENCODING, limits, what, entries.size()));
  }

  /** The units of all keys and then of all texts among values. */
  String text() {
    return values.text();
  }

  /** Adds the columns to a payload. */
  void addTo(ProtoWriter payload) {
    payload.column(PayloadFields.COUNTS, counts);
    references.addTo(payload);
    values.addTo(payload);
  }
}
