package dev.plait.properties.value;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.canonical.CanonicalBytes;
import dev.plait.canonical.CanonicalHash;
import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.document.Document;
import dev.plait.value.Unicode;
import dev.plait.value.Value;
import dev.plait.wire.WireCodec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Data: its order, its canonical bytes, and its way over the wire. */
class ValueProperties {

  @Provide
  Arbitrary<Value> values() {
    return PlaitArbitraries.values();
  }

  @Provide
  Arbitrary<String> texts() {
    return PlaitArbitraries.texts(8);
  }

  @Property
  void valuesAreTotallyOrdered(
      @ForAll @From("values") Value a,
      @ForAll @From("values") Value b,
      @ForAll @From("values") Value c) {
    assertEquals(Integer.signum(a.compareTo(b)), -Integer.signum(b.compareTo(a)));
    Value[] sorted = {a, b, c};
    Arrays.sort(sorted);
    assertTrue(sorted[0].compareTo(sorted[1]) <= 0);
    assertTrue(sorted[1].compareTo(sorted[2]) <= 0);
    assertTrue(sorted[0].compareTo(sorted[2]) <= 0);
  }

  @Property
  void valuesAreEqualExactlyIfTheirCanonicalBytesAre(
      @ForAll @From("values") Value a, @ForAll @From("values") Value b) {
    boolean equal = a.equals(b);
    assertEquals(equal, a.compareTo(b) == 0);
    assertEquals(equal, Arrays.equals(canonical(a), canonical(b)));
    assertTrue(!equal || a.hashCode() == b.hashCode());
  }

  @Property
  void theCanonicalSizeIsThatOfTheCanonicalBytes(@ForAll @From("values") Value value) {
    byte[] bytes = canonical(value);
    assertEquals(bytes.length, value.canonicalSize());
    CanonicalHash hash = new CanonicalHash();
    hash.value(value);
    assertEquals(CanonicalHash.hash(bytes), hash.value());
  }

  @Property
  void aValueArrivesAsItWasSent(@ForAll @From("values") Value value) {
    Document from = document(1);
    Document to = document(2);
    from.transact(tx -> tx.list("l").append(value));
    to.apply(from.changesSince(VersionVector.empty()));
    assertEquals(value, to.list("l").get(0));
    Document opened = document(3);
    opened.join(to.encodedSnapshot());
    assertEquals(value, opened.list("l").get(0));
    assertArrayEquals(from.canonicalBytes(), opened.canonicalBytes());
  }

  @Property
  void textsAreOrderedAsTheirUtf8Bytes(
      @ForAll @From("texts") String a, @ForAll @From("texts") String b) {
    byte[] bytesA = a.getBytes(StandardCharsets.UTF_8);
    byte[] bytesB = b.getBytes(StandardCharsets.UTF_8);
    int expected = Integer.signum(Arrays.compareUnsigned(bytesA, bytesB));
    assertEquals(expected, Integer.signum(Unicode.CODE_POINT_ORDER.compare(a, b)));
    assertEquals(expected, Integer.signum(Value.of(a).compareTo(Value.of(b))));
    assertEquals(bytesA.length, Unicode.utf8Length(a));
  }

  private static byte[] canonical(Value value) {
    CanonicalBytes out = new CanonicalBytes();
    out.value(value);
    return out.toByteArray();
  }

  private static Document document(int replica) {
    return Document.builder("doc", ReplicaId.of(0, replica))
        .clock(HybridLogicalClock.builder(() -> 1_800_000_000_000L).build())
        .codec(WireCodec.create())
        .build();
  }
}
