package dev.plait.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.plait.change.Change;
import dev.plait.change.Chunk;
import dev.plait.change.Snapshot;
import dev.plait.codec.Codec;
import dev.plait.wire.v1.PlaitProto;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The generated classes as a second opinion on our own codec: they read what it writes and write
 * the same bytes, and it reads what they write.
 */
class OracleTest {
  private static final int ROUNDS = 1_000;

  private final Codec codec = WireCodec.create();

  private static <M extends Message> M same(byte[] bytes, Parser<M> parser) {
    try {
      M message = parser.parseFrom(bytes);
      assertArrayEquals(bytes, message.toByteArray());
      return message;
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private void assertChunk(List<Change> changes) {
    Chunk written = codec.encodeChunk(Samples.DOCUMENT, changes);
    PlaitProto.Chunk chunk = same(written.bytes(), PlaitProto.Chunk.parser());
    PlaitProto.ChunkPayload payload =
        same(Tampering.inflated(chunk), PlaitProto.ChunkPayload.parser());
    byte[] plain =
        chunk.toBuilder().setPayload(payload.toByteString()).clearInflated().build().toByteArray();
    assertArrayEquals(
        written.bytes(),
        codec.encodeChunk(Samples.DOCUMENT, codec.decodeChunk(codec.readChunk(plain))).bytes());
    same(codec.encodeBundle(List.of(written, written)), PlaitProto.Bundle.parser());
  }

  private void assertSnapshot(Snapshot state) {
    byte[] written = codec.encodeSnapshot(state);
    PlaitProto.Snapshot snapshot = same(written, PlaitProto.Snapshot.parser());
    PlaitProto.SnapshotBody body =
        same(Tampering.inflated(snapshot), PlaitProto.SnapshotBody.parser());
    byte[] plain =
        snapshot.toBuilder().setBody(body.toByteString()).clearInflated().build().toByteArray();
    assertArrayEquals(written, codec.encodeSnapshot(codec.decodeSnapshot(plain)));
  }

  @Test
  void samplesAreWrittenAlike() {
    assertChunk(List.of(Samples.keystroke()));
    assertChunk(Samples.everyOperation());
    assertSnapshot(Samples.snapshot());
  }

  @Test
  void randomChangesAreWrittenAlike() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      assertChunk(new RandomSamples(seed).changes());
      assertChunk(new RandomTyping(seed).changes());
    }
  }

  @Test
  void longChunksAreWrittenAlike() {
    for (int seed = 0; seed < ROUNDS / 50; seed++) {
      assertChunk(new RandomSamples(seed).changes(100, 30));
    }
  }

  @Test
  void randomSnapshotsAreWrittenAlike() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      assertSnapshot(new RandomSnapshots(seed).snapshot());
    }
  }
}
