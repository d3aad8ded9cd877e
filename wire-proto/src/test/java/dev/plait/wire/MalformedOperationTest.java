package dev.plait.wire;

import static dev.plait.codec.ProtocolException.INVALID_CHANGE;
import static dev.plait.codec.ProtocolException.LIMIT_EXCEEDED;
import static dev.plait.codec.ProtocolException.MALFORMED;
import static dev.plait.codec.ProtocolException.UNSUPPORTED_VERSION;

import com.google.protobuf.ByteString;
import dev.plait.change.Change;
import dev.plait.change.ContainerId;
import dev.plait.change.OperationRows;
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

/** The columns of operations that are not on text; those of values are in another test. */
class MalformedOperationTest {
  private final Codec codec = WireCodec.create();
  private final Tampering tampering = new Tampering();

  private static Change change(ContainerId container, Function<Stamp, Operation> operation) {
    return Samples.adaAtNoon().stamped(container, operation).end(1);
  }

  private static Change add() {
    return change(Samples.COUNTER, stamp -> new Operation.CounterAdd(stamp, 1));
  }

  private static Change insert() {
    return Samples.adaAtNoon()
        .making(
            1,
            Samples.LIST,
            id ->
                new Operation.ListInsert(
                    id,
                    Samples.id(Samples.ADA, 9),
                    Samples.id(Samples.BOB, 3),
                    List.of(Value.nil())))
        .end(1);
  }

  private static Change delete() {
    return change(
        Samples.LIST, stamp -> new Operation.ListDelete(List.of(Samples.range(Samples.BOB, 1, 1))));
  }

  private static Change remove() {
    return change(
        Samples.SET, stamp -> new Operation.SetRemove(List.of(Samples.id(Samples.BOB, 1))));
  }

  private static Change reset() {
    return change(
        Samples.COUNTER,
        stamp ->
            new Operation.CounterReset(
                List.of(new Contribution(Samples.stamp(Samples.BOB, 0), 1))));
  }

  private static Change clear() {
    return change(
        Samples.REGISTER, stamp -> new Operation.RegisterClear(Samples.stamp(Samples.BOB, 0)));
  }

  private void refused(
      String code, Change change, Consumer<PlaitProto.ChunkPayload.Builder> tamper) {
    refused(code, List.of(change), tamper);
  }

  private void refused(
      String code, List<Change> changes, Consumer<PlaitProto.ChunkPayload.Builder> tamper) {
    var chunk = codec.readChunk(tampering.payload(changes, tamper));
    Expect.refused(code, () -> codec.decodeChunk(chunk));
  }

  @Test
  void kindsAreKnown() {
    refused(UNSUPPORTED_VERSION, add(), payload -> payload.setOtherKinds(0, 15));
  }

  @Test
  void kindsFitTheContainer() {
    refused(
        INVALID_CHANGE,
        add(),
        payload ->
            payload
                .setOtherKinds(0, OperationKind.REGISTER_WRITE)
                .clearIntegers()
                .setValueKinds(ByteString.copyFrom(new byte[1])));
    refused(
        INVALID_CHANGE,
        delete(),
        payload ->
            payload
                .setOtherKinds(0, OperationKind.SET_REMOVE)
                .clearCounts()
                .addCounts(0)
                .clearNamedReplicas()
                .clearElements());
    int register = 1;
    int text = 7;
    for (int type : new int[] {register, text}) {
      refused(
          INVALID_CHANGE, add(), payload -> payload.getContainersBuilder(0).setTypeValue(type));
    }
  }

  @Test
  void runsAreAsManyAsTheRowsAskFor() {
    refused(MALFORMED, add(), payload -> payload.clearOtherKinds());
    refused(MALFORMED, add(), payload -> payload.setOtherKinds(0, 16 + OperationKind.COUNTER_ADD));
    refused(MALFORMED, add(), payload -> payload.addOtherKinds(OperationKind.COUNTER_RESET));
    refused(MALFORMED, add(), payload -> payload.addRowOperations(2));
    refused(MALFORMED, add(), payload -> payload.clearRows());
    refused(INVALID_CHANGE, add(), payload -> payload.setOtherKinds(0, -1));
  }

  @Test
  void equalKindsInARowAreOneRun() {
    ChangeMaker maker = Samples.adaAtNoon();
    for (int i = 0; i < 2; i++) {
      maker.stamped(Samples.COUNTER, stamp -> new Operation.CounterAdd(stamp, 1));
    }
    refused(
        MALFORMED,
        maker.end(1),
        payload ->
            payload
                .setOtherKinds(0, OperationKind.COUNTER_ADD)
                .addOtherKinds(OperationKind.COUNTER_ADD));
  }

  @Test
  void operationsOnOneContainerAreOneRow() {
    ChangeMaker maker = Samples.adaAtNoon();
    for (int i = 0; i < 2; i++) {
      maker.stamped(Samples.COUNTER, stamp -> new Operation.CounterAdd(stamp, 1));
    }
    byte[] rows = {OperationRows.OTHER, OperationRows.OTHER};
    refused(
        MALFORMED,
        maker.end(1),
        payload -> payload.setRows(ByteString.copyFrom(rows)).clearRowOperations());
  }

  @Test
  void rowsHaveNoOrigins() {
    for (int origin : new int[] {1 << 3, 1 << 5}) {
      byte[] rows = {(byte) (OperationRows.OTHER | origin)};
      refused(MALFORMED, add(), payload -> payload.setRows(ByteString.copyFrom(rows)));
    }
  }

