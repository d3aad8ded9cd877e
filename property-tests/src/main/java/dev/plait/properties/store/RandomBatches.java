package dev.plait.properties.store;

import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoredSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Batches of every kind, the same ones for the same seed. Documents, replicas and counters are few,
 * so that batches meet; some names and counters are as long as they get. Not thread-safe.
 */
final class RandomBatches {

  private static final List<String> NAMES =
      List.of("", "d", "d\0", "d/e", "D", "l".repeat(600), "\uff5e", "\ud83d\ude00");

  private static final List<ReplicaId> REPLICAS =
      List.of(
          StoreSamples.LOW,
          ReplicaId.of(1, 1),
          ReplicaId.of(1, -1),
          StoreSamples.MIDDLE,
          StoreSamples.HIGH);

  private final SplittableRandom random;

  private RandomBatches(SplittableRandom random) {
    this.random = random;
  }

  static RandomBatches of(long seed) {
    return new RandomBatches(new SplittableRandom(seed));
  }

  StoreBatch next() {
    StoreBatch.Builder batch = StoreBatch.builder();
    if (random.nextInt(10) == 0) {
      batch.identity(replica());
    }
    if (random.nextInt(4) == 0) {
      batch.clock(StoreSamples.time(random.nextInt(1000)));
    }
    int steps = random.nextInt(7);
    for (int i = 0; i < steps; i++) {
      step(batch);
    }
    if (random.nextInt(6) == 0) {
      batch.snapshot(new StoredSnapshot(name(), version(), bytes()));
    }
    return batch.build();
  }

  private void step(StoreBatch.Builder batch) {
    int kind = random.nextInt(20);
    if (kind == 0) {
      batch.delete(name());
    } else if (kind == 1) {
      batch.forsake(name(), dot());
    } else if (kind < 10) {
      batch.append(chunk());
    } else if (kind < 12) {
      batch.merge(chunk());
    } else if (kind < 14) {
      batch.rewrite(chunk());
    } else if (kind < 17) {
      batch.quarantine(chunk());
    } else if (kind < 19) {
      batch.release(name(), dot());
    } else {
      batch.suspect(name(), dot());
    }
  }

  /** A version that holds some of what the batches hold. */
  VersionVector version() {
    VersionVector version = VersionVector.EMPTY;
    int dots = random.nextInt(REPLICAS.size());
    for (int i = 0; i < dots; i++) {
      version = version.with(dot());
    }
    return version;
  }

  private Chunk chunk() {
    long first = counter();
    long last = first + random.nextInt(5);
    List<Dot> dependencies = new ArrayList<>();
    while (random.nextInt(3) == 0) {
      dependencies.add(dot());
    }
    ChunkHeader header =
        new ChunkHeader(
            name(),
            replica(),
            first,
            last,
            dependencies,
            first == 1 ? HybridTimestamp.ZERO : StoreSamples.time(first - 1),
            StoreSamples.time(first),
            StoreSamples.time(last),
            random.nextInt(3));
    return Chunk.of(header, bytes());
  }

  private String name() {
    return NAMES.get(random.nextInt(NAMES.size()));
  }

  private ReplicaId replica() {
    return REPLICAS.get(random.nextInt(REPLICAS.size()));
  }

  private Dot dot() {
    return new Dot(replica(), counter());
  }

  private long counter() {
    int low = 1 + random.nextInt(10);
    return random.nextInt(20) == 0 ? Long.MAX_VALUE - 20 + low : low;
  }

  private byte[] bytes() {
    byte[] bytes = new byte[random.nextInt(random.nextInt(12) == 0 ? 10_000 : 60)];
    random.nextBytes(bytes);
    return bytes;
  }
}
