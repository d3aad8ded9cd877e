package dev.plait.wire;

import dev.plait.change.Change;
import dev.plait.change.ContainerId;
import dev.plait.change.Snapshot;
import dev.plait.clock.Dot;
import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.Frontier;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.clock.VersionVector;
import dev.plait.codec.Codec;
import dev.plait.crdt.Contribution;
import dev.plait.crdt.Operation;
import dev.plait.crdt.State;
import dev.plait.message.SyncMessage;
import dev.plait.value.Child;
import dev.plait.value.ContainerType;
import dev.plait.value.Value;
import java.util.List;
import java.util.Map;

/** Objects that use everything the format has. */
final class Samples {
  /** That of the sync sessions whose messages these are. */
  static final int PROTOCOL_VERSION = 1;

  static final String DOCUMENT = "notes/42";

  static final ReplicaId ADA = ReplicaId.of(0x0a0a0a0a0a0a0a0aL, 0x0a0a0a0a0a0a0a01L);
  static final ReplicaId BOB = ReplicaId.of(0x0b0b0b0b0b0b0b0bL, 0x0b0b0b0b0b0b0b02L);
  static final ReplicaId CYD = ReplicaId.of(0xf0f0f0f0f0f0f0f0L, 0xf0f0f0f0f0f0f003L);

  static final HybridTimestamp NOON = HybridTimestamp.of(1_795_348_800_000L, 0);
  static final HybridTimestamp EARLIER = HybridTimestamp.of(1_795_348_700_000L, 7);

  static final ContainerId REGISTER = ContainerId.root("title", ContainerType.REGISTER);
  static final ContainerId MV_REGISTER = ContainerId.root("owner", ContainerType.MV_REGISTER);
  static final ContainerId SET = ContainerId.root("tags", ContainerType.SET);
  static final ContainerId COUNTER = ContainerId.root("votes", ContainerType.COUNTER);
  static final ContainerId MAP = ContainerId.root("board", ContainerType.MAP);
  static final ContainerId LIST = MAP.child("tasks", ContainerType.LIST);
  static final ContainerId TEXT = LIST.child(id(BOB, 5), ContainerType.TEXT);
  static final ContainerId BODY = ContainerId.root("body", ContainerType.TEXT);

  /** Every kind of value, nested. */
  static final Value VALUE =
      Value.of(
          List.of(
              Value.nil(),
              Value.of(true),
              Value.of(false),
              Value.of(0),
              Value.of(Long.MIN_VALUE),
              Value.of(Long.MAX_VALUE),
              Value.of(-0.0),
              Value.of(Double.NaN),
              Value.of(2.5),
              Value.of(""),
              Value.of("grüße 𝄞"),
              Value.of(new byte[0]),
              Value.of(new byte[] {0, -1}),
              Value.of(List.<Value>of()),
              Value.of(Map.of("", Value.of(1), "\uff5e", Value.of(2), "𝄞", Value.of(Map.of())))));

  private Samples() {}

  static ElementId id(ReplicaId replica, long seq) {
    return new ElementId(replica, seq);
  }

  static ElementRange range(ReplicaId replica, long first, int length) {
    return new ElementRange(id(replica, first), length);
  }

  static Stamp stamp(ReplicaId replica, int ordinal) {
    return new Stamp(EARLIER, replica, ordinal);
  }

  static ChangeMaker adaAtNoon() {
    return new ChangeMaker(ADA, 4, NOON, 10);
  }

  /** What typing one letter behind another makes. */
  static Change keystroke() {
    ChangeMaker maker = new ChangeMaker(ADA, 1_000, NOON, 1_001);
    return typed(maker, "x");
  }

  private static Change typed(ChangeMaker maker, String text) {
    ElementId first = maker.nextId();
    return maker
        .making(text.length(), BODY, id -> new Operation.TextInsert(id, first.plus(-1), null, text))
        .end(150);
  }

