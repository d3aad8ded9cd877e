package dev.plait.wire;

import static dev.plait.codec.ProtocolException.INVALID_CHANGE;
import static dev.plait.codec.ProtocolException.LIMIT_EXCEEDED;
import static dev.plait.codec.ProtocolException.MALFORMED;
import static dev.plait.codec.ProtocolException.UNSUPPORTED_VERSION;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import dev.plait.change.Change;
import dev.plait.codec.Codec;
import dev.plait.crdt.Operation;
import dev.plait.value.Child;
import dev.plait.value.ContainerType;
import dev.plait.value.Content;
import dev.plait.value.Value;
import dev.plait.wire.v1.PlaitProto;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The columns of values, keys and texts in a chunk. */
class MalformedValueTest {
  private final Codec codec = WireCodec.create(OtherLimits.frameBytes(4 << 20));
  private final Tampering tampering = new Tampering();

  private static Change write(Value value) {
    return Samples.adaAtNoon()
        .stamped(Samples.REGISTER, stamp -> new Operation.RegisterWrite(stamp, value))
        .end(1);
  }

  private static Change put(String key, Content content) {
    return Samples.adaAtNoon()
        .stamped(Samples.MAP, stamp -> new Operation.MapPut(stamp, key, content))
        .end(1);
  }

  private void refused(
      String code, Change change, Consumer<PlaitProto.ChunkPayload.Builder> tamper) {
    var chunk = codec.readChunk(tampering.payload(List.of(change), tamper));
    Expect.refused(code, () -> codec.decodeChunk(chunk));
  }

  private static Consumer<PlaitProto.ChunkPayload.Builder> kinds(int... kinds) {
    byte[] bytes = new byte[kinds.length];
    for (int i = 0; i < kinds.length; i++) {
      bytes[i] = (byte) kinds[i];
    }
    return payload -> payload.setValueKinds(ByteString.copyFrom(bytes));
  }

  @Test
  void kindsAreKnown() {
    for (int kind : new int[] {9, 15}) {
      refused(UNSUPPORTED_VERSION, write(Value.nil()), kinds(kind));
      refused(UNSUPPORTED_VERSION, put("k", Value.nil()), kinds(kind));
    }
    for (int kind : new int[] {24, 99, 255}) {
      refused(UNSUPPORTED_VERSION, put("k", Value.nil()), kinds(kind));
    }
  }

  @Test
  void childrenStandWhereContainersHoldThem() {
    Content child = new Child(ContainerType.TEXT);
    refused(MALFORMED, put("k", child), kinds(16));
    refused(MALFORMED, write(Value.nil()), kinds(17));
    refused(
        MALFORMED, put("k", Value.nil()), kinds(7, 17).andThen(payload -> payload.addCounts(1)));
  }

  @Test
  void columnsFitTogether() {
    refused(MALFORMED, write(Value.nil()), kinds());
    refused(MALFORMED, write(Value.nil()), kinds(0, 0));
    refused(MALFORMED, write(Value.nil()), kinds(3));
    refused(MALFORMED, write(Value.nil()), kinds(4));
    refused(MALFORMED, write(Value.nil()), kinds(5));
    refused(MALFORMED, write(Value.nil()), kinds(6));
    refused(MALFORMED, write(Value.nil()), kinds(7));
    refused(MALFORMED, write(Value.of(1)), kinds(0));
    refused(MALFORMED, write(Value.of(1.5)), kinds(0));
    refused(MALFORMED, write(Value.of("x")), kinds(0));
    refused(MALFORMED, write(Value.of("")), kinds(0));
    refused(MALFORMED, write(Value.of(new byte[1])), kinds(0));
    refused(MALFORMED, write(Value.of(new byte[1])), payload -> payload.setCounts(0, 0));
    refused(MALFORMED, write(Value.of(new byte[1])), payload -> payload.setCounts(0, 2));
    refused(MALFORMED, write(Value.of(List.of())), payload -> payload.setCounts(0, 1));
    refused(MALFORMED, write(Value.of(List.of(Value.nil()))), payload -> payload.setCounts(0, 0));
    refused(MALFORMED, put("k", Value.nil()), payload -> payload.clearKeys());
    refused(MALFORMED, put("k", Value.nil()), payload -> payload.addKeys(1));
    refused(MALFORMED, put("k", Value.nil()), payload -> payload.clearKeyLengths());
    refused(MALFORMED, put("k", Value.nil()), payload -> payload.addKeyLengths(0));
  }

