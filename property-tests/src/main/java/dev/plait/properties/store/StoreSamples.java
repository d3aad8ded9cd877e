package dev.plait.properties.store;

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
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;

/** Records made by hand, for tests of what a store does beyond its contract. */
public final class StoreSamples {

  /** Who makes the chunks of {@link #chunk(String, long, int)}. */
  public static final ReplicaId REPLICA = ReplicaId.of(0x0123456789abcdefL, -2);

  static final ReplicaId LOW = ReplicaId.of(1, 0);
  static final ReplicaId MIDDLE = ReplicaId.of(Long.MAX_VALUE, -1);
  static final ReplicaId HIGH = ReplicaId.of(Long.MIN_VALUE, 0);

  /** A thread for each task: those that wait for each other never wait for a thread. */
  static final Executor THREADS = task -> new Thread(task).start();

  private StoreSamples() {}

  /** A batch with something of every kind. */
  static StoreBatch sampleBatch() {
    return StoreBatch.builder()
        .identity(LOW)
        .clock(HybridTimestamp.MIN_VALID)
        .append(chunk("d", LOW, 1, 4))
        .append(chunk("d", LOW, 5, 6))
        .append(chunk("d", HIGH, 1, 1))
        .append(chunk("e", HIGH, 1, 1))
        .quarantine(chunk("d", LOW, 7, 7))
        .quarantine(chunk("f", LOW, 7, 7))
        .snapshot(snapshot("d", new Dot(LOW, 4)))
        .build();
  }

  /** A batch with a record of every kind for one document, which the snapshot does not cover. */
  static StoreBatch everythingOf(String document) {
    return StoreBatch.builder()
        .append(chunk(document, LOW, 1, 4))
        .append(chunk(document, LOW, 5, 5))
        .append(chunk(document, HIGH, 1, 9))
        .quarantine(chunk(document, LOW, 7, 8))
        .quarantine(chunk(document, HIGH, 11, 11))
        .suspect(document, new Dot(LOW, 7))
        .suspect(document, new Dot(MIDDLE, 1))
        .snapshot(snapshot(document, new Dot(MIDDLE, 3)))
        .build();
  }

  /** Bytes that can't be made shorter, always the same. */
  static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(length).nextBytes(bytes);
    return bytes;
  }

  /** A chunk whose bytes tell its key and its length apart from every other's. */
  static Chunk chunk(String document, ReplicaId replica, long first, long last) {
    String text = document + '|' + replica + '|' + first + '|' + last;
    return chunk(document, replica, first, last, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A chunk of one change of {@link #REPLICA}. It stands for no operations: a store keeps it, no
   * codec reads it.
   *
   * @param counter the change's
   * @param size bytes of the chunk, which say where they are and in which change
   */
  public static Chunk chunk(String document, long counter, int size) {
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

  static Chunk chunk(String document, ReplicaId replica, long first, long last, byte[] bytes) {
    ChunkHeader header =
        new ChunkHeader(
            document,
            replica,
            first,
            last,
            List.of(),
            first == 1 ? HybridTimestamp.ZERO : time(first - 1),
            time(first),
            time(last),
            0);
    return Chunk.of(header, bytes);
  }

  static StoredSnapshot snapshot(String document, Dot... covered) {
    return new StoredSnapshot(
        document,
        VersionVector.of(covered),
        List.of(covered).toString().getBytes(StandardCharsets.UTF_8));
  }

  static HybridTimestamp time(long counter) {
    return new HybridTimestamp(HybridTimestamp.MIN_VALID.bits() + counter);
  }

  /** A batch that appends these chunks and does nothing else. */
  public static StoreBatch appending(Chunk... chunks) {
    StoreBatch.Builder batch = StoreBatch.builder();
    for (Chunk chunk : chunks) {
      batch.append(chunk);
    }
    return batch.build();
  }

  static StoreBatch quarantining(Chunk... chunks) {
    StoreBatch.Builder batch = StoreBatch.builder();
    for (Chunk chunk : chunks) {
      batch.quarantine(chunk);
    }
    return batch.build();
  }

  /** All chunks of a document, in the order in which the store hands them over. */
  public static List<Chunk> chunks(ChangeStore store, String document) {
    return chunks(store, document, VersionVector.EMPTY);
  }

  static List<Chunk> chunks(ChangeStore store, String document, VersionVector since) {
    List<Chunk> chunks = new ArrayList<>();
    store.readChunks(document, since, chunks::add);
    return chunks;
  }

  static List<ChunkHeader> headers(List<Chunk> chunks) {
    return chunks.stream().map(Chunk::header).toList();
  }
}
