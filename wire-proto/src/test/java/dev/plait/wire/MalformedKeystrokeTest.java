package dev.plait.wire;

import static dev.plait.codec.ProtocolException.INVALID_CHANGE;
import static dev.plait.codec.ProtocolException.LIMIT_EXCEEDED;
import static dev.plait.codec.ProtocolException.MALFORMED;
import static dev.plait.codec.ProtocolException.UNSUPPORTED_VERSION;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.plait.change.Change;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.codec.Codec;
import dev.plait.codec.ProtocolException;
import dev.plait.crdt.Operation;
import dev.plait.wire.v1.PlaitProto.Keystroke;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class MalformedKeystrokeTest {
  private static final int ROUNDS = 20_000;
  private static final ReplicaId STRANGER = ReplicaId.of(77, 77);

  private final Codec codec = WireCodec.create();

  /** Unit 1000 behind unit 500, in front of Bob's unit 9. */
  private final Change previous =
      new ChangeMaker(Samples.ADA, 40, Samples.NOON, 1_000)
          .making(
              1,
              Samples.BODY,
              id ->
                  new Operation.TextInsert(
                      id, Samples.id(Samples.ADA, 500), Samples.id(Samples.BOB, 9), "h"))
          .end(0);

  private Change read(Consumer<Keystroke.Builder> say) {
    Keystroke.Builder keystroke = Keystroke.newBuilder();
    say.accept(keystroke);
    return codec.decodeNext(previous, keystroke.build().toByteArray(), Samples.BOB);
  }

  private void refused(String code, Consumer<Keystroke.Builder> say) {
    Expect.refused(code, () -> read(say));
  }

  private static ByteString id(ReplicaId... replicas) {
    return ByteString.copyFrom(Arrays.stream(replicas).map(ReplicaBytes::write).toList());
  }

  private static int shape(int kind, int left, int right) {
    return kind | left << 1 | right << 3;
  }

  @Test
  void whatOthersWriteIsRead() {
    Change typed = read(say -> say.setText("i"));
    assertEquals(41, typed.counter());
    assertEquals(previous.time(), typed.previousTime());
    assertEquals(previous.time().next(), typed.time());
    assertEquals(
        new Operation.TextInsert(
            Samples.id(Samples.ADA, 1_001),
            Samples.id(Samples.ADA, 1_000),
            Samples.id(Samples.BOB, 9),
            "i"),
        typed.operations().get(0).operation());
    Change named =
        read(
            say ->
                say.setShape(shape(0, 3, 3))
                    .setReplicas(id(STRANGER))
                    .addIdReplicas(1)
                    .addIdReplicas(2)
                    .addIds(-2)
                    .addIds(70)
                    .setText("x"));
    assertEquals(
        new Operation.TextInsert(
            Samples.id(Samples.ADA, 1_001),
            Samples.id(Samples.BOB, 7),
            Samples.id(STRANGER, 70),
            "x"),
        named.operations().get(0).operation());
    Change deleted = read(say -> say.setShape(shape(1, 1, 0)).addLengths(4));
    assertEquals(
        new Operation.TextDelete(List.of(Samples.range(Samples.BOB, 9, 4))),
        deleted.operations().get(0).operation());
  }

  @Test
  void fieldsComeInOrderOnceAndWithoutDefaults() {
    refusedBytes(MALFORMED, 0x08, 0x00, 0x4a, 1, 'x');
    refusedBytes(MALFORMED, 0x4a, 1, 'x', 0x4a, 1, 'x');
    refusedBytes(MALFORMED, 0x4a, 1, 'x', 0x10, 1);
    refusedBytes(MALFORMED, 0x4a, 0);
    refusedBytes(MALFORMED, 0x4a, 2, 'x');
    refusedBytes(MALFORMED, 0x10, 0x81, 0x00, 0x4a, 1, 'x');
    refusedBytes(MALFORMED, 0x4d, 1, 2, 3, 4);
    refusedBytes(MALFORMED, 0x4a, 1, 0xff);
    refusedBytes(UNSUPPORTED_VERSION, 0x4a, 1, 'x', 0x50, 1);
  }

  private void refusedBytes(String code, int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    Expect.refused(code, () -> codec.decodeNext(previous, bytes, Samples.BOB));
  }

  @Test
  void insertionsHaveTextAndDeletionsHaveNone() {
    refused(INVALID_CHANGE, say -> {});
    refused(MALFORMED, say -> say.setShape(shape(1, 0, 0)).setText("x"));
    refused(MALFORMED, say -> say.setText("x").addLengths(1));
    refused(MALFORMED, say -> say.setText("x").addIds(1));
    refused(MALFORMED, say -> say.setText("x").addIdReplicas(1));
    refused(MALFORMED, say -> say.setText("x").setReplicas(id(STRANGER)));
    refused(INVALID_CHANGE, say -> say.setShape(shape(1, 0, 0)).addLengths(0));
    refused(INVALID_CHANGE, say -> say.setShape(shape(1, 0, 0)).addLengths(-1));
  }

  @Test
  void unknownShapesAreUnsupported() {
    refused(UNSUPPORTED_VERSION, say -> say.setShape(32).setText("x"));
    refused(UNSUPPORTED_VERSION, say -> say.setShape(-1).setText("x"));
    refused(UNSUPPORTED_VERSION, say -> say.setShape(shape(1, 0, 1)));
    refused(MALFORMED, say -> say.setShape(shape(1, 2, 0)));
    refused(MALFORMED, say -> say.setShape(shape(0, 2, 1)).setText("x"));
  }

  @Test
  void timeGoesOn() {
    refused(INVALID_CHANGE, say -> say.setTicks(65_535).setText("x"));
    refused(INVALID_CHANGE, say -> say.setMillis(1).setTicks(65_536).setText("x"));
    refused(INVALID_CHANGE, say -> say.setMillis(1).setTicks(-1).setText("x"));
    refused(INVALID_CHANGE, say -> say.setMillis(-1).setText("x"));
    long most = HybridTimestamp.MAX_VALID.millis() - Samples.NOON.millis();
    refused(INVALID_CHANGE, say -> say.setMillis(most + 1).setText("x"));
    refused(INVALID_CHANGE, say -> say.setMillis(most).setTicks(1).setText("x"));
    assertEquals(HybridTimestamp.MAX_VALID, read(say -> say.setMillis(most).setText("x")).time());
  }

  @Test
  void dependencyIsOnTheListener() {
    refused(INVALID_CHANGE, say -> say.setDependency(-1).setText("x"));
    byte[] bytes = Keystroke.newBuilder().setDependency(7).setText("x").build().toByteArray();
    Expect.refused(INVALID_CHANGE, () -> codec.decodeNext(previous, bytes, Samples.ADA));
  }

  @Test
  void unitsAreThere() {
    refused(INVALID_CHANGE, say -> say.setShape(shape(0, 3, 0)).addIds(1).setText("x"));
    refused(INVALID_CHANGE, say -> say.setShape(shape(0, 3, 0)).addIds(-1_000).setText("x"));
    refused(
        INVALID_CHANGE, say -> say.setShape(shape(0, 3, 0)).addIds(Long.MAX_VALUE).setText("x"));
    refused(INVALID_CHANGE, say -> say.setShape(shape(0, 0, 1)).setText("x"));
    refused(INVALID_CHANGE, say -> say.setShape(shape(1, 0, 0)).addLengths(1_001));
    refused(INVALID_CHANGE, say -> say.setShape(shape(1, 3, 0)).addIds(-999).addLengths(1_001));
    refused(MALFORMED, say -> say.setShape(shape(0, 3, 0)).setText("x"));
    refused(MALFORMED, say -> say.setShape(shape(1, 3, 0)));
    refused(
        MALFORMED, say -> say.setShape(shape(0, 3, 0)).addIds(-5).addIdReplicas(2).setText("x"));
    refused(MALFORMED, say -> say.setText("x").setReplicas(ByteString.copyFrom(new byte[15])));
  }

  @Test
  void anotherSpellingIsRefused() {
    // the unit made last, though it is before the cursor
    refused(MALFORMED, say -> say.setShape(shape(0, 1, 0)).setText("x"));
    // named, though it is before the cursor
    refused(MALFORMED, say -> say.setShape(shape(0, 3, 0)).addIds(0).setText("x"));
    // a table with the author, with somebody twice, with somebody unused
    Consumer<Keystroke.Builder> left =
        say -> say.setShape(shape(0, 3, 0)).addIdReplicas(2).addIds(50).setText("x");
    read(left.andThen(say -> say.setReplicas(id(STRANGER))));
    refused(MALFORMED, left.andThen(say -> say.setReplicas(id(Samples.BOB))));
    refused(MALFORMED, left.andThen(say -> say.setReplicas(id(STRANGER, STRANGER))));
    refused(MALFORMED, left.andThen(say -> say.setReplicas(id(STRANGER, Samples.CYD))));
    // columns that say the usual
    refused(
        MALFORMED, say -> say.setShape(shape(0, 3, 0)).addIdReplicas(0).addIds(-5).setText("x"));
    refused(MALFORMED, say -> say.setShape(shape(1, 0, 0)).addLengths(1));
  }

  @Test
  void rangesAreCounted() {
    Consumer<Keystroke.Builder> most =
        say -> {
          say.setShape(shape(1, 3, 0)).addIds(-900);
          for (int i = 1; i < KeystrokeShape.MAX_RANGES; i++) {
            say.addIds(2);
          }
        };
    assertEquals(1, read(most).operations().size());
    refused(LIMIT_EXCEEDED, most.andThen(say -> say.addIds(2)));
  }

  @Test
  void whatFollowsNoTextIsRefused() {
    Change vote =
        Samples.adaAtNoon()
            .stamped(Samples.COUNTER, stamp -> new Operation.CounterAdd(stamp, 1))
            .end(0);
    byte[] bytes = Keystroke.newBuilder().setText("x").build().toByteArray();
    Expect.refused(INVALID_CHANGE, () -> codec.decodeNext(vote, bytes, Samples.BOB));
  }

  @Test
  void damagedKeystrokesAreRefusedOrSayOneThingInOneWay() {
    Random random = new Random(7);
    int accepted = 0;
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      List<Change> changes = new RandomTyping(round).changes();
      int at = 1 + random.nextInt(Math.max(1, changes.size() - 1));
      byte[] bytes =
          at < changes.size()
              ? codec.encodeNext(changes.get(at - 1), changes.get(at), Samples.BOB)
              : null;
      if (bytes == null) {
        continue;
      }
      byte[] damaged = Mutation.of(bytes, random);
      Change before = changes.get(at - 1);
      Change read;
      try {
        read = codec.decodeNext(before, damaged, Samples.BOB);
      } catch (ProtocolException e) {
        refused++;
        continue;
      }
      accepted++;
      assertArrayEquals(damaged, codec.encodeNext(before, read, Samples.BOB));
      var chunk = codec.encodeChunk(Samples.DOCUMENT, List.of(read));
      assertEquals(List.of(read), codec.decodeChunk(chunk));
    }
    assertTrue(accepted > ROUNDS / 40, accepted + " accepted");
    assertTrue(refused > ROUNDS / 4, refused + " refused");
  }
}
