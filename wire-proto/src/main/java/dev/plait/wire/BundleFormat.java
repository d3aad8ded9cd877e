package dev.plait.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.plait.change.Chunk;
import dev.plait.codec.Limits;
import dev.plait.wire.v1.ChunkProto;
import java.util.ArrayList;
import java.util.List;

/** Writes and reads chunks that travel in one piece. May be as large as a snapshot. */
final class BundleFormat {
  private static final String WHAT = "a bundle of chunks";

  private final Limits limits;
  private final ChunkReader chunks;

  BundleFormat(Limits limits) {
    this.limits = limits;
    this.chunks = new ChunkReader(limits);
  }

  byte[] write(List<Chunk> bundled) {
    ChunkProto.Bundle.Builder written =
        ChunkProto.Bundle.newBuilder().setVersion(FormatVersion.CURRENT);
    bundled.forEach(chunk -> written.addChunks(UnsafeByteOperations.unsafeWrap(chunk.bytes())));
    return MessageBytes.write(limits, WHAT, limits.maxSnapshotBytes(), written.build());
  }

  List<Chunk> read(byte[] bytes) {
    ChunkProto.Bundle written =
        MessageBytes.read(
            limits,
            WHAT,
            limits.maxSnapshotBytes(),
            bytes,
            ChunkProto.Bundle.getDescriptor(),
            ChunkProto.Bundle.parser());
    FormatVersion.check(written.getVersion());
    List<Chunk> bundled = new ArrayList<>(written.getChunksCount());
    for (ByteString chunk : written.getChunksList()) {
      bundled.add(chunks.readHeader(chunk.toByteArray()));
    }
    return List.copyOf(bundled);
  }
}