  @Test
  void floatingPointNumbersAreWhole() {
    Change real = write(Value.of(1.5));
    String whole = HexFormat.of().formatHex(tampering.payload(List.of(real)).toByteArray());
    String cutOff = whole.replace("e20108000000000000f83f", "e20107000000000000f8");
    assertEquals(whole.length() - 2, cutOff.length());
    var chunk =
        codec.readChunk(
            tampering.payload(List.of(real), ByteString.copyFrom(HexFormat.of().parseHex(cutOff))));
    Expect.refused(MALFORMED, () -> codec.decodeChunk(chunk));
  }

  @Test
  void thereIsOneNan() {
    Change real = write(Value.of(1.5));
    refused(
        MALFORMED,
        real,
        payload -> payload.setReals(0, Double.longBitsToDouble(0x7ff8000000000001L)));
    refused(
        MALFORMED,
        real,
        payload -> payload.setReals(0, Double.longBitsToDouble(0xfff8000000000000L)));
  }

  @Test
  void keysComeOnceInOrder() {
    ChangeMaker maker = Samples.adaAtNoon();
    for (String key : List.of("a", "b", "a")) {
      maker.stamped(Samples.MAP, stamp -> new Operation.MapRemove(stamp, key));
    }
    Change change = maker.end(1);
    refused(MALFORMED, change, payload -> payload.setKeys(1, 2));
    refused(MALFORMED, change, payload -> payload.setKeys(2, 3));
    refused(INVALID_CHANGE, change, payload -> payload.setKeys(2, -1));
    refused(MALFORMED, change, payload -> payload.setText("aa"));
    refused(MALFORMED, change, payload -> payload.setKeys(1, 1)); // "b" is left over
    refused(MALFORMED, change, payload -> payload.setKeys(2, 0));
  }

  @Test
  void keysHaveALimit() {
    refused(
        LIMIT_EXCEEDED,
        put("k", Value.nil()),
        payload -> payload.setKeyLengths(0, 1_025).setText("k".repeat(1_025)));
    Codec strict = WireCodec.create(OtherLimits.listLength(1));
    List<Change> two = List.of(write(Value.of(Map.of("a", Value.of(Map.of("b", Value.nil()))))));
    var chunk = codec.encodeChunk(Samples.DOCUMENT, two);
    Expect.refused(LIMIT_EXCEEDED, () -> strict.decodeChunk(chunk));
    Expect.refused(LIMIT_EXCEEDED, () -> strict.encodeChunk(Samples.DOCUMENT, two));
  }

  @Test
  void textIsWhatKeysAndValuesAskFor() {
    Change change = put("k", Value.of("𝄞"));
    refused(MALFORMED, change, payload -> payload.setText("xk𝄞"));
    refused(MALFORMED, change, payload -> payload.setText("k"));
    refused(MALFORMED, change, payload -> payload.clearText());
    refused(INVALID_CHANGE, change, payload -> payload.setTextLengths(0, 1));
    refused(INVALID_CHANGE, change, payload -> payload.setTextLengths(0, -1));
    refused(MALFORMED, change, payload -> payload.setTextLengths(0, Integer.MAX_VALUE));
    refused(MALFORMED, change, payload -> payload.setKeyLengths(0, Integer.MAX_VALUE));
    refused(INVALID_CHANGE, change, payload -> payload.setKeyLengths(0, 2).setTextLengths(0, 1));
  }

