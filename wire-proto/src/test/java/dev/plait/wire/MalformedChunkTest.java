package dev.plait.wire;

import static dev.plait.codec.ProtocolException.INVALID_CHANGE;
import static dev.plait.codec.ProtocolException.LIMIT_EXCEEDED;
import static dev.plait.codec.ProtocolException.MALFORMED;
import static dev.plait.codec.ProtocolException.UNSUPPORTED_VERSION;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.plait.change.Change;
import dev.plait.change.ChangeColumns;
import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.codec.Codec;
import dev.plait.crdt.Operation;
import dev.plait.wire.v1.PlaitProto;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class MalformedChunkTest {
  private final Codec codec = WireCodec.create();
  private final Tampering tampering = new Tampering();

  private void refusedHeader(String code, Consumer<PlaitProto.ChunkHeader.Builder> tamper) {
    byte[] bytes = tampering.header(Samples.everyOperation(), tamper);
    Expect.refused(code, () -> codec.readChunk(bytes));
  }

  private void refusedPayload(String code, Consumer<PlaitProto.ChunkPayload.Builder> tamper) {
    refused(code, tampering.payload(Samples.everyOperation(), tamper));
  }

  /** Its header is fine, its payload is not. */
  private void refused(String code, byte[] bytes) {
    var chunk = codec.readChunk(bytes);
    Expect.refused(code, () -> codec.decodeChunk(chunk));
  }

  @Test
  void otherVersionsAreUnsupported() {
    refusedHeader(UNSUPPORTED_VERSION, header -> header.setVersion(2));
    refusedHeader(UNSUPPORTED_VERSION, header -> header.setOrdering("rga"));
    refusedHeader(MALFORMED, header -> header.setVersion(0));
    refusedHeader(UNSUPPORTED_VERSION, header -> header.setVersion(-1));
  }

  @Test
  void headerIsRequired() {
    byte[] bytes = PlaitProto.Chunk.newBuilder().setPayload(ByteString.EMPTY).build().toByteArray();
    Expect.refused(MALFORMED, () -> codec.readChunk(bytes));
    Expect.refused(MALFORMED, () -> codec.readChunk(new byte[0]));
  }

  @Test
  void replicaTakesSixteenBytes() {
    refusedHeader(MALFORMED, header -> header.setReplica(ByteString.EMPTY));
    refusedHeader(MALFORMED, header -> header.setReplica(ByteString.copyFrom(new byte[15])));
    refusedHeader(MALFORMED, header -> header.setReplica(ByteString.copyFrom(new byte[17])));
    refusedHeader(
        MALFORMED,
        header -> header.getDependenciesBuilder().setReplicas(ByteString.copyFrom(new byte[31])));
    refusedPayload(MALFORMED, payload -> payload.setReplicas(ByteString.copyFrom(new byte[3])));
  }

  @Test
  void countersStartAtOneAndEnd() {
    refusedHeader(INVALID_CHANGE, header -> header.setFirstCounter(0));
    refusedHeader(INVALID_CHANGE, header -> header.setFirstCounter(-1));
    refusedHeader(INVALID_CHANGE, header -> header.setFirstCounter(Long.MAX_VALUE - 2));
    refusedHeader(INVALID_CHANGE, header -> header.setFollowing(-1));
    refusedHeader(LIMIT_EXCEEDED, header -> header.setFollowing(1 << 20));
    refusedHeader(INVALID_CHANGE, header -> header.getDependenciesBuilder().setCounters(0, 0));
    refusedPayload(INVALID_CHANGE, payload -> payload.setFirstSeq(0));
    refusedPayload(INVALID_CHANGE, payload -> payload.setFirstSeq(-5));
    refusedPayload(INVALID_CHANGE, payload -> payload.setFirstSeq(Long.MAX_VALUE - 3));
  }

  @Test
  void documentNameHasALimit() {
    refusedHeader(LIMIT_EXCEEDED, header -> header.setDocument("é".repeat(513)));
  }

  @Test
  void timesLieBetween2020And2200() {
    refusedHeader(INVALID_CHANGE, header -> header.setFirstTime(0));
    refusedHeader(INVALID_CHANGE, header -> header.setFirstTime(-1));
    refusedHeader(
        INVALID_CHANGE, header -> header.setFirstTime(HybridTimestamp.MIN_VALID.bits() - 1));
    refusedHeader(INVALID_CHANGE, header -> header.setFirstTime(HybridTimestamp.MAX_VALID.bits()));
    refusedHeader(INVALID_CHANGE, header -> header.setTimeSpan(-1));
    refusedHeader(INVALID_CHANGE, header -> header.setTimeSpan(Long.MAX_VALUE));
  }

  @Test
  void changesComeAfterTheOneBefore() {
    refusedHeader(INVALID_CHANGE, header -> header.setSincePrevious(0));
    refusedHeader(INVALID_CHANGE, header -> header.setSincePrevious(1));
    refusedHeader(INVALID_CHANGE, header -> header.setSincePrevious(-1));
    refusedHeader(INVALID_CHANGE, header -> header.setSincePrevious(-2));
    refusedHeader(INVALID_CHANGE, header -> header.setSincePrevious((5L << 16) << 1 | 1));
    refusedHeader(INVALID_CHANGE, header -> header.setFirstCounter(1));
    long most = Samples.NOON.millis() - HybridTimestamp.MIN_VALID.millis(); // then it is 2020
    refusedHeader(INVALID_CHANGE, header -> header.setSincePrevious(2 * most + 2));
    byte[] earliest =
        tampering.header(Samples.everyOperation(), header -> header.setSincePrevious(2 * most));
    assertEquals(HybridTimestamp.MIN_VALID, codec.readChunk(earliest).header().previousTime());
  }

  @Test
  void firstChangeComesAfterNone() {
    Change first =
        new ChangeMaker(Samples.ADA, 1, Samples.NOON, 1)
            .stamped(Samples.COUNTER, stamp -> new Operation.CounterAdd(stamp, 1))
            .end(1);
    byte[] bytes = tampering.header(List.of(first), header -> header.setSincePrevious(2));
    Expect.refused(INVALID_CHANGE, () -> codec.readChunk(bytes));
    assertEquals(
        HybridTimestamp.ZERO,
        codec.readChunk(tampering.header(List.of(first), header -> {})).header().previousTime());
  }

  @Test
  void payloadOfAHigherRevisionIsKeptButNotRead() {
    byte[] bytes = tampering.header(Samples.everyOperation(), header -> header.setRevision(1));
    Chunk chunk = codec.readChunk(bytes);
    assertEquals(1, chunk.header().revision());
    assertFalse(codec.canRead(chunk.header()));
    assertArrayEquals(bytes, chunk.bytes());
    Expect.refused(UNSUPPORTED_VERSION, () -> codec.decodeChunk(chunk));
    byte[] bundle = codec.encodeBundle(List.of(chunk));
    assertEquals(List.of(chunk), codec.decodeBundle(bundle));
    Expect.refused(
        UNSUPPORTED_VERSION,
        () ->
            codec.decodeBundle(bundle, Samples.DOCUMENT, number -> new ChangeColumns(Samples.ADA)));
  }

  @Test
  void chunkOfAHigherRevisionMayHaveMoreFields() {
    byte[] known = more(0, 12, 20);
    Expect.refused(UNSUPPORTED_VERSION, () -> codec.readChunk(known));
    byte[] newer = more(3, 12, 20);
    assertArrayEquals(newer, codec.readChunk(newer).bytes());
    byte[] outOfPlace = more(3, 12, 3);
    Expect.refused(MALFORMED, () -> codec.readChunk(outOfPlace));
    byte[] cut = Arrays.copyOf(newer, newer.length - 1);
    Expect.refused(MALFORMED, () -> codec.readChunk(cut));
    refusedHeader(UNSUPPORTED_VERSION, header -> header.setUnknownFields(unknown(12)));
    byte[] inHeader =
        tampering.header(
            Samples.everyOperation(),
            header -> header.setRevision(3).setUnknownFields(unknown(12)));
    assertEquals(3, codec.readChunk(inHeader).header().revision());
  }

  /** A chunk of this revision with unknown fields of each wire type. */
  private byte[] more(int revision, int... fields) {
    byte[] known =
        tampering.header(Samples.everyOperation(), header -> header.setRevision(revision));
    ByteString more = ByteString.EMPTY;
    for (int field : fields) {
      more = more.concat(unknown(field).toByteString());
    }
    return ByteString.copyFrom(known).concat(more).toByteArray();
  }

  private static UnknownFieldSet unknown(int field) {
    UnknownFieldSet.Builder fields = UnknownFieldSet.newBuilder();
    ByteString bytes = ByteString.copyFrom(new byte[] {1, 2, 3});
    fields.addField(field, UnknownFieldSet.Field.newBuilder().addVarint(7).build());
    fields.addField(field + 1, UnknownFieldSet.Field.newBuilder().addFixed32(7).build());
    fields.addField(field + 2, UnknownFieldSet.Field.newBuilder().addFixed64(7).build());
    fields.addField(
        field + 3, UnknownFieldSet.Field.newBuilder().addLengthDelimited(bytes).build());
    return fields.build();
  }

  @Test
  void timesAscend() {
    refusedHeader(INVALID_CHANGE, header -> header.setTimeSpan(2));
    refusedHeader(INVALID_CHANGE, header -> header.setFollowing(0));
    refusedPayload(INVALID_CHANGE, payload -> payload.setSteps(0, 0));
    refusedPayload(INVALID_CHANGE, payload -> payload.setSteps(0, 1));
    refusedPayload(INVALID_CHANGE, payload -> payload.setSteps(0, -7));
    refusedPayload(INVALID_CHANGE, payload -> payload.setSteps(0, -8));
    // whole milliseconds are written as such
    refusedPayload(INVALID_CHANGE, payload -> payload.setSteps(1, payload.getSteps(1) << 16 | 1));
  }

  @Test
  void headerAndPayloadAgree() {
    refusedPayload(MALFORMED, payload -> payload.setSteps(1, 4));
    refusedPayload(INVALID_CHANGE, payload -> payload.setSteps(2, payload.getSteps(2) + 2));
    refusedPayload(MALFORMED, payload -> payload.addSteps(1));
    refusedPayload(MALFORMED, payload -> payload.addStepRepeats(1));
    refusedPayload(MALFORMED, payload -> payload.setStepRepeats(0, 3));
    refusedPayload(MALFORMED, payload -> payload.clearOperations().clearOperationRepeats());
    refusedPayload(MALFORMED, payload -> payload.setOperations(0, 12));
    refusedPayload(MALFORMED, payload -> payload.setOperationRepeats(0, 4));
    refused(INVALID_CHANGE, tampering.payload(Samples.everyOperation(), ByteString.EMPTY));
    refusedPayload(MALFORMED, payload -> payload.setDependents(0, 0));
    refusedPayload(MALFORMED, payload -> payload.setDependents(0, 4));
    refusedPayload(MALFORMED, payload -> payload.addDependents(1));
  }

  @Test
  void dependenciesAscendAndLeaveTheAuthorOut() {
    Consumer<PlaitProto.ChunkHeader.Builder> twice =
        header -> header.setDependencies(dots(new Dot(Samples.BOB, 3), new Dot(Samples.BOB, 4)));
    refusedHeader(INVALID_CHANGE, twice);
    refusedHeader(
        INVALID_CHANGE,
        header -> header.setDependencies(dots(new Dot(Samples.CYD, 3), new Dot(Samples.BOB, 4))));
    refusedHeader(INVALID_CHANGE, header -> header.setDependencies(dots(new Dot(Samples.ADA, 3))));
    refusedHeader(MALFORMED, header -> header.getDependenciesBuilder().addCounters(1));
    refusedPayload(
        INVALID_CHANGE, payload -> payload.setDependencyReplicas(0, 0).setDependencyCounters(0, 1));
    refusedPayload(INVALID_CHANGE, payload -> payload.setDependencyCounters(0, -9));
    refusedPayload(
        INVALID_CHANGE,
        payload ->
            payload.setDependencyCounts(0, 2).addDependencyReplicas(1).addDependencyCounters(1));
    refusedPayload(MALFORMED, payload -> payload.setDependencyReplicas(0, 99));
    refusedPayload(MALFORMED, payload -> payload.setDependencyCounts(0, 0));
    refusedPayload(MALFORMED, payload -> payload.setDependencyCounts(0, 99));
    refusedPayload(MALFORMED, payload -> payload.addDependencyCounts(1));
    refusedPayload(MALFORMED, payload -> payload.addDependencyReplicas(1));
    refusedPayload(MALFORMED, payload -> payload.addDependencyCounters(1));
  }

  private static PlaitProto.Dots dots(Dot... dots) {
    return DotColumns.write(List.of(dots));
  }

  @Test
  void tableOfReplicasDoesNotRepeat() {
    refusedPayload(MALFORMED, payload -> payload.setReplicas(ReplicaBytes.write(Samples.ADA)));
    refusedPayload(MALFORMED, payload -> payload.setReplicas(ReplicaBytes.write(Samples.BOB)));
  }

  @Test
  void changesHaveOperations() {
    refusedPayload(INVALID_CHANGE, payload -> payload.setOperations(3, 0));
    refusedPayload(LIMIT_EXCEEDED, payload -> payload.setOperations(3, (1 << 17) + 1));
  }

  @Test
  void containersAreNamedInOneWay() {
    refusedPayload(MALFORMED, payload -> payload.addContainers(payload.getContainers(0)));
    refusedPayload(MALFORMED, payload -> payload.getContainersBuilder(0).setParent(1));
    refusedPayload(MALFORMED, payload -> payload.getContainersBuilder(0).setParent(-1));
    refusedPayload(MALFORMED, payload -> payload.addContainers(container(0, "x", 0)));
    refusedPayload(UNSUPPORTED_VERSION, payload -> payload.addContainers(container(0, "x", 8)));
    refusedPayload(
        MALFORMED, payload -> payload.addContainers(withElement(container(0, "", 1), 1)));
    int list = 1 + indexOf(Samples.everyOperation(), 6);
    refusedPayload(
        MALFORMED, payload -> payload.addContainers(withElement(container(list, "x", 1), 1)));
    refusedPayload(
        INVALID_CHANGE, payload -> payload.addContainers(withElement(container(list, "", 1), 0)));
  }

  @Test
  void containersHangInMapsByKeyAndInListsByElement() {
    int map = 1 + indexOf(Samples.everyOperation(), 5);
    int list = 1 + indexOf(Samples.everyOperation(), 6);
    int register = 1 + indexOf(Samples.everyOperation(), 1);
    refusedPayload(INVALID_CHANGE, payload -> payload.addContainers(container(list, "x", 1)));
    refusedPayload(INVALID_CHANGE, payload -> payload.addContainers(container(register, "x", 1)));
    refusedPayload(
        INVALID_CHANGE, payload -> payload.addContainers(withElement(container(map, "", 1), 1)));
    refusedPayload(
        LIMIT_EXCEEDED, payload -> payload.addContainers(container(map, "k".repeat(1_025), 1)));
  }

  @Test
  void containersNestSixteenDeep() {
    refusedPayload(
        LIMIT_EXCEEDED,
        payload -> {
          int parent = 0;
          for (int depth = 0; depth < 17; depth++) {
            payload.addContainers(container(parent, "deep", 5));
            parent = payload.getContainersCount();
          }
        });
  }

  private static PlaitProto.ContainerId.Builder container(int parent, String key, int type) {
    return PlaitProto.ContainerId.newBuilder().setParent(parent).setKey(key).setTypeValue(type);
  }

  private static PlaitProto.ContainerId.Builder withElement(
      PlaitProto.ContainerId.Builder container, long seq) {
    return container.setElement(PlaitProto.ElementId.newBuilder().setSeq(seq));
  }

  private int indexOf(List<dev.plait.change.Change> changes, int type) {
    int[] index = {-1};
    tampering.payload(
        changes,
        payload -> {
          for (int i = 0; i < payload.getContainersCount(); i++) {
            if (payload.getContainers(i).getTypeValue() == type) {
              index[0] = i;
            }
          }
        });
    return index[0];
  }
}
