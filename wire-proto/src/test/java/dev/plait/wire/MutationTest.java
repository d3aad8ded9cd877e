package dev.plait.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.plait.change.Change;
import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.change.Snapshot;
import dev.plait.codec.Codec;
import dev.plait.codec.ProtocolException;
import dev.plait.message.SyncMessage;
import dev.plait.wire.v1.PlaitProto;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Damaged bytes are refused with a {@link ProtocolException}, or they say something else that keeps
 * to all rules: then encoding it again loses nothing. Any other exception fails the test.
 */
class MutationTest {
  private static final int ROUNDS = 6_000;

  private final Codec codec = WireCodec.create();
  private int accepted;
  private int refused;

  private <T> void attempt(Supplier<T> decoding, Consumer<T> checking) {
    T decoded;
    try {
      decoded = decoding.get();
    } catch (ProtocolException e) {
      refused++;
      return;
    }
    accepted++;
    checking.accept(decoded);
  }

  private void assertBothHappened() {
    assertTrue(accepted > 20, () -> accepted + " accepted");
    assertTrue(refused > ROUNDS / 4, () -> refused + " refused");
  }

  private record Whole(ChunkHeader header, List<Change> changes) {}

  private void attemptChunk(byte[] bytes) {
    attempt(
        () -> {
          Chunk chunk = codec.readChunk(bytes);
          return new Whole(chunk.header(), codec.decodeChunk(chunk));
        },
        whole -> {
          Chunk again = codec.encodeChunk(whole.header().document(), whole.changes());
          assertEquals(whole.header(), again.header());
          assertEquals(whole.changes(), codec.decodeChunk(again));
        });
  }

  private void attemptSnapshot(byte[] bytes) {
    attempt(
        () -> codec.decodeSnapshot(bytes),
        snapshot -> assertEquals(snapshot, codec.decodeSnapshot(codec.encodeSnapshot(snapshot))));
  }

  private void attemptMessage(byte[] frame) {
    attempt(
        () -> codec.decodeMessage(frame),
        message -> assertEquals(message, codec.decodeMessage(codec.encodeMessage(message))));
  }

  private void attemptBundle(byte[] bytes) {
    attempt(
        () -> codec.decodeBundle(bytes),
        chunks -> assertEquals(chunks, codec.decodeBundle(codec.encodeBundle(chunks))));
  }

  @Test
  void damagedChunksAreRefusedOrWhole() {
    Random random = new Random(1);
    for (int round = 0; round < ROUNDS; round++) {
      List<Change> changes =
          round % 3 == 0 ? Samples.everyOperation() : new RandomSamples(round).changes();
      byte[] bytes = codec.encodeChunk(Samples.DOCUMENT, changes).bytes();
      attemptChunk(Mutation.of(bytes, random));
    }
    assertBothHappened();
  }

  @Test
  void damagedPayloadsAreRefusedOrWhole() throws InvalidProtocolBufferException {
    Random random = new Random(2);
    for (int round = 0; round < ROUNDS; round++) {
      List<Change> changes =
          round % 3 == 0 ? Samples.everyOperation() : new RandomSamples(round).changes();
      PlaitProto.Chunk chunk =
          PlaitProto.Chunk.parseFrom(codec.encodeChunk(Samples.DOCUMENT, changes).bytes());
      byte[] payload = Mutation.of(Tampering.inflated(chunk), random);
      byte[] bytes =
          chunk.toBuilder()
              .setPayload(ByteString.copyFrom(payload))
              .clearInflated()
              .build()
              .toByteArray();
      attemptChunk(bytes);
    }
    assertBothHappened();
  }

  @Test
  void damagedSnapshotsAreRefusedOrWhole() {
    Random random = new Random(3);
    for (int round = 0; round < ROUNDS; round++) {
      Snapshot snapshot =
          round % 3 == 0 ? Samples.snapshot() : new RandomSnapshots(round).snapshot();
      byte[] bytes = Mutation.of(codec.encodeSnapshot(snapshot), random);
      attemptSnapshot(bytes);
    }
    assertBothHappened();
  }

  @Test
  void damagedMessagesAreRefusedOrWhole() {
    Random random = new Random(4);
    List<SyncMessage> messages = Samples.messages(codec);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] frame =
          Mutation.of(codec.encodeMessage(messages.get(round % messages.size())), random);
      attemptMessage(frame);
    }
    assertBothHappened();
  }

  @Test
  void damagedBundlesAreRefusedOrWhole() {
    Random random = new Random(5);
    Chunk chunk = codec.encodeChunk(Samples.DOCUMENT, Samples.everyOperation());
    byte[] bundle = codec.encodeBundle(List.of(chunk, chunk));
    for (int round = 0; round < ROUNDS; round++) {
      attemptBundle(Mutation.of(bundle, random));
    }
    assertBothHappened();
  }

  @Test
  void noiseIsRefused() {
    Random random = new Random(6);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] noise = new byte[random.nextInt(60)];
      random.nextBytes(noise);
      attemptMessage(noise);
      attemptChunk(noise);
      attemptSnapshot(noise);
      attemptBundle(noise);
    }
    assertTrue(refused > 3 * ROUNDS, () -> refused + " refused");
  }
}