  @Test
  void keysOfMapValuesAscend() {
    Change map = write(Value.of(Map.of("a", Value.nil(), "b", Value.nil())));
    refused(INVALID_CHANGE, map, payload -> payload.setText("ba"));
    refused(
        INVALID_CHANGE,
        map,
        payload -> payload.setKeys(1, 1).clearKeyLengths().addKeyLengths(1).setText("a"));
  }

  @Test
  void valuesNestSixteenDeep() {
    refused(LIMIT_EXCEEDED, write(Value.nil()), nested(17));
    refused(LIMIT_EXCEEDED, write(Value.nil()), nested(100_000));
    var chunk = codec.readChunk(tampering.payload(List.of(write(Value.nil())), nested(16)));
    Operation read = codec.decodeChunk(chunk).get(0).operations().get(0).operation();
    assertEquals(16, ((Operation.RegisterWrite) read).value().depth());
  }

  @Test
  void noLimitAllowsDeeperValuesThanThereAre() {
    Codec lenient = WireCodec.create(OtherLimits.nesting(100));
    var chunk = codec.readChunk(tampering.payload(List.of(write(Value.nil())), nested(17)));
    Expect.refused(INVALID_CHANGE, () -> lenient.decodeChunk(chunk));
  }

  /** Lists in each other, the innermost one empty. */
  private static Consumer<PlaitProto.ChunkPayload.Builder> nested(int depth) {
    return payload -> {
      byte[] kinds = new byte[depth];
      java.util.Arrays.fill(kinds, (byte) ValueKind.LIST);
      payload.setValueKinds(ByteString.copyFrom(kinds));
      for (int i = 1; i < depth; i++) {
        payload.addCounts(1);
      }
      payload.addCounts(0);
    };
  }

  @Test
  void valuesHaveASize() {
    int most = Value.MAX_SIZE - 4; // its type and a length of three bytes
    Change text = write(Value.of("x"));
    assertSize(text, payload -> payload.setTextLengths(0, most).setText("x".repeat(most)));
    refused(
        INVALID_CHANGE,
        text,
        payload -> payload.setTextLengths(0, most + 1).setText("x".repeat(most + 1)));

    Change data = write(Value.of(new byte[1]));
    assertSize(
        data, payload -> payload.setCounts(0, most).setData(ByteString.copyFrom(new byte[most])));
    refused(
        INVALID_CHANGE,
        data,
        payload -> payload.setCounts(0, most + 1).setData(ByteString.copyFrom(new byte[most + 1])));

    Change list = write(Value.of(List.of()));
    assertSize(list, nils(most));
    refused(INVALID_CHANGE, list, nils(most + 1));
  }

  private void assertSize(Change change, Consumer<PlaitProto.ChunkPayload.Builder> tamper) {
    var chunk = codec.readChunk(tampering.payload(List.of(change), tamper));
    Operation read = codec.decodeChunk(chunk).get(0).operations().get(0).operation();
    assertEquals(Value.MAX_SIZE, ((Operation.RegisterWrite) read).value().canonicalSize());
  }

  private static Consumer<PlaitProto.ChunkPayload.Builder> nils(int count) {
    return payload -> {
      byte[] kinds = new byte[1 + count];
      kinds[0] = ValueKind.LIST;
      payload.setCounts(0, count).setValueKinds(ByteString.copyFrom(kinds));
    };
  }

  @Test
  void listsThatClaimToBeLargeTakeNoRoom() {
    // Every list says it holds as many as there are bytes left; together that is too much.
    refused(
        INVALID_CHANGE,
        write(Value.nil()),
        payload -> {
          byte[] kinds = new byte[500_000];
          java.util.Arrays.fill(kinds, (byte) ValueKind.LIST);
          payload.setValueKinds(ByteString.copyFrom(kinds));
          for (int i = 0; i < 4; i++) {
            payload.addCounts(400_000);
          }
        });
  }
}