  /** Changes with every kind of operation. */
  static List<Change> everyOperation() {
    ChangeMaker maker = adaAtNoon();
    Change values =
        maker
            .after(new Dot(BOB, 3), new Dot(CYD, 9))
            .stamped(REGISTER, stamp -> new Operation.RegisterWrite(stamp, VALUE))
            .stamped(REGISTER, stamp -> new Operation.RegisterClear(stamp(BOB, 0)))
            .stamped(
                MV_REGISTER,
                stamp ->
                    new Operation.MvWrite(
                        stamp, Value.nil(), List.of(stamp(CYD, 1), stamp(BOB, 2))))
            .stamped(
                MV_REGISTER, stamp -> new Operation.MvWrite(stamp, Value.of("first"), List.of()))
            .stamped(MV_REGISTER, stamp -> new Operation.MvClear(List.of(stamp(BOB, 2))))
            .making(
                1,
                SET,
                id -> new Operation.SetAdd(id, VALUE, List.of(id(CYD, 7), id(ADA, 9), id(BOB, 1))))
            .making(1, SET, id -> new Operation.SetAdd(id, Value.of("new"), List.of()))
            .stamped(SET, stamp -> new Operation.SetRemove(List.of(id(ADA, 11), id(CYD, 8))))
            .stamped(COUNTER, stamp -> new Operation.CounterAdd(stamp, Long.MIN_VALUE))
            .stamped(COUNTER, stamp -> new Operation.CounterAdd(stamp, 1))
            .stamped(
                COUNTER,
                stamp ->
                    new Operation.CounterReset(
                        List.of(
                            new Contribution(stamp(BOB, 0), -5),
                            new Contribution(stamp(CYD, 0), Long.MAX_VALUE))))
            .end(0);
    Change maps =
        maker
            .stamped(MAP, stamp -> new Operation.MapPut(stamp, "", Value.of("under nothing")))
            .stamped(
                MAP, stamp -> new Operation.MapPut(stamp, "tasks", new Child(ContainerType.LIST)))
            .stamped(MAP, stamp -> new Operation.MapRemove(stamp, "tasks"))
            .stamped(MAP, stamp -> new Operation.MapClear("tasks", stamp(BOB, 3)))
            .end(1_000);
    maker
        .after(new Dot(CYD, 10))
        .making(
            2,
            LIST,
            id ->
                new Operation.ListInsert(
                    id,
                    id(BOB, 5),
                    id(CYD, 2),
                    List.of(new Child(ContainerType.TEXT), Value.of(7))))
        .making(1, LIST, id -> new Operation.ListInsert(id, null, null, List.of(Value.nil())))
        .stamped(
            LIST,
            stamp -> new Operation.ListDelete(List.of(range(CYD, 2, 1), range(BOB, 5, 4_000_000))))
        .making(4, TEXT, id -> new Operation.TextInsert(id, id(ADA, 3), id(BOB, 9), "a𝄞b"))
        .making(1, TEXT, id -> new Operation.TextInsert(id, null, null, "\n"))
        .stamped(
            TEXT, stamp -> new Operation.TextDelete(List.of(range(ADA, 15, 4), range(CYD, 1, 3))))
        .stamped(LIST, stamp -> new Operation.ListSet(stamp, id(BOB, 6), VALUE));
    Stamp moved = maker.nextStamp();
    Change sequences =
        maker
            .making(1, LIST, id -> new Operation.ListMove(moved, id(BOB, 6), id, null, id(CYD, 2)))
            .end(86_400_000);
    return List.of(values, maps, sequences, typed(maker, "end"));
  }

  /** A snapshot with every kind of state. */
  static Snapshot snapshot() {
    Stamp ada = new Stamp(NOON, ADA, 2);
    Stamp bob = stamp(BOB, 0);
    Stamp cyd = stamp(CYD, 1);
    return new Snapshot(
        DOCUMENT,
        Frontier.of(List.of(new Dot(ADA, 7), new Dot(CYD, 12))),
        List.of(
            new Snapshot.Author(ADA, 7, 100, NOON),
            new Snapshot.Author(BOB, 300, 50, EARLIER),
            new Snapshot.Author(CYD, 12, 1_000_000, EARLIER)),
        List.of(
            new Snapshot.ContainerState(
                MAP,
                new State.OfMap(
                    List.of(
                        new State.MapEntry("", ada, false, VALUE),
                        new State.MapEntry("gone", bob, false, null),
                        new State.MapEntry("hidden", cyd, true, null),
                        new State.MapEntry("tasks", ada, false, new Child(ContainerType.LIST)),
                        new State.MapEntry("\uff5e", bob, false, Value.nil()),
                        new State.MapEntry("𝄞", bob, false, Value.of(1.5))))),
            new Snapshot.ContainerState(LIST, list()),
            new Snapshot.ContainerState(TEXT, text()),
            new Snapshot.ContainerState(BODY, new State.OfText(List.of())),
            new Snapshot.ContainerState(
                MV_REGISTER,
                new State.OfMvRegister(
                    List.of(
                        new State.MvEntry(bob, Value.of(1)), new State.MvEntry(cyd, Value.nil())),
                    List.of(ada, stamp(BOB, 3), cyd))),
            new Snapshot.ContainerState(
                SET,
                new State.OfSet(
                    List.of(
                        new State.SetEntry(id(ADA, 99), Value.of("x")),
                        new State.SetEntry(id(BOB, 1), VALUE)),
                    List.of(id(ADA, 99), id(BOB, 4)))),
            new Snapshot.ContainerState(REGISTER, new State.OfRegister(ada, VALUE)),
            new Snapshot.ContainerState(
                COUNTER,
                new State.OfCounter(
                    List.of(new Contribution(ada, -3), new Contribution(cyd, Long.MAX_VALUE)),
                    List.of(new Contribution(cyd, 5))))));
  }

