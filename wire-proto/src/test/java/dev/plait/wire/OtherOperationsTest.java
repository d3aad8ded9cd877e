package dev.plait.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.change.Change;
import dev.plait.change.Chunk;
import dev.plait.change.ContainerId;
import dev.plait.clock.ElementId;
import dev.plait.clock.Stamp;
import dev.plait.codec.Codec;
import dev.plait.crdt.Operation;
import dev.plait.value.Child;
import dev.plait.value.ContainerType;
import dev.plait.value.Value;
import dev.plait.wire.v1.PlaitProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Operations that are not on text, in chunks: their edges, and how little they take. */
class OtherOperationsTest {
  private final Codec codec = WireCodec.create();
  private final Tampering tampering = new Tampering();

  private Chunk assertSurvive(List<Change> changes) {
    Chunk chunk = codec.encodeChunk(Samples.DOCUMENT, changes);
    List<Change> read = codec.decodeChunk(codec.readChunk(chunk.bytes()));
    assertEquals(changes, read);
    assertArrayEquals(chunk.bytes(), codec.encodeChunk(Samples.DOCUMENT, read).bytes());
    return chunk;
  }

  private void assertSurvives(Value value) {
    ChangeMaker maker = Samples.adaAtNoon();
    maker.stamped(Samples.REGISTER, stamp -> new Operation.RegisterWrite(stamp, value));
    maker.stamped(Samples.MAP, stamp -> new Operation.MapPut(stamp, "k", value));
    maker.making(1, Samples.SET, id -> new Operation.SetAdd(id, value, List.of()));
    assertSurvive(List.of(maker.end(1)));
  }

