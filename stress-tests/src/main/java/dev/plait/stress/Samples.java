package dev.plait.stress;

import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.store.StoreBatch;
import java.util.List;

/** What the races use. */
final class Samples {
  static final long NOW_MILLIS = 1_800_000_000_000L;
  static final ReplicaId LOW = ReplicaId.of(1, 1);
  static final ReplicaId HIGH = ReplicaId.of(2, 2);

  private Samples() {}

  /** The first change of a replica in each of these documents. */
  static StoreBatch batch(ReplicaId author, String... documents) {
    StoreBatch.Builder batch = StoreBatch.builder();
    HybridTimestamp time = HybridTimestamp.of(NOW_MILLIS, 0);
    for (String document : documents) {
      ChunkHeader header =
          new ChunkHeader(document, author, 1, 1, List.of(), HybridTimestamp.ZERO, time, time, 0);
      batch.append(Chunk.of(header, new byte[] {1}));
    }
    return batch.build();
  }
}
