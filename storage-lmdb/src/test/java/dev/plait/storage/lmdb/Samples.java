package dev.plait.storage.lmdb;

import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.store.ChangeStore;
import dev.plait.store.StoreBatch;
import java.util.ArrayList;
import java.util.List;

/** Chunks made by hand. */
final class Samples {

  static final ReplicaId REPLICA = ReplicaId.of(0x0123456789abcdefL, -2);

  private Samples() {}

  static Chunk chunk(String document, long counter, int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (counter + i);
    }
    ChunkHeader header =
        new ChunkHeader(
            document,
            REPLICA,
            counter,
            counter,
            List.of(new Dot(ReplicaId.of(7, 7), counter)),
            HybridTimestamp.ZERO,
            HybridTimestamp.MIN_VALID,
            HybridTimestamp.MAX_VALID,
            0);
    return Chunk.of(header, bytes);
  }

  static StoreBatch appending(Chunk... chunks) {
    StoreBatch.Builder batch = StoreBatch.builder();
    for (Chunk chunk : chunks) {
      batch.append(chunk);
    }
    return batch.build();
  }

  static List<Chunk> chunks(ChangeStore store, String document) {
    List<Chunk> chunks = new ArrayList<>();
    store.readChunks(document, VersionVector.EMPTY, chunks::add);
    return chunks;
  }
}
