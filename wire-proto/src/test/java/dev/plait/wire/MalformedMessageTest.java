package dev.plait.wire;

import static dev.plait.codec.ProtocolException.INVALID_CHANGE;
import static dev.plait.codec.ProtocolException.LIMIT_EXCEEDED;
import static dev.plait.codec.ProtocolException.MALFORMED;
import static dev.plait.codec.ProtocolException.UNSUPPORTED_VERSION;
import static dev.plait.codec.ProtocolException.WRONG_DOCUMENT;

import com.google.protobuf.ByteString;
import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.codec.Codec;
import dev.plait.wire.v1.PlaitProto;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class MalformedMessageTest {
  private final Codec codec = WireCodec.create();

  private void refused(String code, Consumer<PlaitProto.Message.Builder> making) {
    PlaitProto.Message.Builder message = PlaitProto.Message.newBuilder();
    making.accept(message);
    byte[] frame = message.build().toByteArray();
    Expect.refused(code, () -> codec.decodeMessage(frame));
  }

  @Test
  void kindIsRequiredAndKnown() {
    Expect.refused(MALFORMED, () -> codec.decodeMessage(new byte[0]));
    Expect.refused(UNSUPPORTED_VERSION, () -> codec.decodeMessage(new byte[] {(14 << 3) | 2, 0}));
  }

  @Test
  void helloNamesVersionAndReplica() {
    refused(
        MALFORMED,
        message -> message.getHelloBuilder().setReplica(ReplicaBytes.write(Samples.ADA)));
    refused(MALFORMED, message -> message.getHelloBuilder().setProtocolVersion(1));
    refused(
        MALFORMED,
        message ->
            message
                .getHelloBuilder()
                .setProtocolVersion(-1)
                .setReplica(ReplicaBytes.write(Samples.ADA)));
  }

  @Test
  void versionsAscend() {
    for (List<Dot> dots :
        List.of(
            List.of(new Dot(Samples.BOB, 1), new Dot(Samples.ADA, 1)),
            List.of(new Dot(Samples.ADA, 1), new Dot(Samples.ADA, 2)))) {
      refused(
          MALFORMED,
          message -> message.getHaveBuilder().setDocument("x").setVersion(DotColumns.write(dots)));
    }
    refused(
        INVALID_CHANGE,
        message ->
            message
                .getHaveBuilder()
                .setDocument("x")
                .setVersion(
                    PlaitProto.Dots.newBuilder()
                        .setReplicas(ReplicaBytes.write(Samples.ADA))
                        .addCounters(0)));
    refused(
        MALFORMED,
        message ->
            message
                .getHaveBuilder()
                .setDocument("x")
                .setVersion(PlaitProto.Dots.newBuilder().addCounters(1)));
  }

  @Test
  void documentNameHasALimit() {
    String tooLong = "x".repeat(1_025);
    refused(LIMIT_EXCEEDED, message -> message.getHaveBuilder().setDocument(tooLong));
    refused(LIMIT_EXCEEDED, message -> message.getChangesBuilder().setDocument(tooLong));
    refused(LIMIT_EXCEEDED, message -> message.getSnapshotPartBuilder().setDocument(tooLong));
    refused(LIMIT_EXCEEDED, message -> message.getFailureBuilder().setCode(tooLong));
  }

  @Test
  void chunksAreOfTheDocument() {
    Chunk chunk = codec.encodeChunk("another", List.of(Samples.keystroke()));
    refused(
        WRONG_DOCUMENT,
        message ->
            message
                .getChangesBuilder()
                .setDocument(Samples.DOCUMENT)
                .addChunks(ByteString.copyFrom(chunk.bytes())));
    refused(
        MALFORMED,
        message ->
            message
                .getChangesBuilder()
                .setDocument(Samples.DOCUMENT)
                .addChunks(ByteString.copyFromUtf8("\n")));
  }

  @Test
  void sessionsAreNumbered() {
    refused(MALFORMED, message -> message.setSession(-1).getByeBuilder());
    refused(
        MALFORMED,
        message ->
            message
                .setSession(1)
                .getHelloBuilder()
                .setProtocolVersion(1)
                .setSession(1)
                .setReplica(ReplicaBytes.write(Samples.ADA)));
    refused(
        MALFORMED,
        message ->
            message
                .getHelloBuilder()
                .setProtocolVersion(1)
                .setReplica(ReplicaBytes.write(Samples.ADA)));
  }

  @Test
  void documentsHaveNames() {
    refused(MALFORMED, message -> message.getHaveBuilder());
    refused(MALFORMED, message -> message.getChangesBuilder());
    refused(MALFORMED, message -> message.getSnapshotPartBuilder());
    refused(MALFORMED, message -> message.getWantBuilder().setSerial(1).addDocuments(""));
    refused(
        MALFORMED,
        message -> message.getPresenceBuilder().setReplica(ReplicaBytes.write(Samples.ADA)));
  }

  @Test
  void numbersAreInTheirRange() {
    refused(MALFORMED, message -> message.getWantBuilder());
    refused(MALFORMED, message -> message.getInSyncBuilder().setWant(-1));
    refused(MALFORMED, message -> message.getAckBuilder().setCredit(-1));
    refused(MALFORMED, message -> message.getAckBuilder().setSnapshotBytes(-1));
    refused(LIMIT_EXCEEDED, message -> message.getAckBuilder().setHandle(1 << 16));
    refused(LIMIT_EXCEEDED, message -> message.getNextBuilder().setHandle(-1).setCounter(2));
    refused(MALFORMED, message -> message.getNextBuilder().setCounter(1));
    refused(
        MALFORMED,
        message ->
            message.getNextBuilder().setCounter(2).setAuthor(ByteString.copyFromUtf8("abc")));
    refused(MALFORMED, message -> message.getHaveBuilder().setDocument("x").addTimes(1));
  }

  @Test
  void presenceIsSmall() {
    refused(
        LIMIT_EXCEEDED,
        message ->
            message
                .getPresenceBuilder()
                .setDocument("x")
                .setReplica(ReplicaBytes.write(Samples.ADA))
                .setData(ByteString.copyFrom(new byte[4_097])));
    refused(
        MALFORMED,
        message -> message.getPresenceBuilder().setDocument("x").setReplica(ByteString.EMPTY));
  }

  @Test
  void snapshotPartsLieInside() {
    ByteString three = ByteString.copyFrom(new byte[3]);
    refused(
        MALFORMED,
        message ->
            message
                .getSnapshotPartBuilder()
                .setDocument("x")
                .setOffset(8)
                .setTotalSize(10)
                .setData(three));
    refused(
        MALFORMED,
        message ->
            message.getSnapshotPartBuilder().setDocument("x").setOffset(-1).setTotalSize(10));
    refused(
        MALFORMED,
        message ->
            message
                .getSnapshotPartBuilder()
                .setDocument("x")
                .setOffset(Integer.MAX_VALUE)
                .setTotalSize(10)
                .setData(three));
    refused(
        LIMIT_EXCEEDED,
        message -> message.getSnapshotPartBuilder().setDocument("x").setTotalSize(-1));
    refused(
        LIMIT_EXCEEDED,
        message -> message.getSnapshotPartBuilder().setDocument("x").setTotalSize((1 << 28) + 1));
  }

  @Test
  void framesHaveALimit() {
    byte[] frame = new byte[(1 << 20) + 1];
    Expect.refused(LIMIT_EXCEEDED, () -> codec.decodeMessage(frame));
    Expect.refused(LIMIT_EXCEEDED, () -> codec.readChunk(frame));
  }

  @Test
  void cutOffBytesAreMalformed() {
    byte[] frame =
        codec.encodeMessage(
            new dev.plait.message.SyncMessage.Changes(
                Samples.DOCUMENT,
                List.of(codec.encodeChunk(Samples.DOCUMENT, Samples.everyOperation()))));
    for (int length = 0; length < frame.length; length++) {
      byte[] cut = Arrays.copyOf(frame, length);
      Expect.refused(MALFORMED, () -> codec.decodeMessage(cut));
    }
  }

  @Test
  void bundlesHaveAVersion() {
    Expect.refused(MALFORMED, () -> codec.decodeBundle(new byte[0]));
    byte[] newer = PlaitProto.Bundle.newBuilder().setVersion(2).build().toByteArray();
    Expect.refused(UNSUPPORTED_VERSION, () -> codec.decodeBundle(newer));
    byte[] broken =
        PlaitProto.Bundle.newBuilder()
            .setVersion(1)
            .addChunks(ByteString.EMPTY)
            .build()
            .toByteArray();
    Expect.refused(MALFORMED, () -> codec.decodeBundle(broken));
  }
}
