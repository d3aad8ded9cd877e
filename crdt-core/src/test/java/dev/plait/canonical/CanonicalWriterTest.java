package dev.plait.canonical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.plait.clock.ElementId;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.value.Child;
import dev.plait.value.ContainerType;
import dev.plait.value.Value;
import dev.plait.value.Values;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class CanonicalWriterTest {
  private static final ReplicaId REPLICA = ReplicaId.of(0x0001020304050607L, 0x08090a0b0c0d0e0fL);
  private static final String REPLICA_HEX = "000102030405060708090a0b0c0d0e0f";

  private static String hex(Consumer<CanonicalWriter> writing) {
    CanonicalBytes out = new CanonicalBytes();
    writing.accept(out);
    return HexFormat.of().formatHex(out.toByteArray());
  }

  private static String hexOf(Value value) {
    return hex(out -> out.value(value));
  }

  @Test
  void bytesOfPlainValuesAreGolden() {
    assertEquals("01", hexOf(Value.nil()));
    assertEquals("0200", hexOf(Value.of(false)));
    assertEquals("0201", hexOf(Value.of(true)));
    assertEquals("03feffffffffffffff", hexOf(Value.of(-2L)));
    assertEquals("04000000000000f03f", hexOf(Value.of(1.0)));
    assertEquals("040000000000000080", hexOf(Value.of(-0.0)));
    assertEquals("04000000000000f87f", hexOf(Value.of(Double.NaN)));
    assertEquals("0500", hexOf(Value.of("")));
    assertEquals("050461c3a9f09f9880", hexOf(Value.of("aé\uD83D\uDE00")));
    assertEquals("06020080", hexOf(Value.of(new byte[] {0, (byte) 0x80})));
  }

  @Test
  void bytesOfNestedValuesAreGolden() {
    assertEquals(
        "0702" + "01" + "0700", hexOf(Value.of(List.of(Value.nil(), Value.of(List.of())))));
    assertEquals(
        "0802" + "0161" + "0201" + "0162" + "0501" + "78",
        hexOf(Value.of(Map.of("b", Value.of("x"), "a", Value.of(true)))));
  }

  @Test
  void bytesOfIdentitiesAreGolden() {
    HybridTimestamp time = new HybridTimestamp(0x0102030405060708L);
    assertEquals(REPLICA_HEX, hex(out -> out.replica(REPLICA)));
    assertEquals("0807060504030201", hex(out -> out.time(time)));
    assertEquals(
        "0807060504030201" + REPLICA_HEX + "8001",
        hex(out -> out.stamp(new Stamp(time, REPLICA, 128))));
    assertEquals(REPLICA_HEX + "05", hex(out -> out.element(new ElementId(REPLICA, 5))));
  }

  @Test
  void whatMayBeAbsentIsMarked() {
    assertEquals("00", hex(out -> out.nullableElement(null)));
    assertEquals(
        "01" + REPLICA_HEX + "05", hex(out -> out.nullableElement(new ElementId(REPLICA, 5))));
    assertEquals("00", hex(out -> out.nullableStamp(null)));
    assertEquals(
        "01" + "0000000000000000" + REPLICA_HEX + "00",
        hex(out -> out.nullableStamp(new Stamp(HybridTimestamp.ZERO, REPLICA, 0))));
    assertEquals("00", hex(out -> out.nullableContent(null)));
    assertEquals("01", hex(out -> out.nullableContent(Value.nil())));
    assertEquals("0907", hex(out -> out.nullableContent(new Child(ContainerType.TEXT))));
  }

  @Test
  void numbersTakeSevenBitsToAByte() {
    assertEquals("00", hex(out -> out.varint(0)));
    assertEquals("7f", hex(out -> out.varint(127)));
    assertEquals("8001", hex(out -> out.varint(128)));
    assertEquals("ffffffffffffffffff01", hex(out -> out.varint(-1)));
  }

  @Test
  void wellFormedTextIsWrittenInUtf8() {
    for (String text :
        List.of(
            "", "abcdefgh", "abcdefghi", "abcdefgé", "一二三四五六七八九", "\uD83D\uDE00abcdefghijklmnop")) {
      String utf8 = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
      assertEquals(HexFormat.of().toHexDigits((byte) text.length()) + utf8, hex(o -> o.text(text)));
    }
  }

  @Test
  void halvesOfAPairCanBeWrittenApart() {
    assertEquals("01eda0bd", hex(out -> out.text("\uD83D")));
    assertEquals("01edb880", hex(out -> out.text("\uDE00")));
    assertNotEquals(
        hex(out -> out.text("\uD83D\uDE00")),
        hex(
            out -> {
              out.text("\uD83D");
              out.text("\uDE00");
            }));
  }

  @Test
  void sizeOfAValueIsKnownBeforeItIsWritten() {
    Random random = new Random(13);
    for (int i = 0; i < 500; i++) {
      Value value = Values.random(random, 4);
      CanonicalBytes out = new CanonicalBytes();
      out.value(value);
      assertEquals(out.size(), value.canonicalSize(), value.toString());
    }
  }

  @Test
  void valuesAreEqualExactlyWhenTheirBytesAre() {
    List<Value> ladder = Values.ascending();
    for (Value a : ladder) {
      for (Value b : ladder) {
        assertEquals(a.equals(b), hexOf(a).equals(hexOf(b)), a + " against " + b);
      }
    }
  }

  @Test
  void hashOfWhatIsWrittenIsThatOfItsBytes() {
    Random random = new Random(17);
    for (int i = 0; i < 300; i++) {
      CanonicalBytes bytes = new CanonicalBytes();
      CanonicalHash hash = new CanonicalHash();
      for (int item = random.nextInt(6); item >= 0; item--) {
        Value value = Values.random(random, 3);
        long number = random.nextLong() >>> random.nextInt(Long.SIZE);
        for (CanonicalWriter out : new CanonicalWriter[] {bytes, hash}) {
          out.varint(number);
          out.value(value);
          out.bytes(new byte[item * 7]);
        }
      }
      assertEquals(CanonicalHash.hash(bytes.toByteArray()), hash.value());
    }
  }
}
