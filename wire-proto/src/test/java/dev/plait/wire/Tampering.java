package dev.plait.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.plait.change.Change;
import dev.plait.change.Snapshot;
import dev.plait.codec.Codec;
import dev.plait.codec.Limits;
import dev.plait.wire.v1.PlaitProto;
import java.util.List;
import java.util.function.Consumer;

/** Encodes something valid, then changes a part of it behind the codec's back. */
final class Tampering {
  private final Codec codec = WireCodec.create();

  /** The bytes of a chunk after its header was changed. */
  byte[] header(List<Change> changes, Consumer<PlaitProto.ChunkHeader.Builder> tamper) {
    PlaitProto.Chunk.Builder chunk = chunk(changes);
    tamper.accept(chunk.getHeaderBuilder());
    return chunk.build().toByteArray();
  }

  /** The bytes of a chunk after its payload was changed. */
  byte[] payload(List<Change> changes, Consumer<PlaitProto.ChunkPayload.Builder> tamper) {
    PlaitProto.ChunkPayload.Builder payload = payload(changes).toBuilder();
    tamper.accept(payload);
    return payload(changes, payload.build().toByteString());
  }

  /** The payload of a chunk of these changes. */
  PlaitProto.ChunkPayload payload(List<Change> changes) {
    try {
      return PlaitProto.ChunkPayload.parseFrom(inflated(chunk(changes)));
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  /** The bytes of a chunk with this instead of its payload. */
  byte[] payload(List<Change> changes, ByteString payload) {
    return chunk(changes).setPayload(payload).clearInflated().build().toByteArray();
  }

  /** The payload of a chunk as it was before it was deflated. */
  static byte[] inflated(PlaitProto.ChunkOrBuilder chunk) {
    return inflated(chunk.getPayload(), chunk.getInflated());
  }

  private static byte[] inflated(ByteString bytes, int size) {
    byte[] deflated = bytes.toByteArray();
    return size == 0
        ? deflated
        : Deflation.inflate(
            Limits.defaults(), deflated, 0, deflated.length, size, Integer.MAX_VALUE, "it");
  }

  /** The bytes of a chunk after it was changed. */
  byte[] chunk(List<Change> changes, Consumer<PlaitProto.Chunk.Builder> tamper) {
    PlaitProto.Chunk.Builder chunk = chunk(changes);
    tamper.accept(chunk);
    return chunk.build().toByteArray();
  }

  private PlaitProto.Chunk.Builder chunk(List<Change> changes) {
    byte[] bytes = codec.encodeChunk(Samples.DOCUMENT, changes).bytes();
    try {
      return PlaitProto.Chunk.parseFrom(bytes).toBuilder();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  /** The body of a snapshot as it was before it was deflated. */
  static byte[] inflated(PlaitProto.SnapshotOrBuilder snapshot) {
    return inflated(snapshot.getBody(), snapshot.getInflated());
  }

  /** The bytes of a snapshot after its body was changed. */
  byte[] snapshotBody(Snapshot snapshot, Consumer<PlaitProto.SnapshotBody.Builder> tamper) {
    return snapshot(
        snapshot,
        written -> {
          try {
            PlaitProto.SnapshotBody.Builder body =
                PlaitProto.SnapshotBody.parseFrom(inflated(written)).toBuilder();
            tamper.accept(body);
            written.setBody(body.build().toByteString()).clearInflated();
          } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
          }
        });
  }

  /** The bytes of a snapshot after it was changed. */
  byte[] snapshot(Snapshot snapshot, Consumer<PlaitProto.Snapshot.Builder> tamper) {
    try {
      PlaitProto.Snapshot.Builder written =
          PlaitProto.Snapshot.parseFrom(codec.encodeSnapshot(snapshot)).toBuilder();
      tamper.accept(written);
      return written.build().toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
