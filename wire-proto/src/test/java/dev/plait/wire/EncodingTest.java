package dev.plait.wire;

import static dev.plait.codec.ProtocolException.LIMIT_EXCEEDED;

import dev.plait.change.Change;
import dev.plait.change.Chunk;
import dev.plait.change.ContainerId;
import dev.plait.change.Snapshot;
import dev.plait.clock.Dot;
import dev.plait.clock.Frontier;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.Stamp;
import dev.plait.clock.VersionVector;
import dev.plait.codec.Codec;
import dev.plait.crdt.Operation;
import dev.plait.crdt.State;
import dev.plait.message.SyncMessage;
import dev.plait.value.ContainerType;
import dev.plait.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EncodingTest {
  private final Codec codec = WireCodec.create();

  private void mistake(String words, Change... changes) {
    Expect.mistake(words, () -> codec.encodeChunk(Samples.DOCUMENT, List.of(changes)));
  }

  private static Change change(ContainerId container, Operation operation) {
    return Samples.adaAtNoon().stamped(container, stamp -> operation).end(1);
  }

  private static Change with(
      Change change, Dot dot, List<Dot> dependencies, HybridTimestamp time, long firstSeq) {
    HybridTimestamp before = dot.equals(change.dot()) ? change.previousTime() : change.time();
    return with(change, dot, dependencies, before, time, firstSeq);
  }

  private static Change with(
      Change change,
      Dot dot,
      List<Dot> dependencies,
      HybridTimestamp before,
      HybridTimestamp time,
      long firstSeq) {
    return new Change(dot, dependencies, before, time, firstSeq, change.operations());
  }

  private static Change add() {
    return Samples.adaAtNoon()
        .stamped(Samples.COUNTER, stamp -> new Operation.CounterAdd(stamp, 1))
        .end(1);
  }

  @Test
  void stampsFollowFromTheChange() {
    mistake(
        "is stamped",
        change(
            Samples.REGISTER,
            new Operation.RegisterWrite(new Stamp(Samples.NOON, Samples.BOB, 0), Value.nil())));
    mistake(
        "is stamped",
        change(
            Samples.COUNTER,
            new Operation.CounterAdd(new Stamp(Samples.EARLIER, Samples.ADA, 0), 1)));
    mistake(
        "is stamped",
        change(
            Samples.MAP,
            new Operation.MapPut(new Stamp(Samples.NOON, Samples.ADA, 1), "k", Value.nil())));
    mistake(
        "is stamped",
        change(Samples.MAP, new Operation.MapRemove(new Stamp(Samples.NOON, Samples.ADA, 1), "k")));
    mistake(
        "is stamped",
        change(
            Samples.MV_REGISTER,
            new Operation.MvWrite(
                new Stamp(Samples.NOON, Samples.ADA, 1), Value.nil(), List.of())));
  }

  @Test
  void idsFollowFromTheChange() {
    mistake(
        "makes",
        change(
            Samples.BODY, new Operation.TextInsert(Samples.id(Samples.ADA, 11), null, null, "x")));
    mistake(
        "makes",
        change(
            Samples.SET,
            new Operation.SetAdd(Samples.id(Samples.BOB, 10), Value.nil(), List.of())));
    mistake(
        "makes",
        change(
            Samples.LIST,
            new Operation.ListInsert(
                Samples.id(Samples.ADA, 9), null, null, List.of(Value.nil()))));
    Change second =
        Samples.adaAtNoon()
            .making(1, Samples.BODY, id -> new Operation.TextInsert(id, null, null, "xy"))
            .making(1, Samples.BODY, id -> new Operation.TextInsert(id, null, null, "z"))
            .end(1);
    mistake("makes", second);
  }

  @Test
  void changesFollowEachOther() {
    Change first = add();
    Dot next = new Dot(Samples.ADA, 5);
    HybridTimestamp later = Samples.NOON.next();
    mistake("no changes");
    mistake("does not follow", first, with(first, new Dot(Samples.ADA, 6), List.of(), later, 10));
    mistake("does not follow", first, with(first, new Dot(Samples.BOB, 5), List.of(), later, 10));
    mistake("stamped later", first, with(first, next, List.of(), Samples.NOON, 10));
    mistake("starts at sequence number", first, with(first, next, List.of(), later, 11));
    mistake("without operations", new Change(next, List.of(), Samples.NOON, later, 10, List.of()));
  }

  @Test
  void changesNameTheTimeOfTheOneBefore() {
    Change fine = add();
    Dot dot = fine.dot();
    HybridTimestamp noon = Samples.NOON;
    mistake("times ascend", with(fine, dot, List.of(), noon, noon, 10));
    mistake("times ascend", with(fine, dot, List.of(), noon.next(), noon, 10));
    mistake("times ascend", with(fine, dot, List.of(), HybridTimestamp.ZERO, noon, 10));
    mistake("times ascend", with(fine, dot, List.of(), HybridTimestamp.of(1, 0), noon, 10));
    mistake(
        "only the first",
        with(fine, new Dot(Samples.ADA, 1), List.of(), Samples.EARLIER, noon, 10));
    HybridTimestamp later = noon.next().next();
    mistake(
        "names",
        fine,
        with(fine, new Dot(Samples.ADA, 5), List.of(), noon.next(), later, fine.firstSeq()));
  }

  @Test
  void changesKeepToTheRules() {
    Change fine = add();
    Dot dot = fine.dot();
    mistake("from 1", with(fine, dot, List.of(), Samples.NOON, 0));
    mistake("stamps are from", with(fine, dot, List.of(), HybridTimestamp.ZERO, 10));
    mistake("own replica", with(fine, dot, List.of(new Dot(Samples.ADA, 3)), Samples.NOON, 10));
    mistake(
        "ascending",
        with(
            fine,
            dot,
            List.of(new Dot(Samples.CYD, 3), new Dot(Samples.BOB, 3)),
            Samples.NOON,
            10));
  }

  @Test
  void operationsKeepToTheRules() {
    mistake(
        "meant for",
        change(Samples.SET, new Operation.TextDelete(List.of(Samples.range(Samples.BOB, 1, 1)))));
    mistake(
        "surrogate",
        Samples.adaAtNoon()
            .making(1, Samples.BODY, id -> new Operation.TextInsert(id, null, null, "\ud834"))
            .end(1));
    mistake(
        "insert of nothing",
        Samples.adaAtNoon()
            .making(0, Samples.BODY, id -> new Operation.TextInsert(id, null, null, ""))
            .end(1));
    mistake(
        "surrogate",
        Samples.adaAtNoon()
            .stamped(Samples.MAP, stamp -> new Operation.MapRemove(stamp, "\udd1e"))
            .end(1));
    mistake(
        "makes later",
        change(Samples.SET, new Operation.SetRemove(List.of(Samples.id(Samples.ADA, 10)))));
    mistake(
        "claims to have seen",
        change(
            Samples.REGISTER,
            new Operation.RegisterClear(new Stamp(Samples.NOON, Samples.CYD, 0))));
  }

  @Test
  void containersKeepToTheRules() {
    Operation delete = new Operation.TextDelete(List.of(Samples.range(Samples.BOB, 1, 1)));
    mistake("hangs in", change(Samples.SET.child("x", ContainerType.TEXT), delete));
    mistake("hangs in", change(Samples.LIST.child("x", ContainerType.TEXT), delete));
    mistake("surrogate", change(ContainerId.root("\ud834", ContainerType.TEXT), delete));
    ContainerId deep = Samples.MAP;
    for (int depth = 1; depth < 17; depth++) {
      deep = deep.child("k", ContainerType.MAP);
    }
    Change tooDeep = change(deep.child("k", ContainerType.TEXT), delete);
    Expect.refused(LIMIT_EXCEEDED, () -> codec.encodeChunk(Samples.DOCUMENT, List.of(tooDeep)));
    Expect.mistake(
        "nest deeper",
        () ->
            WireCodec.create(OtherLimits.nesting(100))
                .encodeChunk(Samples.DOCUMENT, List.of(tooDeep)));
  }

  @Test
  void snapshotsKeepToTheRules() {
    Snapshot fine = Samples.snapshot();
    List<Snapshot.ContainerState> backwards = new ArrayList<>(fine.containers());
    java.util.Collections.reverse(backwards);
    snapshotMistake("ascending", fine.frontier(), backwards);
    snapshotMistake("last change", Frontier.of(List.of(new Dot(Samples.ADA, 6))), List.of());
    snapshotMistake("last change", Frontier.of(List.of(new Dot(Samples.ADA, 8))), List.of());
    snapshotMistake("heads exactly when", Frontier.empty(), List.of());
    snapshotMistake(
        "has the state of",
        fine.frontier(),
        List.of(new Snapshot.ContainerState(Samples.SET, new State.OfText(List.of()))));
    snapshotMistake(
        "a content of",
        fine.frontier(),
        List.of(
            new Snapshot.ContainerState(
                Samples.BODY,
                new State.OfText(
                    List.of(new State.TextRun(Samples.id(Samples.ADA, 1), 2, null, null, "x"))))));
    snapshotMistake(
        "no author",
        fine.frontier(),
        List.of(
            new Snapshot.ContainerState(
                Samples.REGISTER,
                new State.OfRegister(
                    new Stamp(Samples.NOON, dev.plait.clock.ReplicaId.of(7, 7), 0), null))));
  }

  private void snapshotMistake(
      String words, Frontier frontier, List<Snapshot.ContainerState> containers) {
    Snapshot snapshot =
        new Snapshot(Samples.DOCUMENT, frontier, Samples.snapshot().authors(), containers);
    Expect.mistake(words, () -> codec.encodeSnapshot(snapshot));
  }

  @Test
  void messagesKeepToTheRules() {
    Chunk chunk = codec.encodeChunk("another", List.of(add()));
    Expect.mistake(
        "another document",
        () -> codec.encodeMessage(new SyncMessage.Changes(Samples.DOCUMENT, List.of(chunk))));
    Expect.mistake("from 1", () -> codec.encodeMessage(new SyncMessage.Hello(0, Samples.ADA)));
    Expect.mistake(
        "outside",
        () ->
            codec.encodeMessage(
                new SyncMessage.SnapshotPart(
                    Samples.DOCUMENT, VersionVector.empty(), 1, 1, new byte[1])));
    Expect.mistake("surrogate", () -> codec.encodeMessage(new SyncMessage.Failure("X", "\ud834")));
  }

  @Test
  void nothingIsWrittenThatCouldNotBeRead() {
    String large = "x".repeat(1 << 20);
    Change insert =
        Samples.adaAtNoon()
            .making(
                large.length(), Samples.BODY, id -> new Operation.TextInsert(id, null, null, large))
            .end(1);
    Expect.refused(LIMIT_EXCEEDED, () -> codec.encodeChunk(Samples.DOCUMENT, List.of(insert)));
    Expect.refused(LIMIT_EXCEEDED, () -> codec.encodeChunk("x".repeat(1_025), List.of(add())));
    Expect.refused(
        LIMIT_EXCEEDED,
        () ->
            WireCodec.create(OtherLimits.chunkChanges(3))
                .encodeChunk(Samples.DOCUMENT, Samples.everyOperation()));
    Expect.refused(
        LIMIT_EXCEEDED,
        () -> WireCodec.create(OtherLimits.listLength(5)).encodeSnapshot(Samples.snapshot()));
    Expect.refused(
        LIMIT_EXCEEDED,
        () ->
            WireCodec.create(OtherLimits.nesting(1))
                .encodeChunk(Samples.DOCUMENT, Samples.everyOperation()));
    Chunk chunk = codec.encodeChunk(Samples.DOCUMENT, Samples.everyOperation());
    Expect.refused(
        LIMIT_EXCEEDED,
        () ->
            WireCodec.create(OtherLimits.frameBytes(chunk.size()))
                .encodeMessage(new SyncMessage.Changes(Samples.DOCUMENT, List.of(chunk))));
  }

  @Test
  void everyChunkFitsAFrame() {
    Codec small = WireCodec.create(OtherLimits.frameBytes(4_096));
    String document = "x".repeat(1_024);
    StringBuilder noise = new StringBuilder();
    new Random(1).ints(4_096, ' ', '~').forEach(unit -> noise.append((char) unit));
    int longest = 0;
    for (int length = 1; length <= 4_096; length++) {
      String text = noise.substring(0, length);
      Change insert =
          Samples.adaAtNoon()
              .making(length, Samples.BODY, id -> new Operation.TextInsert(id, null, null, text))
              .end(1);
      if (Encodes.chunk(small, document, insert)) {
        Chunk chunk = small.encodeChunk(document, List.of(insert));
        small.decodeMessage(small.encodeMessage(new SyncMessage.Changes(document, List.of(chunk))));
        longest = length;
      }
    }
    org.junit.jupiter.api.Assertions.assertTrue(longest > 1_000 && longest < 3_000, "" + longest);
  }
}
