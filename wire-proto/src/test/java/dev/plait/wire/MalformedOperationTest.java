package dev.plait.wire;

import static dev.plait.codec.ProtocolException.INVALID_CHANGE;
import static dev.plait.codec.ProtocolException.LIMIT_EXCEEDED;
import static dev.plait.codec.ProtocolException.MALFORMED;
import static dev.plait.codec.ProtocolException.UNSUPPORTED_VERSION;

import dev.plait.change.Change;
import dev.plait.change.ContainerId;
import dev.plait.clock.Stamp;
import dev.plait.codec.Codec;
import dev.plait.crdt.Contribution;
import dev.plait.crdt.Operation;
import dev.plait.value.Value;
import dev.plait.wire.v1.PlaitProto;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class MalformedOperationTest {
  private final Codec codec = WireCodec.create();
  private final Tampering tampering = new Tampering();

  private static Change change(ContainerId container, Function<Stamp, Operation> operation) {
    return Samples.adaAtNoon().stamped(container, operation).end(1);
  }

  private static Change write(Value value) {
    return change(Samples.REGISTER, stamp -> new Operation.RegisterWrite(stamp, value));
  }

  private static Change insert() {
    return Samples.adaAtNoon()
        .making(
            1,
            Samples.LIST,
            id ->
                new Operation.ListInsert(
                    id, Samples.id(Samples.ADA, 9), null, List.of(Value.nil())))
        .end(1);
  }

  private void refused(String code, Change change, Consumer<PlaitProto.Operation.Builder> tamper) {
    var chunk = codec.readChunk(tampering.operation(change, tamper));
    Expect.refused(code, () -> codec.decodeChunk(chunk));
  }

  private void refusedValue(String code, PlaitProto.Value.Builder value) {
    refused(code, write(Value.nil()), operation -> operation.setRegisterWrite(value));
  }

  @Test
  void kindIsRequired() {
    refused(MALFORMED, insert(), PlaitProto.Operation.Builder::clearKind);
  }

  @Test
  void operationFitsTheContainer() {
    refused(INVALID_CHANGE, insert(), operation -> operation.setCounterAdd(1));
    refused(INVALID_CHANGE, insert(), operation -> operation.setMapRemove("x"));
    refused(
        INVALID_CHANGE,
        write(Value.nil()),
        operation -> operation.setListDelete(PlaitProto.ElementRanges.getDefaultInstance()));
  }

  @Test
  void insertsHoldSomething() {
    Change list =
        Samples.adaAtNoon()
            .making(
                1,
                Samples.LIST,
                id -> new Operation.ListInsert(id, null, null, List.of(Value.nil())))
            .end(1);
    refused(INVALID_CHANGE, list, operation -> operation.getListInsertBuilder().clearItems());
    refused(
        MALFORMED,
        list,
        operation -> operation.getListInsertBuilder().getItemsBuilder(0).clearContent());
  }

  @Test
  void originsExistAlready() {
    refused(
        INVALID_CHANGE,
        insert(),
        operation -> operation.getListInsertBuilder().getLeftBuilder().setSeq(10));
    refused(
        INVALID_CHANGE,
        insert(),
        operation -> operation.getListInsertBuilder().getRightBuilder().setSeq(11));
    refused(
        INVALID_CHANGE,
        insert(),
        operation -> operation.getListInsertBuilder().getLeftBuilder().setSeq(0));
    refused(
        MALFORMED,
        insert(),
        operation -> operation.getListInsertBuilder().getLeftBuilder().setReplica(1));
    refused(
        MALFORMED,
        insert(),
        operation -> operation.getListInsertBuilder().getLeftBuilder().setReplica(-1));
  }

  @Test
  void rangesAreNotEmptyAndEnd() {
    Change delete =
        change(
            Samples.LIST,
            stamp -> new Operation.ListDelete(List.of(Samples.range(Samples.BOB, 1, 1))));
    refused(INVALID_CHANGE, delete, operation -> operation.getListDeleteBuilder().setLengths(0, 0));
    refused(
        INVALID_CHANGE, delete, operation -> operation.getListDeleteBuilder().setLengths(0, -1));
    refused(INVALID_CHANGE, delete, operation -> operation.getListDeleteBuilder().setFirsts(0, 0));
    refused(
        INVALID_CHANGE,
        delete,
        operation ->
            operation.getListDeleteBuilder().setFirsts(0, Long.MAX_VALUE).setLengths(0, 2));
    refused(MALFORMED, delete, operation -> operation.getListDeleteBuilder().addLengths(1));
    refused(MALFORMED, delete, operation -> operation.getListDeleteBuilder().setReplicas(0, 2));
    refused(
        INVALID_CHANGE,
        delete,
        operation -> operation.getListDeleteBuilder().setReplicas(0, 0).setLengths(0, 10));
  }

  @Test
  void columnsAreEquallyLong() {
    Change remove =
        change(Samples.SET, stamp -> new Operation.SetRemove(List.of(Samples.id(Samples.BOB, 1))));
    refused(MALFORMED, remove, operation -> operation.getSetRemoveBuilder().addSeqs(1));
    refused(MALFORMED, remove, operation -> operation.getSetRemoveBuilder().addReplicas(1));
    Change reset =
        change(
            Samples.COUNTER,
            stamp ->
                new Operation.CounterReset(
                    List.of(new Contribution(Samples.stamp(Samples.BOB, 0), 1))));
    refused(MALFORMED, reset, operation -> operation.getCounterResetBuilder().addSums(1));
    refused(
        MALFORMED,
        reset,
        operation -> operation.getCounterResetBuilder().getLastBuilder().addTimes(1));
  }

  @Test
  void observedStampsLieBefore() {
    Change clear =
        change(
            Samples.REGISTER, stamp -> new Operation.RegisterClear(Samples.stamp(Samples.BOB, 0)));
    long noon = Samples.NOON.bits();
    refused(
        INVALID_CHANGE,
        clear,
        operation -> operation.getRegisterClearBuilder().setTime(noon).setReplica(1));
    refused(
        INVALID_CHANGE, clear, operation -> operation.getRegisterClearBuilder().setTime(noon + 1));
    refused(INVALID_CHANGE, clear, operation -> operation.getRegisterClearBuilder().setTime(0));
    refused(INVALID_CHANGE, clear, operation -> operation.getRegisterClearBuilder().setOrdinal(-1));
    refused(MALFORMED, clear, operation -> operation.getRegisterClearBuilder().setReplica(7));
    Change mapClear =
        change(Samples.MAP, stamp -> new Operation.MapClear("k", Samples.stamp(Samples.BOB, 0)));
    refused(INVALID_CHANGE, mapClear, operation -> operation.getMapClearBuilder().clearObserved());
  }

  @Test
  void counterAddsSomething() {
    Change add = change(Samples.COUNTER, stamp -> new Operation.CounterAdd(stamp, 1));
    refused(INVALID_CHANGE, add, operation -> operation.setCounterAdd(0));
  }

  @Test
  void keysHaveALimit() {
    Change put = change(Samples.MAP, stamp -> new Operation.MapPut(stamp, "k", Value.nil()));
    refused(
        LIMIT_EXCEEDED, put, operation -> operation.getMapPutBuilder().setKey("k".repeat(1_025)));
    refused(MALFORMED, put, operation -> operation.getMapPutBuilder().clearContent());
    refused(
        UNSUPPORTED_VERSION,
        put,
        operation -> operation.getMapPutBuilder().getContentBuilder().setChildValue(99));
    refused(
        MALFORMED,
        put,
        operation -> operation.getMapPutBuilder().getContentBuilder().setChildValue(0));
  }

  @Test
  void valuesAreWhole() {
    refusedValue(MALFORMED, PlaitProto.Value.newBuilder());
    refusedValue(MALFORMED, PlaitProto.Value.newBuilder().setNull(false));
    PlaitProto.Value.Builder unset = PlaitProto.Value.newBuilder();
    unset.getListBuilder().addValuesBuilder();
    refusedValue(MALFORMED, unset);
    PlaitProto.Value.Builder keyOnly = PlaitProto.Value.newBuilder();
    keyOnly.getMapBuilder().addEntriesBuilder().setKey("k");
    refusedValue(MALFORMED, keyOnly);
  }

  @Test
  void keysOfMapValuesAscend() {
    PlaitProto.Value.Builder nil = PlaitProto.Value.newBuilder().setNull(true);
    for (String second : List.of("b", "a")) {
      PlaitProto.Value.Builder map = PlaitProto.Value.newBuilder();
      map.getMapBuilder().addEntriesBuilder().setKey("b").setValue(nil);
      map.getMapBuilder().addEntriesBuilder().setKey(second).setValue(nil);
      refusedValue(INVALID_CHANGE, map);
    }
  }

  @Test
  void valuesNestSixteenDeep() {
    refusedValue(LIMIT_EXCEEDED, nested(17));
    refusedValue(LIMIT_EXCEEDED, nested(1_000));
    Change deepest =
        write(Value.of(List.of(Value.nil()))); // any value, replaced by one of depth 16
    var chunk =
        codec.readChunk(
            tampering.operation(deepest, operation -> operation.setRegisterWrite(nested(16))));
    codec.decodeChunk(chunk);
  }

  @Test
  void noLimitAllowsDeeperValuesThanThereAre() {
    Codec lenient = WireCodec.create(OtherLimits.nesting(100));
    var chunk =
        codec.readChunk(
            tampering.operation(
                write(Value.nil()), operation -> operation.setRegisterWrite(nested(17))));
    Expect.refused(INVALID_CHANGE, () -> lenient.decodeChunk(chunk));
  }

  private static PlaitProto.Value.Builder nested(int depth) {
    PlaitProto.Value.Builder value = PlaitProto.Value.newBuilder().setNull(true);
    for (int i = 0; i < depth; i++) {
      PlaitProto.Value.Builder outer = PlaitProto.Value.newBuilder();
      if (i % 2 == 0) {
        outer.getListBuilder().addValues(value);
      } else {
        outer.getMapBuilder().addEntriesBuilder().setKey("k").setValue(value);
      }
      value = outer;
    }
    return value;
  }

  @Test
  void valuesHaveASize() {
    PlaitProto.Value.Builder list = PlaitProto.Value.newBuilder();
    for (int i = 0; i < 120_000; i++) {
      list.getListBuilder().addValuesBuilder().setInteger(i % 50);
    }
    refusedValue(INVALID_CHANGE, list);
  }
}
