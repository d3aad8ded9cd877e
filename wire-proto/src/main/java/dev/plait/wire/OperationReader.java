package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

import dev.plait.change.ContainerId;
import dev.plait.change.ContainerOperation;
import dev.plait.clock.ElementId;
import dev.plait.codec.Limits;
import dev.plait.crdt.Operation;
import dev.plait.value.Content;
import dev.plait.wire.v1.PlaitProto;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads operations and rebuilds what follows from their change. */
final class OperationReader {
  private final IdReader ids;
  private final ValueFormat values;
  private final OperationRules rules;

  OperationReader(Limits limits, IdReader ids) {
    this.ids = ids;
    this.values = new ValueFormat(limits);
    this.rules = new OperationRules(DECODING, limits);
  }

  /** Reads the operation that stands at this place. */
  Operation read(ContainerId container, PlaitProto.Operation written, OperationPlace place) {
    Operation operation = readKind(written, place);
    rules.check(new ContainerOperation(container, operation), place);
    return operation;
  }

  private Operation readKind(PlaitProto.Operation written, OperationPlace place) {
    return switch (written.getKindCase()) {
      case LIST_INSERT -> listInsert(written.getListInsert(), place);
      case LIST_DELETE -> new Operation.ListDelete(ids.ranges(written.getListDelete()));
      case MAP_PUT ->
          new Operation.MapPut(
              place.stamp(),
              written.getMapPut().getKey(),
              values.readContent(written.getMapPut().getContent()));
      case MAP_REMOVE -> new Operation.MapRemove(place.stamp(), written.getMapRemove());
      case MAP_CLEAR ->
          new Operation.MapClear(
              written.getMapClear().getKey(), ids.stamp(written.getMapClear().getObserved()));
      case REGISTER_WRITE ->
          new Operation.RegisterWrite(place.stamp(), values.read(written.getRegisterWrite()));
      case REGISTER_CLEAR -> new Operation.RegisterClear(ids.stamp(written.getRegisterClear()));
      case MV_WRITE ->
          new Operation.MvWrite(
              place.stamp(),
              values.read(written.getMvWrite().getValue()),
              ids.stamps(written.getMvWrite().getSupersedes()));
      case MV_CLEAR -> new Operation.MvClear(ids.stamps(written.getMvClear()));
      case SET_ADD ->
          new Operation.SetAdd(
              place.firstId(),
              values.read(written.getSetAdd().getValue()),
              ids.elements(written.getSetAdd().getReplaces()));
      case SET_REMOVE -> new Operation.SetRemove(ids.elements(written.getSetRemove()));
      case COUNTER_ADD -> new Operation.CounterAdd(place.stamp(), written.getCounterAdd());
      case COUNTER_RESET ->
          new Operation.CounterReset(ids.contributions(written.getCounterReset()));
      case LIST_SET ->
          new Operation.ListSet(
              place.stamp(),
              ids.element(written.getListSet().getElement()),
              values.read(written.getListSet().getValue()));
      case LIST_MOVE -> listMove(written.getListMove(), place);
      case KIND_NOT_SET -> throw DECODING.malformed("an operation has no kind");
    };
  }

  private Operation listInsert(PlaitProto.ListInsert written, OperationPlace place) {
    @Nullable ElementId left = written.hasLeft() ? ids.element(written.getLeft()) : null;
    @Nullable ElementId right = written.hasRight() ? ids.element(written.getRight()) : null;
    List<Content> items = new ArrayList<>(written.getItemsCount());
    for (PlaitProto.Content item : written.getItemsList()) {
      items.add(values.readContent(item));
    }
    return new Operation.ListInsert(place.firstId(), left, right, items);
  }

  private Operation listMove(PlaitProto.ListMove written, OperationPlace place) {
    @Nullable ElementId left = written.hasLeft() ? ids.element(written.getLeft()) : null;
    @Nullable ElementId right = written.hasRight() ? ids.element(written.getRight()) : null;
    return new Operation.ListMove(
        place.stamp(), ids.element(written.getElement()), place.firstId(), left, right);
  }
}
