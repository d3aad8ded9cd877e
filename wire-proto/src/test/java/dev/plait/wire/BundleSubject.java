package dev.plait.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.plait.change.Chunk;
import dev.plait.codec.Codec;
import java.util.List;

/** Chunks in one piece, taken apart and not looked into. */
final class BundleSubject extends DecodedSubject<List<Chunk>> {
  private static final long PER_BYTE = 100;

  private final Codec codec = WireCodec.create();

  BundleSubject(List<byte[]> samples) {
    super("bundle", samples, null, PER_BYTE);
  }

  @Override
  List<Chunk> decode(byte[] input) {
    return codec.decodeBundle(input);
  }

  @Override
  void verify(byte[] input, List<Chunk> chunks) {
    assertArrayEquals(input, codec.encodeBundle(chunks), "not what a writer writes");
  }
}