  /** An element that was moved behind its tombstone, and one that was replaced. */
  static State.OfList list() {
    State.OfList runs =
        new State.OfList(
            List.of(
                new State.ListRun(
                    id(BOB, 5),
                    2,
                    null,
                    null,
                    List.of(new Child(ContainerType.TEXT), Value.of("task"))),
                new State.ListRun(id(BOB, 7), 40, id(BOB, 6), null, null),
                new State.ListRun(id(ADA, 1), 1, id(BOB, 46), null, List.of(VALUE))));
    return new State.OfList(
        runs.columns(),
        runs.visible(),
        List.of(range(ADA, 1, 1), range(BOB, 46, 1)),
        List.of(new State.MovedElement(id(BOB, 7), stamp(CYD, 1), id(ADA, 1))),
        List.of(new State.ReplacedElement(id(BOB, 6), stamp(BOB, 0))));
  }

  /** Runs cut inside a surrogate pair, with a tombstone and foreign text between them. */
  static State.OfText text() {
    return new State.OfText(
        List.of(
            new State.TextRun(id(CYD, 10), 3, null, null, "ab\ud834"),
            new State.TextRun(id(CYD, 13), 2, id(CYD, 12), id(CYD, 11), "\udd1ec"),
            new State.TextRun(id(CYD, 15), 900, id(CYD, 14), id(CYD, 11), null),
            new State.TextRun(id(ADA, 20), 1, id(CYD, 14), null, "!")));
  }

  /** Every kind of message. */
  static List<SyncMessage> messages(Codec codec) {
    VersionVector version = VersionVector.of(new Dot(ADA, 4), new Dot(CYD, Long.MAX_VALUE));
    return List.of(
        new SyncMessage.Hello(PROTOCOL_VERSION, ADA, List.of("next"), 4 << 20, 7, 0),
        new SyncMessage.Hello(PROTOCOL_VERSION, ADA, List.of(), 0, 300, Integer.MAX_VALUE),
        new SyncMessage.Want(1, true, List.of(), List.of()),
        new SyncMessage.Want(2, false, List.of(DOCUMENT, "x"), List.of("", "notes/")),
        new SyncMessage.Have(3, DOCUMENT, version, List.of(NOON, HybridTimestamp.ZERO), true, 1),
        new SyncMessage.Have(0, "x", VersionVector.empty(), List.of(), false, 0),
        new SyncMessage.Ack(3, version, List.of(NOON, NOON), 0, 4 << 20),
        new SyncMessage.Ack(0, VersionVector.empty(), List.of(), 1 << 20, 0),
        new SyncMessage.Changes(
            DOCUMENT,
            List.of(
                codec.encodeChunk(DOCUMENT, List.of(keystroke())),
                codec.encodeChunk(DOCUMENT, everyOperation()))),
        new SyncMessage.Changes(DOCUMENT, List.of()),
        new SyncMessage.Next(0, null, 300, new byte[] {1, 2, 3}),
        new SyncMessage.Next(9, 0x8b0b0b0b, 2, new byte[0]),
        new SyncMessage.SnapshotPart(DOCUMENT, version, 3, 10, new byte[] {1, 2, 3}),
        new SyncMessage.SnapshotPart(DOCUMENT, VersionVector.empty(), 0, 0, new byte[0]),
        new SyncMessage.InSync(2),
        new SyncMessage.Presence(DOCUMENT, BOB, 5, new byte[] {4, 5}),
        new SyncMessage.Presence(DOCUMENT, BOB, 0, new byte[0]),
        new SyncMessage.Failure("MALFORMED", "grüße 𝄞", ""),
        new SyncMessage.Failure("READ_DENIED", "", DOCUMENT),
        new SyncMessage.ToSession(300, new SyncMessage.InSync(1)),
        new SyncMessage.Bye());
  }
}
