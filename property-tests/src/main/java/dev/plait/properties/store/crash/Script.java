package dev.plait.properties.store.crash;

import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.store.ChangeStore;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoredSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A sequence of batches that every process makes alike: batch n, from 1, follows from the seed and
 * n alone. Batch n sets the clock to a reading that tells n, so a store tells how much of the
 * sequence it holds. All that a batch can do occurs.
 *
 * @param seed what the batches follow from
 * @param ballast the length of a chunk that each batch has besides, in bytes; 0 for none
 */
record Script(long seed, int ballast) {

  static final List<String> DOCUMENTS =
      List.of("a", "b", "b/1", "b/\u00fc", "document with a longer name", "\ud83d\ude00");

  private static final List<ReplicaId> REPLICAS =
      List.of(ReplicaId.of(1, 0), ReplicaId.of(Long.MAX_VALUE, -1), ReplicaId.of(-2, 7));

  /** Counters a batch has for itself. */
  private static final int STEP = 8;

  private static final int REACH = 10; // batches

  /** How many batches the store holds, by its clock. */
  static long batches(ChangeStore store) {
    return batches(store.clock());
  }

  static long batches(HybridTimestamp clock) {
    return clock.equals(HybridTimestamp.ZERO) ? 0 : clock.bits() - HybridTimestamp.MIN_VALID.bits();
  }

  /** The version that {@link Answers} reads since: some chunks are below it, some above. */
  static VersionVector middle(long batches) {
    VersionVector.Builder middle = VersionVector.builder();
    for (ReplicaId replica : REPLICAS) {
      middle.advance(new Dot(replica, STEP * Math.max(1, batches - REACH)));
    }
    return middle.build();
  }

  /** Batch number {@code n}, from 1. */
  StoreBatch batch(long n) {
    SplittableRandom random = new SplittableRandom(seed ^ n * 0x9e3779b97f4a7c15L);
    StoreBatch.Builder batch = StoreBatch.builder().clock(time(n));
    if (n == 1 || n % 29 == 0) {
      batch.identity(ReplicaId.of(seed, n));
    }
    batch.append(known(n, 0, random));
    int appended = random.nextInt(4);
    for (int i = 1; i <= appended; i++) {
      long counter = STEP * n + i;
      batch.append(
          chunk(document(random), replica(random), counter, counter, size(random), random));
    }
    if (ballast > 0) {
      batch.append(chunk(document(n), replica(n), STEP * n + 7, STEP * n + 7, ballast, random));
    }
    rare(batch, n, random);
    return batch.build();
  }

  private void rare(StoreBatch.Builder batch, long n, SplittableRandom random) {
    long past = Math.max(1, n - 1 - random.nextInt(REACH));
    int what = random.nextInt(100);
    if (what < 12) {
      batch.merge(
          chunk(document(random), replica(random), STEP * past, STEP * n, size(random), random));
    } else if (what < 24) {
      batch.snapshot(snapshot(document(random), past, random));
    } else if (what < 32) {
      batch.quarantine(known(n, 1, random));
    } else if (what < 38) {
      for (long m = Math.max(1, n - 2 * REACH); m < n; m++) {
        batch.release(document(m), new Dot(replica(m), STEP * m));
      }
    } else if (what < 42) {
      batch.suspect(document(random), new Dot(replica(random), STEP * past));
    } else if (what < 45) {
      batch.delete(document(random));
    } else if (what < 49) {
      batch.forsake(document(random), new Dot(replica(random), STEP * past));
    } else if (what < 57) {
      batch.rewrite(known(past, 2, random));
    }
  }

  /** The chunk of batch n whose name later batches know. */
  private static Chunk known(long n, int spelling, SplittableRandom random) {
    return chunk(
        document(n), replica(n), STEP * n, STEP * n, 100 * spelling + size(random), random);
  }

  private static StoredSnapshot snapshot(String document, long upTo, SplittableRandom random) {
    VersionVector.Builder version = VersionVector.builder();
    for (ReplicaId replica : REPLICAS) {
      version.advance(new Dot(replica, STEP * upTo));
    }
    return new StoredSnapshot(
        document, version.build(), bytes("snapshot " + document, size(random), random));
  }

  private static Chunk chunk(
      String document,
      ReplicaId replica,
      long first,
      long last,
      int size,
      SplittableRandom random) {
    ChunkHeader header =
        new ChunkHeader(
            document,
            replica,
            first,
            last,
            List.of(new Dot(REPLICAS.get(random.nextInt(REPLICAS.size())), first)),
            time(first - 1),
            time(first),
            time(last),
            random.nextInt(3));
    return Chunk.of(
        header, bytes(document + '|' + replica + '|' + first + '|' + last, size, random));
  }

  /** Bytes that tell their key, and {@code size} more that tell nothing. */
  private static byte[] bytes(String key, int size, SplittableRandom random) {
    byte[] text = key.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[text.length + size];
    random.nextBytes(bytes);
    System.arraycopy(text, 0, bytes, 0, text.length);
    return bytes;
  }

  /** Mostly small, now and then longer than a few pages. */
  private static int size(SplittableRandom random) {
    int kind = random.nextInt(20);
    if (kind < 14) {
      return random.nextInt(400);
    }
    return kind < 19 ? random.nextInt(3000) : random.nextInt(20_000);
  }

  private static String document(SplittableRandom random) {
    return DOCUMENTS.get(random.nextInt(DOCUMENTS.size()));
  }

  private static String document(long n) {
    return DOCUMENTS.get((int) (n % DOCUMENTS.size()));
  }

  private static ReplicaId replica(SplittableRandom random) {
    return REPLICAS.get(random.nextInt(REPLICAS.size()));
  }

  private static ReplicaId replica(long n) {
    return REPLICAS.get((int) (n / DOCUMENTS.size() % REPLICAS.size()));
  }

  private static HybridTimestamp time(long count) {
    return new HybridTimestamp(HybridTimestamp.MIN_VALID.bits() + count);
  }
}
