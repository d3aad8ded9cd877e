package dev.plait.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plait.change.Snapshot;
import dev.plait.codec.Codec;
import java.util.List;

/** One snapshot. */
final class SnapshotSubject extends DecodedSubject<Snapshot> {
  private static final long PER_BYTE = 400;

  private final Codec codec = WireCodec.create();

  SnapshotSubject(List<byte[]> samples) {
    super("snapshot", samples, Sealed.SNAPSHOT, PER_BYTE);
  }

  @Override
  Snapshot decode(byte[] input) {
    return codec.decodeSnapshot(input);
  }

  @Override
  void verify(byte[] input, Snapshot snapshot) {
    byte[] written = codec.encodeSnapshot(snapshot);
    Snapshot again = codec.decodeSnapshot(written);
    assertEquals(snapshot, again);
    assertArrayEquals(written, codec.encodeSnapshot(again), "canonical");
  }
}
