package dev.plait.wire;

import static dev.plait.wire.Direction.ENCODING;

import dev.plait.change.Chunk;
import dev.plait.codec.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes and reads chunks that travel in one piece. May be as large as a snapshot. */
final class BundleFormat {
  static final int VERSION = 1;
  static final int CHUNKS = 2;

  private final Limits limits;

  BundleFormat(Limits limits) {
    this.limits = limits;
  }

  byte[] write(List<Chunk> bundled) {
    if (bundled.size() > limits.maxListLength()) {
      throw ENCODING.tooMuch("a bundle has more than " + limits.maxListLength() + " chunks");
    }
    long size = 0;
    for (Chunk chunk : bundled) {
      size += chunk.size();
    }
    checkSize(limits, ENCODING, size);
    ProtoWriter written = new ProtoWriter((int) size + 16);
    written.number(VERSION, FormatVersion.CURRENT);
    for (Chunk chunk : bundled) {
      written.bytes(CHUNKS, chunk.bytes(), chunk.size());
    }
    checkSize(limits, ENCODING, written.size());
    return written.toBytes();
  }

  static void checkSize(Limits limits, Direction direction, long size) {
    if (size > limits.maxSnapshotBytes()) {
      throw direction.tooMuch(
          "a bundle of chunks takes " + size + " bytes; at most " + limits.maxSnapshotBytes());
    }
  }

  List<Chunk> read(byte[] bytes) {
    List<Chunk> bundled = new ArrayList<>();
    BundleReader reader = new BundleReader(limits);
    reader.start(bytes);
    while (reader.next()) {
      byte[] chunk = Arrays.copyOfRange(bytes, reader.from(), reader.to());
      bundled.add(ChunkReader.readHeader(limits, chunk));
    }
    return List.copyOf(bundled);
  }
}
