package dev.plait.sync;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.plait.clock.Dot;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.codec.ProtocolException;
import dev.plait.message.SyncMessage.SnapshotPart;
import dev.plait.store.StoredSnapshot;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SnapshotAssemblyTest {

  private static final byte[] WHOLE = new byte[95];

  static {
    new Random(1).nextBytes(WHOLE);
  }

  private final SnapshotAssembly assembly = new SnapshotAssembly(Ends.limits(20, 1));

  private static VersionVector version(long counter) {
    return VersionVector.of(new Dot(ReplicaId.of(0, 1), counter));
  }

  private static SnapshotPart part(long version, int offset, int end) {
    return new SnapshotPart(
        "doc", version(version), offset, WHOLE.length, Arrays.copyOfRange(WHOLE, offset, end));
  }

  private void refuses(String code, SnapshotPart part) {
    assertEquals(code, assertThrows(ProtocolException.class, () -> assembly.add(part)).code());
  }

  private static void assertWhole(long version, @Nullable StoredSnapshot snapshot) {
    assertNotNull(snapshot);
    assertEquals("doc", snapshot.document());
    assertEquals(version(version), snapshot.version());
    assertArrayEquals(WHOLE, snapshot.bytes());
  }

  @Test
  void takesPartsInAnyOrderAndMoreThanOnce() {
    assertNull(assembly.add(part(1, 50, 95)));
    assertNull(assembly.add(part(1, 0, 20)));
    assertNull(assembly.add(part(1, 50, 95)));
    assertNull(assembly.add(part(1, 0, 20)));

    assertWhole(1, assembly.add(part(1, 20, 50)));
  }

  @Test
  void prefixGrowsOverPartsThatCameBeforeTheirTurn() {
    assembly.add(part(1, 20, 50));
    assertEquals(0, assembly.prefix("doc"));
    assembly.add(part(1, 0, 20));
    assertEquals(50, assembly.prefix("doc"));
    assertEquals(0, assembly.prefix("other"));

    assembly.add(part(2, 20, 50));

    assertEquals(0, assembly.prefix("doc"));
  }

  @Test
  void takesASnapshotInOnePart() {
    assertWhole(1, assembly.add(part(1, 0, 95)));
  }

  @Test
  void ignoresPartsOfAnOlderVersion() {
    assembly.add(part(2, 0, 20));
    assertNull(assembly.add(part(1, 0, 95)));

    assertWhole(2, assembly.add(part(2, 20, 95)));
  }

  @Test
  void beginsAnewWithANewerVersion() {
    assembly.add(part(1, 0, 20));
    assertNull(assembly.add(part(2, 20, 95)));

    assertWhole(2, assembly.add(part(2, 0, 20)));
  }

  @Test
  void beginsAnewWithAnotherDocument() {
    assembly.add(part(1, 0, 20));
    assembly.add(new SnapshotPart("other", version(1), 0, 2, new byte[1]));

    assertNull(assembly.add(part(1, 20, 95)));
    assertWhole(1, assembly.add(part(1, 0, 20)));
  }

  @Test
  void beginsAnewAfterTheEnd() {
    assembly.add(part(1, 0, 95));

    assertNull(assembly.add(part(1, 0, 20)));
    assertWhole(1, assembly.add(part(1, 20, 95)));
  }

  @Test
  void refusesPartsOutsideTheWhole() {
    refuses(ProtocolException.MALFORMED, part(1, 20, 20));
    byte[] ten = new byte[10];
    refuses(ProtocolException.MALFORMED, new SnapshotPart("doc", version(1), 86, 95, ten));
    refuses(ProtocolException.MALFORMED, new SnapshotPart("doc", version(1), -1, 95, ten));
    refuses(ProtocolException.MALFORMED, new SnapshotPart("doc", version(1), 0, -1, ten));
    refuses(
        ProtocolException.MALFORMED,
        new SnapshotPart("doc", version(1), Integer.MAX_VALUE, 95, ten));
  }

  @Test
  void refusesPartsThatOverlap() {
    assembly.add(part(1, 20, 50));

    refuses(ProtocolException.MALFORMED, part(1, 20, 49));
    refuses(ProtocolException.MALFORMED, part(1, 20, 51));
    refuses(ProtocolException.MALFORMED, part(1, 49, 60));
    refuses(ProtocolException.MALFORMED, part(1, 10, 21));
    refuses(ProtocolException.MALFORMED, part(1, 25, 30));
    refuses(ProtocolException.MALFORMED, part(1, 10, 60));
    assertNull(assembly.add(part(1, 0, 20)));
    assertWhole(1, assembly.add(part(1, 50, 95)));
  }

  @Test
  void refusesASizeThatChanges() {
    assembly.add(part(1, 0, 20));

    refuses(ProtocolException.MALFORMED, new SnapshotPart("doc", version(1), 30, 96, new byte[10]));
  }

  @Test
  void refusesASnapshotThatIsTooLargeBeforeItTakesMemory() {
    int limit = Ends.SMALL.maxSnapshotBytes();
    assertNull(assembly.add(new SnapshotPart("doc", version(1), 0, limit, new byte[1])));

    refuses(
        ProtocolException.LIMIT_EXCEEDED,
        new SnapshotPart("doc", version(2), 0, limit + 1, new byte[1]));
  }

  @Test
  void refusesMoreScrapsThanAllowed() {
    for (int i = 0; i < 20; i++) {
      assertNull(assembly.add(part(1, i, i + 1)));
    }

    refuses(ProtocolException.LIMIT_EXCEEDED, part(1, 20, 21));
    assertNull(assembly.add(part(1, 19, 20)));
  }
}
