package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

import dev.plait.change.ChangeColumns;
import dev.plait.change.Chunk;
import dev.plait.clock.ReplicaId;
import dev.plait.codec.Limits;
import org.jspecify.annotations.Nullable;

/** Reads chunks. */
final class ChunkReader {
  /** What a message adds to the one chunk and the document name in it, rounded up. */
  private static final int MESSAGE_BYTES = 64;

  private static final ReplicaId NOBODY = ReplicaId.of(0, 0);

  private final Limits limits;

  ChunkReader(Limits limits) {
    this.limits = limits;
  }

  /** How large a chunk may be, so that what was made can also be sent. */
  static int maxChunkBytes(Limits limits) {
    return limits.maxFrameBytes() - limits.maxNameBytes() - MESSAGE_BYTES;
  }

  /** Reads the header; the payload may be anything. */
  Chunk readHeader(byte[] bytes) {
    return Chunk.of(frame(bytes, 0, bytes.length, null, NOBODY).header(), bytes);
  }

  private ChunkFrame frame(
      byte[] bytes, int from, int to, @Nullable String document, ReplicaId known) {
    if (to - from > maxChunkBytes(limits)) {
      throw DECODING.tooMuch(
          "a chunk takes " + (to - from) + " bytes; at most " + maxChunkBytes(limits));
    }
    return new ChunkFrame(limits, bytes, from, to, document, known);
  }

  /**
   * Reads all changes of the chunk between these offsets.
   *
   * @param document the document it must belong to; null if any may be
   */
  void read(byte[] bytes, int from, int to, @Nullable String document, ChangeColumns into) {
    ChunkFrame frame = frame(bytes, from, to, document, into.replica());
    PayloadReader payload = new PayloadReader(limits, frame, into);
    if (frame.inflated() == 0) {
      payload.read(bytes, frame.payloadStart(), frame.payloadEnd());
      return;
    }
    byte[] inflated =
        Deflation.inflate(
            limits,
            bytes,
            frame.payloadStart(),
            frame.payloadEnd(),
            frame.inflated(),
            limits.maxPayloadBytes(),
            "the payload of a chunk");
    payload.read(inflated, 0, inflated.length);
  }
}
