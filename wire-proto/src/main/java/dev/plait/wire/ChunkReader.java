package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

import dev.plait.change.ChangeColumns;
import dev.plait.change.Chunk;
import dev.plait.codec.Limits;
import org.jspecify.annotations.Nullable;

/** Reads chunks, one after another. Not thread-safe. */
final class ChunkReader {
  /** What a message adds to the one chunk and the document name in it, rounded up. */
  private static final int MESSAGE_BYTES = 64;

  private final Limits limits;
  private final ChunkFrame frame;
  private final PayloadReader payloads;

  ChunkReader(Limits limits) {
    this.limits = limits;
    this.frame = new ChunkFrame(limits);
    this.payloads = new PayloadReader(limits);
  }

  /** How large a chunk may be, so that what was made can also be sent. */
  static int maxChunkBytes(Limits limits) {
    return limits.maxFrameBytes() - limits.maxNameBytes() - MESSAGE_BYTES;
  }

  /** Reads the header; the payload may be anything. */
  static Chunk readHeader(Limits limits, byte[] bytes) {
    ChunkFrame frame = new ChunkFrame(limits);
    checkSize(limits, bytes.length);
    frame.read(bytes, 0, bytes.length, null);
    return Chunk.of(frame.header(), bytes);
  }

  private static void checkSize(Limits limits, int size) {
    if (size > maxChunkBytes(limits)) {
      throw DECODING.tooMuch("a chunk takes " + size + " bytes; at most " + maxChunkBytes(limits));
    }
  }

  /**
   * Reads all changes of the chunk between these offsets.
   *
   * @param document the document it must belong to; null if any may be
   */
  void read(byte[] bytes, int from, int to, @Nullable String document, ChangeColumns into) {
    if (!readIfKnown(bytes, from, to, document, into)) {
      throw DECODING.unsupported(
          "the payload of a chunk has revision "
              + frame.revision()
              + ", this release reads up to "
              + FormatVersion.REVISION
              + "; keep the chunk for a newer one");
    }
  }

  /**
   * Reads all changes, as {@link #read}, if the payload is of a revision that this release knows.
   *
   * @return whether it is
   */
  boolean readIfKnown(
      byte[] bytes, int from, int to, @Nullable String document, ChangeColumns into) {
    checkSize(limits, to - from);
    frame.read(bytes, from, to, document);
    if (!ChunkFrame.canRead(frame.revision())) {
      return false;
    }
    if (frame.inflated() == 0) {
      payloads.read(frame, bytes, frame.payloadStart(), frame.payloadEnd(), into);
    } else {
      readInflated(bytes, into);
    }
    return true;
  }

  /** What is deflated can be large; the readers that are kept shall not hold on to it. */
  private void readInflated(byte[] bytes, ChangeColumns into) {
    byte[] inflated =
        Deflation.inflate(
            limits,
            bytes,
            frame.payloadStart(),
            frame.payloadEnd(),
            frame.inflated(),
            limits.maxPayloadBytes(),
            "the payload of a chunk");
    new PayloadReader(limits).read(frame, inflated, 0, inflated.length, into);
  }
}
