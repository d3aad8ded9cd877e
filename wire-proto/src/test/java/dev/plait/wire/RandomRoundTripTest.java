package dev.plait.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plait.change.Change;
import dev.plait.change.Chunk;
import dev.plait.change.Snapshot;
import dev.plait.codec.Codec;
import java.util.List;
import org.junit.jupiter.api.Test;

class RandomRoundTripTest {
  private static final int ROUNDS = 1_500;

  private final Codec codec = WireCodec.create();

  @Test
  void changesSurvive() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      List<Change> changes = new RandomSamples(seed).changes();
      Chunk chunk = codec.encodeChunk(Samples.DOCUMENT, changes);
      assertEquals(changes, codec.decodeChunk(codec.readChunk(chunk.bytes())), "seed " + seed);
      assertEquals(chunk, codec.encodeChunk(Samples.DOCUMENT, codec.decodeChunk(chunk)));
    }
  }

  @Test
  void longChunksSurvive() {
    for (int seed = 0; seed < ROUNDS / 50; seed++) {
      List<Change> changes = new RandomSamples(seed).changes(100, 30);
      Chunk chunk = codec.encodeChunk(Samples.DOCUMENT, changes);
      assertEquals(changes, codec.decodeChunk(chunk), "seed " + seed);
    }
  }

  @Test
  void snapshotsSurvive() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      Snapshot snapshot = new RandomSnapshots(seed).snapshot();
      byte[] bytes = codec.encodeSnapshot(snapshot);
      assertEquals(snapshot, codec.decodeSnapshot(bytes), "seed " + seed);
      assertArrayEquals(bytes, codec.encodeSnapshot(codec.decodeSnapshot(bytes)));
    }
  }
}
