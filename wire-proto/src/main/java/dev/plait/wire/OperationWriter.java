package dev.plait.wire;

import static dev.plait.wire.Direction.ENCODING;

import dev.plait.change.ContainerOperation;
import dev.plait.clock.ElementId;
import dev.plait.codec.Limits;
import dev.plait.crdt.Operation;
import dev.plait.value.Content;
import dev.plait.wire.v1.PlaitProto;

/** Writes operations, without what follows from their change. */
final class OperationWriter {
  private final IdWriter ids;
  private final ValueFormat values;
  private final OperationRules rules;

  OperationWriter(Limits limits, IdWriter ids) {
    this.ids = ids;
    this.values = new ValueFormat(limits);
    this.rules = new OperationRules(ENCODING, limits);
  }

  /** Writes the operation that stands at this place. */
  PlaitProto.Operation write(ContainerOperation meant, OperationPlace place) {
    OperationRules.checkImplied(ENCODING, meant.operation(), place);
    rules.check(meant, place);
    PlaitProto.Operation.Builder written = PlaitProto.Operation.newBuilder();
    Operation operation = meant.operation();
    switch (meant.container().type()) {
      case REGISTER -> writeRegister(operation, written);
      case MV_REGISTER -> writeMvRegister(operation, written);
      case SET -> writeSet(operation, written);
      case COUNTER -> writeCounter(operation, written);
      case MAP -> writeMap(operation, written);
      case LIST -> writeList(operation, written);
      case TEXT -> throw new IllegalStateException("operations on text stand in rows");
    }
    return written.build();
  }

  private void writeRegister(Operation operation, PlaitProto.Operation.Builder written) {
    if (operation instanceof Operation.RegisterWrite write) {
      written.setRegisterWrite(values.write(write.value()));
    } else if (operation instanceof Operation.RegisterClear clear) {
      written.setRegisterClear(ids.stamp(clear.observed()));
    }
  }

  private void writeMvRegister(Operation operation, PlaitProto.Operation.Builder written) {
    if (operation instanceof Operation.MvWrite write) {
      PlaitProto.MvWrite.Builder mvWrite =
          PlaitProto.MvWrite.newBuilder().setValue(values.write(write.value()));
      if (!write.supersedes().isEmpty()) {
        mvWrite.setSupersedes(ids.stamps(write.supersedes()));
      }
      written.setMvWrite(mvWrite);
    } else if (operation instanceof Operation.MvClear clear) {
      written.setMvClear(ids.stamps(clear.observed()));
    }
  }

  private void writeSet(Operation operation, PlaitProto.Operation.Builder written) {
    if (operation instanceof Operation.SetAdd add) {
      PlaitProto.SetAdd.Builder setAdd =
          PlaitProto.SetAdd.newBuilder().setValue(values.write(add.value()));
      if (!add.replaces().isEmpty()) {
        setAdd.setReplaces(ids.elements(add.replaces()));
      }
      written.setSetAdd(setAdd);
    } else if (operation instanceof Operation.SetRemove remove) {
      written.setSetRemove(ids.elements(remove.observed()));
    }
  }

  private void writeCounter(Operation operation, PlaitProto.Operation.Builder written) {
    if (operation instanceof Operation.CounterAdd add) {
      written.setCounterAdd(add.amount());
    } else if (operation instanceof Operation.CounterReset reset) {
      written.setCounterReset(ids.contributions(reset.observed()));
    }
  }

  private void writeMap(Operation operation, PlaitProto.Operation.Builder written) {
    if (operation instanceof Operation.MapPut put) {
      written.setMapPut(
          PlaitProto.MapPut.newBuilder()
              .setKey(put.key())
              .setContent(values.writeContent(put.content())));
    } else if (operation instanceof Operation.MapRemove remove) {
      written.setMapRemove(remove.key());
    } else if (operation instanceof Operation.MapClear clear) {
      written.setMapClear(
          PlaitProto.MapClear.newBuilder()
              .setKey(clear.key())
              .setObserved(ids.stamp(clear.observed())));
    }
  }

  private void writeList(Operation operation, PlaitProto.Operation.Builder written) {
    if (operation instanceof Operation.ListInsert insert) {
      PlaitProto.ListInsert.Builder listInsert = PlaitProto.ListInsert.newBuilder();
      ElementId left = insert.left();
      ElementId right = insert.right();
      if (left != null) {
        listInsert.setLeft(ids.element(left));
      }
      if (right != null) {
        listInsert.setRight(ids.element(right));
      }
      for (Content item : insert.items()) {
        listInsert.addItems(values.writeContent(item));
      }
      written.setListInsert(listInsert);
    } else if (operation instanceof Operation.ListDelete delete) {
      written.setListDelete(ids.ranges(delete.ranges()));
    } else if (operation instanceof Operation.ListSet set) {
      written.setListSet(
          PlaitProto.ListSet.newBuilder()
              .setElement(ids.element(set.element()))
              .setValue(values.write(set.value())));
    } else if (operation instanceof Operation.ListMove move) {
      written.setListMove(listMove(move));
    }
  }

  private PlaitProto.ListMove.Builder listMove(Operation.ListMove move) {
    PlaitProto.ListMove.Builder written =
        PlaitProto.ListMove.newBuilder().setElement(ids.element(move.element()));
    ElementId left = move.left();
    ElementId right = move.right();
    if (left != null) {
      written.setLeft(ids.element(left));
    }
    if (right != null) {
      written.setRight(ids.element(right));
    }
    return written;
  }
}
