package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;
import static dev.plait.wire.Direction.ENCODING;

import dev.plait.change.ChangeColumns;
import dev.plait.change.Chunk;
import dev.plait.codec.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/** Writes and reads chunks that travel in one piece. May be as large as a snapshot. */
final class BundleFormat {
  private static final int VERSION = 1;
  private static final int CHUNKS = 2;

  private final Limits limits;
  private final ChunkReader chunks;

  BundleFormat(Limits limits) {
    this.limits = limits;
    this.chunks = new ChunkReader(limits);
  }

  byte[] write(List<Chunk> bundled) {
    if (bundled.size() > limits.maxListLength()) {
      throw ENCODING.tooMuch("a bundle has more than " + limits.maxListLength() + " chunks");
    }
    long size = 0;
    for (Chunk chunk : bundled) {
      size += chunk.size();
    }
    checkSize(ENCODING, size);
    ProtoWriter written = new ProtoWriter((int) size + 16);
    written.number(VERSION, FormatVersion.CURRENT);
    for (Chunk chunk : bundled) {
      written.bytes(CHUNKS, chunk.bytes(), chunk.size());
    }
    checkSize(ENCODING, written.size());
    return written.toBytes();
  }

  private void checkSize(Direction direction, long size) {
    if (size > limits.maxSnapshotBytes()) {
      throw direction.tooMuch(
          "a bundle of chunks takes " + size + " bytes; at most " + limits.maxSnapshotBytes());
    }
  }

  List<Chunk> read(byte[] bytes) {
    List<Chunk> bundled = new ArrayList<>();
    walk(
        bytes,
        (number, from, to) -> bundled.add(chunks.readHeader(Arrays.copyOfRange(bytes, from, to))));
    return List.copyOf(bundled);
  }

  int read(byte[] bytes, String document, IntFunction<ChangeColumns> into) {
    return walk(
        bytes, (number, from, to) -> chunks.read(bytes, from, to, document, into.apply(number)));
  }

  private interface Visitor {
    void chunk(int number, int from, int to);
  }

  private int walk(byte[] bytes, Visitor visitor) {
    checkSize(DECODING, bytes.length);
    ProtoReader in = new ProtoReader(bytes, 0, bytes.length);
    int tag = in.tag();
    if (tag == ProtoReader.varintTag(VERSION)) {
      FormatVersion.check(in.smallNumber());
      tag = in.tag();
    } else {
      in.end(tag, "Bundle", CHUNKS);
      FormatVersion.check(0);
    }
    int count = 0;
    while (tag == ProtoReader.bytesTag(CHUNKS)) {
      if (count == limits.maxListLength()) {
        throw DECODING.tooMuch("a bundle has more than " + limits.maxListLength() + " chunks");
      }
      int end = in.contentEnd();
      visitor.chunk(count, in.position(), end);
      in.skipTo(end);
      count++;
      tag = in.tag();
    }
    in.end(tag, "Bundle", CHUNKS);
    return count;
  }
}
