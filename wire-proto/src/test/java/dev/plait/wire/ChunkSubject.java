package dev.plait.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.change.ChangeColumns;
import dev.plait.change.Chunk;
import dev.plait.codec.Codec;
import dev.plait.codec.Limits;
import java.util.List;

/** One chunk, header and payload. */
final class ChunkSubject extends DecodedSubject<ChunkSubject.Whole> {
  private static final long PER_BYTE = 400;

  /** Above this many changes they are compared as bytes only. */
  private static final int FEW = 5_000;

  private final Codec codec = WireCodec.create();

  ChunkSubject(List<byte[]> samples) {
    super("chunk", samples, Sealed.CHUNK, PER_BYTE);
  }

  record Whole(Chunk chunk, ChangeColumns changes) {}

  @Override
  Whole decode(byte[] input) {
    return decode(codec.readChunk(input));
  }

  private Whole decode(Chunk chunk) {
    ChangeColumns changes = new ChangeColumns(chunk.header().replica());
    codec.decodeChunk(chunk, changes);
    return new Whole(chunk, changes);
  }

  @Override
  void verify(byte[] input, Whole whole) {
    assertArrayEquals(input, whole.chunk.bytes());
    verify(whole);
  }

  private void verify(Whole whole) {
    ChangeColumns changes = whole.changes;
    assertEquals(whole.chunk.header().changeCount(), changes.size());
    assertTrue(changes.size() <= Limits.defaults().maxChunkChanges());
    Chunk written = codec.encodeChunk(whole.chunk.header().document(), changes);
    Whole again = decode(written);
    assertEquals(whole.chunk.header(), again.chunk.header());
    assertEquals(
        written, codec.encodeChunk(again.chunk.header().document(), again.changes), "canonical");
    if (changes.size() <= FEW) {
      assertEquals(
          changes.changes(0, changes.size()), again.changes.changes(0, again.changes.size()));
    }
  }
}
