package dev.plait.bench;

import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.store.StoreBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The changes of one replica in one document, a chunk each, of random bytes. Not thread-safe. */
final class Changes {
  private final String document;
  private final ReplicaId replica;
  private final int bytes;
  private final SplittableRandom random;
  private long last;

  /**
   * The changes of a replica.
   *
   * @param bytes how large each is
   */
  Changes(String document, int replica, int bytes) {
    this.document = document;
    this.replica = Author.id(replica);
    this.bytes = bytes;
    random = new SplittableRandom(replica);
  }

  String document() {
    return document;
  }

  /** How many were put into batches. */
  long count() {
    return last;
  }

  /** The bytes of the next changes. */
  List<byte[]> next(int count) {
    List<byte[]> next = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      byte[] content = new byte[bytes];
      random.nextBytes(content);
      next.add(content);
    }
    return next;
  }

  /** A batch that appends them. */
  StoreBatch batch(List<byte[]> contents) {
    StoreBatch.Builder batch = StoreBatch.builder();
    for (byte[] content : contents) {
      last++;
      batch.append(
          Chunk.of(
              new ChunkHeader(
                  document,
                  replica,
                  last,
                  last,
                  List.of(),
                  new HybridTimestamp(last - 1),
                  new HybridTimestamp(last),
                  new HybridTimestamp(last),
                  0),
              content));
    }
    return batch.clock(new HybridTimestamp(last)).build();
  }
}