  @Test
  void columnsFitTogether() {
    refused(MALFORMED, remove(), payload -> payload.addCounts(0));
    refused(MALFORMED, remove(), payload -> payload.clearCounts());
    refused(MALFORMED, remove(), payload -> payload.setCounts(0, 2));
    refused(MALFORMED, remove(), payload -> payload.setCounts(0, 0));
    refused(MALFORMED, remove(), payload -> payload.addNamedReplicas(1));
    refused(MALFORMED, remove(), payload -> payload.clearNamedReplicas());
    refused(MALFORMED, remove(), payload -> payload.addElements(1));
    refused(MALFORMED, remove(), payload -> payload.clearElements());
    refused(MALFORMED, insert(), payload -> payload.addRightElements(1));
    refused(MALFORMED, insert(), payload -> payload.clearRightElements());
    refused(MALFORMED, clear(), payload -> payload.addStampAges(1));
    refused(MALFORMED, clear(), payload -> payload.clearStampAges());
    refused(MALFORMED, clear(), payload -> payload.addStampOrdinals(1));
    refused(MALFORMED, clear(), payload -> payload.clearStampOrdinals());
    refused(MALFORMED, add(), payload -> payload.addIntegers(1));
    refused(MALFORMED, add(), payload -> payload.clearIntegers());
    refused(MALFORMED, reset(), payload -> payload.clearIntegers());
    refused(MALFORMED, add(), payload -> payload.setText("x"));
  }

  @Test
  void countsAreCheckedBeforeAnythingIsBuilt() {
    for (Change change : List.of(remove(), delete(), reset(), insert())) {
      refused(MALFORMED, change, payload -> payload.setCounts(0, 1 << 20));
      refused(LIMIT_EXCEEDED, change, payload -> payload.setCounts(0, (1 << 20) + 1));
      refused(INVALID_CHANGE, change, payload -> payload.setCounts(0, -1));
    }
  }

  @Test
  void aChunkHasAtMostSoManyOperations() {
    Codec strict = WireCodec.create(OtherLimits.listLength(2));
    ChangeMaker maker = Samples.adaAtNoon();
    for (int i = 0; i < 3; i++) {
      maker.stamped(Samples.COUNTER, stamp -> new Operation.CounterAdd(stamp, 1));
    }
    List<Change> changes = List.of(maker.end(1));
    var chunk = codec.encodeChunk(Samples.DOCUMENT, changes);
    Expect.refused(LIMIT_EXCEEDED, () -> strict.decodeChunk(chunk));
    Expect.refused(LIMIT_EXCEEDED, () -> strict.encodeChunk(Samples.DOCUMENT, changes));
  }

  @Test
  void insertsHoldSomething() {
    refused(
        INVALID_CHANGE,
        insert(),
        payload -> payload.setCounts(0, 0).setValueKinds(ByteString.EMPTY));
  }

  @Test
  void namedElementsExistAlready() {
    refused(INVALID_CHANGE, insert(), payload -> payload.setElements(0, 10));
    refused(INVALID_CHANGE, insert(), payload -> payload.setElements(0, 0));
    refused(INVALID_CHANGE, insert(), payload -> payload.setElements(0, Long.MIN_VALUE));
    refused(
        INVALID_CHANGE,
        insert(),
        payload -> payload.setNamedReplicas(1, 1).setRightElements(0, 11));
    refused(MALFORMED, insert(), payload -> payload.setNamedReplicas(0, 3));
    refused(INVALID_CHANGE, insert(), payload -> payload.setNamedReplicas(0, -1));
    refused(INVALID_CHANGE, remove(), payload -> payload.setNamedReplicas(0, 1).setElements(0, 10));
  }

  @Test
  void onlyOriginsMayBeMissing() {
    refused(MALFORMED, remove(), payload -> payload.setNamedReplicas(0, 0).clearElements());
    refused(MALFORMED, delete(), payload -> payload.setNamedReplicas(0, 0).clearElements());
    refused(
        MALFORMED,
        clear(),
        payload -> payload.setNamedReplicas(0, 0).clearStampAges().clearStampOrdinals());
    refused(MALFORMED, clear(), payload -> payload.setNamedReplicas(0, 0));
  }

  @Test
  void rangesAreNotEmptyAndEnd() {
    refused(INVALID_CHANGE, delete(), payload -> payload.setCounts(1, 0));
    refused(INVALID_CHANGE, delete(), payload -> payload.setCounts(1, -1));
    refused(INVALID_CHANGE, delete(), payload -> payload.setElements(0, 0));
    refused(
        INVALID_CHANGE,
        delete(),
        payload -> payload.setElements(0, Long.MAX_VALUE).setCounts(1, 2));
    refused(INVALID_CHANGE, delete(), payload -> payload.setNamedReplicas(0, 1).setCounts(1, 10));
  }

  @Test
  void observedStampsLieBefore() {
    refused(INVALID_CHANGE, clear(), payload -> payload.setStampAges(0, 0));
    refused(
        INVALID_CHANGE,
        clear(),
        payload -> payload.setStampAges(0, Samples.NOON.millis() << 1)); // 1970
    refused(INVALID_CHANGE, clear(), payload -> payload.setStampAges(0, -1));
    refused(INVALID_CHANGE, clear(), payload -> payload.setStampOrdinals(0, -1));
    refused(MALFORMED, clear(), payload -> payload.setNamedReplicas(0, 7));
  }

  @Test
  void agesAreWrittenInOneWay() {
    long wholeMillisecond = 1 << 16;
    refused(INVALID_CHANGE, clear(), payload -> payload.setStampAges(0, wholeMillisecond << 1 | 1));
    refused(INVALID_CHANGE, clear(), payload -> payload.setStampAges(0, 1));
    refused(INVALID_CHANGE, clear(), payload -> payload.setStampAges(0, Long.MIN_VALUE));
  }

  @Test
  void counterAddsSomething() {
    refused(INVALID_CHANGE, add(), payload -> payload.setIntegers(0, 0));
  }
}