  @Test
  void edgesOfPlainValuesSurvive() {
    for (long number : new long[] {0, -1, 1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      assertSurvives(Value.of(number));
    }
    for (double number :
        new double[] {
          0.0, -0.0, Double.NaN, Double.MIN_VALUE, -Double.MAX_VALUE, Double.NEGATIVE_INFINITY
        }) {
      assertSurvives(Value.of(number));
    }
    assertSurvives(Value.nil());
    assertSurvives(Value.of(true));
    assertSurvives(Value.of(false));
    assertSurvives(Value.of(new byte[0]));
    for (String text : List.of("", "\u0000", "𝄞", "𝄞𝄞", "\uffff", "a𝄞")) {
      assertSurvives(Value.of(text));
    }
  }

  @Test
  void edgesOfListsAndMapsSurvive() {
    Value none = Value.of(List.of());
    Value empty = Value.of(Map.of());
    assertSurvives(none);
    assertSurvives(empty);
    assertSurvives(Value.of(List.of(none, empty, none, Value.of(List.of(empty)))));
    assertSurvives(
        Value.of(Map.of("", none, "𝄞", empty, "\uff5e", Value.of(Map.of("", Value.of(""))))));
    assertSurvives(Samples.VALUE);
  }

  @Test
  void sixteenLevelsSurvive() {
    Value lists = Value.of(List.of());
    Value maps = Value.of(Map.of());
    Value both = Value.of(List.of());
    for (int depth = 2; depth <= Value.MAX_DEPTH; depth++) {
      lists = Value.of(List.of(lists));
      maps = Value.of(Map.of("𝄞", maps, "a", Value.nil()));
      both = depth % 2 == 0 ? Value.of(Map.of("k", both)) : Value.of(List.of(both, both));
    }
    assertSurvives(lists);
    assertSurvives(maps);
    assertSurvives(both);
  }

  @Test
  void theLargestValueSurvives() {
    Codec roomy = WireCodec.create(OtherLimits.frameBytes(4 << 20));
    Random random = new Random(1);
    byte[] bytes = new byte[Value.MAX_SIZE - 4];
    random.nextBytes(bytes);
    Value largest = Value.of(bytes);
    assertEquals(Value.MAX_SIZE, largest.canonicalSize());
    ChangeMaker maker = Samples.adaAtNoon();
    maker.stamped(Samples.REGISTER, stamp -> new Operation.RegisterWrite(stamp, largest));
    List<Change> changes = List.of(maker.end(1));
    assertEquals(changes, roomy.decodeChunk(roomy.encodeChunk(Samples.DOCUMENT, changes)));
  }

  @Test
  void textKeysAndValuesShareTheText() {
    ChangeMaker maker = Samples.adaAtNoon();
    maker.making(3, Samples.BODY, id -> new Operation.TextInsert(id, null, null, "a𝄞"));
    for (String key : List.of("k𝄞", "", "k𝄞", "z")) {
      maker.stamped(Samples.MAP, stamp -> new Operation.MapPut(stamp, key, Value.of("𝄞" + key)));
    }
    maker.making(
        1, Samples.BODY, id -> new Operation.TextInsert(id, null, Samples.id(Samples.BOB, 1), "b"));
    List<Change> changes = List.of(maker.end(1));
    assertSurvive(changes);
    PlaitProto.ChunkPayload payload = tampering.payload(changes);
    assertEquals("a𝄞b" + "k𝄞" + "z" + "𝄞k𝄞" + "𝄞" + "𝄞k𝄞" + "𝄞z", payload.getText());
    assertEquals(List.of(0, 0, 1, 0), payload.getKeysList());
    assertEquals(List.of(3, 0, 1), payload.getKeyLengthsList());
    assertEquals(List.of(5, 2, 5, 3), payload.getTextLengthsList());
  }

  /** The example of the page on formats. */
  @Test
  void columnsAreSharedByAllKinds() {
    ChangeMaker maker = Samples.adaAtNoon();
    ContainerId steps = ContainerId.root("steps", ContainerType.LIST);
    Change first =
        maker
            .stamped(Samples.MAP, stamp -> new Operation.MapPut(stamp, "color", Value.of("red")))
            .making(1, Samples.SET, id -> new Operation.SetAdd(id, Value.of("draft"), List.of()))
            .end(100);
    Change second =
        maker
            .stamped(Samples.MAP, stamp -> new Operation.MapPut(stamp, "color", Value.of("blue")))
            .stamped(Samples.COUNTER, stamp -> new Operation.CounterAdd(stamp, 5))
            .making(
                2,
                steps,
                id ->
                    new Operation.ListInsert(
                        id, null, null, List.of(Value.of(true), Value.of("blue"))))
            .end(100);
    assertSurvive(List.of(first, second));
    PlaitProto.ChunkPayload payload = tampering.payload(List.of(first, second));
    assertEquals(List.of(2, 3), payload.getOperationsList());
    assertArrayEquals(
        new byte[] {4, (byte) 0x84, (byte) 0x84, (byte) 0x84, (byte) 0x84},
        payload.getRows().toByteArray());
    assertEquals(List.of(1, 0, 2, 3), payload.getRowContainersList());
    assertEquals(List.of(8, 4, 8, 6, 11), payload.getOtherKindsList());
    assertEquals(List.of(0, 2), payload.getCountsList());
    assertEquals(List.of(0, 0), payload.getNamedReplicasList());
    assertEquals(List.of(5L), payload.getIntegersList());
    assertArrayEquals(new byte[] {5, 5, 5, 2, 5}, payload.getValueKinds().toByteArray());
    assertEquals(List.of(0, 1), payload.getKeysList());
    assertEquals(List.of(5), payload.getKeyLengthsList());
    assertEquals(List.of(3, 5, 4, 4), payload.getTextLengthsList());
    assertEquals("color" + "red" + "draft" + "blue" + "blue", payload.getText());
  }

  @Test
  void childrenOfEveryTypeSurvive() {
    ChangeMaker maker = Samples.adaAtNoon();
    for (ContainerType type : ContainerType.values()) {
      maker.stamped(Samples.MAP, stamp -> new Operation.MapPut(stamp, "k", new Child(type)));
      maker.making(
          2,
          Samples.LIST,
          id -> new Operation.ListInsert(id, null, null, List.of(new Child(type), Value.of(1))));
    }
    assertSurvive(List.of(maker.end(1)));
  }

  @Test
  void whatWasMadeLastIsNamedWithoutDistance() {
    ChangeMaker maker = Samples.adaAtNoon();
    ElementId start = maker.nextId();
    for (int i = 0; i < 100; i++) {
      ElementId left = i == 0 ? null : start.plus(i - 1);
      maker.making(
          1, Samples.LIST, id -> new Operation.ListInsert(id, left, null, List.of(Value.nil())));
    }
    List<Change> changes = List.of(maker.end(1));
    assertSurvive(changes);
    PlaitProto.ChunkPayload payload = tampering.payload(changes);
    assertTrue(payload.getElementsList().stream().allMatch(distance -> distance == 0));
    assertEquals(0, payload.getRightElementsCount());
  }

  @Test
  void stampsOfTheSameChangeAndOfTheSameTimeAreNamed() {
    ChangeMaker maker = Samples.adaAtNoon();
    Stamp before = maker.nextStamp();
    maker.stamped(Samples.REGISTER, stamp -> new Operation.RegisterWrite(stamp, Value.nil()));
    maker.stamped(Samples.REGISTER, stamp -> new Operation.RegisterClear(before));
    maker.stamped(
        Samples.MAP,
        stamp ->
            new Operation.MapClear(
                "k", new Stamp(Samples.NOON, dev.plait.clock.ReplicaId.of(0, 1), 9)));
    List<Change> changes = List.of(maker.end(1));
    assertSurvive(changes);
    assertEquals(List.of(0L, 0L), tampering.payload(changes).getStampAgesList());
  }

  @Test
  void kindsTakeTurns() {
    ChangeMaker maker = Samples.adaAtNoon();
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      String key = "k" + i % 7;
      maker.stamped(Samples.MAP, stamp -> new Operation.MapPut(stamp, key, Value.of(1.5)));
      maker.stamped(Samples.COUNTER, stamp -> new Operation.CounterAdd(stamp, 3));
      maker.stamped(Samples.MAP, stamp -> new Operation.MapRemove(stamp, key));
      changes.add(maker.end(10));
    }
    assertSurvive(changes);
  }

  @Test
  void tenThousandWritesTakeLittle() {
    Random random = new Random(3);
    ChangeMaker maker = Samples.adaAtNoon();
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      String key = "user/" + random.nextInt(100);
      long value = random.nextInt(100);
      maker.stamped(Samples.MAP, stamp -> new Operation.MapPut(stamp, key, Value.of(value)));
      changes.add(maker.end(100));
    }
    int size = assertSurvive(changes).size();
    assertTrue(size < 22_000, () -> size + " bytes");
  }

  @Test
  void whatIsAllAlikeIsStillDeflated() {
    ChangeMaker maker = Samples.adaAtNoon();
    for (int i = 0; i < 120_000; i++) {
      maker.stamped(Samples.COUNTER, stamp -> new Operation.CounterAdd(stamp, 1));
    }
    int size = assertSurvive(List.of(maker.end(1))).size();
    assertTrue(size < 20_000, () -> size + " bytes");
  }
}
