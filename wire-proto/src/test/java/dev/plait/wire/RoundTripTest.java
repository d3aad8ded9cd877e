package dev.plait.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.change.Change;
import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.change.ContainerId;
import dev.plait.change.ContainerOperation;
import dev.plait.change.Snapshot;
import dev.plait.clock.Dot;
import dev.plait.clock.Frontier;
import dev.plait.clock.HybridTimestamp;
import dev.plait.codec.Codec;
import dev.plait.crdt.Operation;
import dev.plait.crdt.State;
import dev.plait.message.SyncMessage;
import dev.plait.value.ContainerType;
import dev.plait.value.Value;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoundTripTest {
  private final Codec codec = WireCodec.create();

  private void assertRoundTrip(List<Change> changes) {
    Chunk chunk = codec.encodeChunk(Samples.DOCUMENT, changes);
    assertEquals(changes, codec.decodeChunk(chunk));
    Chunk received = codec.readChunk(chunk.bytes());
    assertEquals(chunk.header(), received.header());
    assertArrayEquals(chunk.bytes(), received.bytes());
    assertEquals(changes, codec.decodeChunk(received));
  }

  private void assertRoundTrip(Snapshot snapshot) {
    assertEquals(snapshot, codec.decodeSnapshot(codec.encodeSnapshot(snapshot)));
  }

  private static Snapshot snapshotOf(ContainerId container, State state) {
    return new Snapshot(
        Samples.DOCUMENT,
        Samples.snapshot().frontier(),
        Samples.snapshot().authors(),
        List.of(new Snapshot.ContainerState(container, state)));
  }

  @Test
  void everyOperationSurvives() {
    List<Change> changes = Samples.everyOperation();
    assertRoundTrip(changes);
    Set<Class<?>> kinds = new HashSet<>();
    for (Change change : changes) {
      for (ContainerOperation operation : change.operations()) {
        kinds.add(operation.operation().getClass());
      }
    }
    assertEquals(Set.of(Operation.class.getPermittedSubclasses()), kinds);
  }

  @Test
  void everyStateSurvives() {
    Snapshot snapshot = Samples.snapshot();
    assertRoundTrip(snapshot);
    Set<String> kinds = new HashSet<>();
    snapshot.containers().forEach(entry -> kinds.add(entry.state().getClass().getSimpleName()));
    assertEquals(
        Set.of("OfRegister", "OfMvRegister", "OfSet", "OfCounter", "OfMap", "OfText", "OfList"),
        kinds);
  }

  @Test
  void everyMessageSurvives() {
    Set<Class<?>> kinds = new HashSet<>();
    for (SyncMessage message : Samples.messages(codec)) {
      assertEquals(message, codec.decodeMessage(codec.encodeMessage(message)));
      kinds.add(message.getClass());
    }
    assertEquals(Set.of(SyncMessage.class.getPermittedSubclasses()), kinds);
  }

  @Test
  void everyContainerTypeSurvives() {
    for (ContainerType type : ContainerType.values()) {
      assertRoundTrip(
          List.of(
              Samples.adaAtNoon()
                  .stamped(
                      Samples.MAP,
                      stamp -> new Operation.MapPut(stamp, "k", new dev.plait.value.Child(type)))
                  .end(1)));
    }
  }

  @Test
  void bundleKeepsChunksAndTheirOrder() {
    Chunk later = codec.encodeChunk(Samples.DOCUMENT, Samples.everyOperation());
    Chunk earlier = codec.encodeChunk("another", List.of(Samples.keystroke()));
    assertEquals(
        List.of(later, earlier, later),
        codec.decodeBundle(codec.encodeBundle(List.of(later, earlier, later))));
    assertEquals(List.of(), codec.decodeBundle(codec.encodeBundle(List.of())));
  }

  @Test
  void headerSaysWhatTheChangesSay() {
    List<Change> changes = Samples.everyOperation();
    ChunkHeader header = codec.encodeChunk(Samples.DOCUMENT, changes).header();
    assertEquals(Samples.DOCUMENT, header.document());
    assertEquals(Samples.ADA, header.replica());
    assertEquals(4, header.firstCounter());
    assertEquals(7, header.lastCounter());
    assertEquals(List.of(new Dot(Samples.BOB, 3), new Dot(Samples.CYD, 9)), header.dependencies());
    assertEquals(Samples.NOON, header.firstTime());
    assertEquals(changes.get(3).time(), header.lastTime());
  }

  @Test
  void headerIsReadWithoutThePayload() throws Exception {
    Chunk chunk = codec.encodeChunk(Samples.DOCUMENT, Samples.everyOperation());
    byte[] sealed =
        dev.plait.wire.v1.PlaitProto.Chunk.parseFrom(chunk.bytes()).toBuilder()
            .setPayload(com.google.protobuf.ByteString.copyFromUtf8("sealed"))
            .build()
            .toByteArray();
    assertEquals(chunk.header(), codec.readChunk(sealed).header());
  }

  @Test
  void extremesOfCountersAndTimesSurvive() {
    ChangeMaker last =
        new ChangeMaker(Samples.ADA, Long.MAX_VALUE, HybridTimestamp.MAX_VALID, Long.MAX_VALUE - 1);
    assertRoundTrip(
        List.of(
            last.making(1, Samples.BODY, id -> new Operation.TextInsert(id, null, null, "x"))
                .stamped(Samples.COUNTER, stamp -> new Operation.CounterAdd(stamp, -1))
                .end(1)));
    ChangeMaker first = new ChangeMaker(Samples.ADA, 1, HybridTimestamp.MIN_VALID, 1);
    assertRoundTrip(
        List.of(
            first.stamped(Samples.COUNTER, stamp -> new Operation.CounterAdd(stamp, 1)).end(1)));
  }

  @Test
  void emptyDocumentSurvives() {
    assertRoundTrip(new Snapshot("", Frontier.empty(), List.of(), List.of()));
  }

  @Test
  void emptyStatesSurvive() {
    assertRoundTrip(snapshotOf(Samples.REGISTER, new State.OfRegister(null, null)));
    assertRoundTrip(
        snapshotOf(Samples.REGISTER, new State.OfRegister(Samples.stamp(Samples.BOB, 1), null)));
    assertRoundTrip(snapshotOf(Samples.MV_REGISTER, new State.OfMvRegister(List.of(), List.of())));
    assertRoundTrip(snapshotOf(Samples.SET, new State.OfSet(List.of(), List.of())));
    assertRoundTrip(snapshotOf(Samples.COUNTER, new State.OfCounter(List.of(), List.of())));
    assertRoundTrip(snapshotOf(Samples.MAP, new State.OfMap(List.of())));
    assertRoundTrip(snapshotOf(Samples.LIST, new State.OfList(List.of())));
    assertRoundTrip(snapshotOf(Samples.BODY, new State.OfText(List.of())));
  }

  @Test
  void clearedIsNotNull() {
    Snapshot cleared =
        snapshotOf(Samples.REGISTER, new State.OfRegister(Samples.stamp(Samples.BOB, 1), null));
    Snapshot nothing =
        snapshotOf(
            Samples.REGISTER, new State.OfRegister(Samples.stamp(Samples.BOB, 1), Value.nil()));
    assertRoundTrip(nothing);
    assertTrue(!Arrays.equals(codec.encodeSnapshot(cleared), codec.encodeSnapshot(nothing)));
  }

  @Test
  void halvesOfPairsSurviveInRuns() {
    assertRoundTrip(snapshotOf(Samples.BODY, Samples.text()));
    for (String text : List.of("\ud834", "\udd1e", "\udd1e\ud834", "a\ud834b", "\ud834\ud834")) {
      State.TextRun run =
          new State.TextRun(Samples.id(Samples.CYD, 1), text.length(), null, null, text);
      assertRoundTrip(snapshotOf(Samples.BODY, new State.OfText(List.of(run))));
    }
  }

  @Test
  void equalInputGivesEqualBytes() {
    assertEquals(
        codec.encodeChunk(Samples.DOCUMENT, Samples.everyOperation()),
        WireCodec.create().encodeChunk(Samples.DOCUMENT, Samples.everyOperation()));
    assertArrayEquals(
        codec.encodeSnapshot(Samples.snapshot()), codec.encodeSnapshot(Samples.snapshot()));
    Map<String, Value> forwards = new LinkedHashMap<>();
    Map<String, Value> backwards = new LinkedHashMap<>();
    for (int i = 0; i < 100; i++) {
      forwards.put("key" + i, Value.of(i));
      backwards.put("key" + (99 - i), Value.of(99 - i));
    }
    assertEquals(chunkWriting(Value.of(forwards)), chunkWriting(Value.of(backwards)));
  }

  private Chunk chunkWriting(Value value) {
    return codec.encodeChunk(
        Samples.DOCUMENT,
        List.of(
            Samples.adaAtNoon()
                .stamped(Samples.REGISTER, stamp -> new Operation.RegisterWrite(stamp, value))
                .end(1)));
  }

  @Test
  void keystrokeTakesWellUnderHundredBytes() {
    Chunk chunk = codec.encodeChunk(Samples.DOCUMENT, List.of(Samples.keystroke()));
    assertTrue(chunk.size() <= 88, () -> chunk.size() + " bytes");
  }

  @Test
  void keystrokesInOneChunkTakeOneByteEach() {
    ChangeMaker maker = Samples.adaAtNoon();
    List<Change> typing = new java.util.ArrayList<>();
    for (int i = 0; i < 100; i++) {
      typing.add(
          maker
              .making(1, Samples.BODY, id -> new Operation.TextInsert(id, id.plus(-1), null, "x"))
              .end(150));
    }
    Chunk chunk = codec.encodeChunk(Samples.DOCUMENT, typing);
    assertEquals(typing, codec.decodeChunk(chunk));
    assertTrue(chunk.size() <= 250, () -> chunk.size() + " bytes");
  }
}
