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
import org.jspecify.annotations.Nullable;

/** Records made by hand, and everything a store holds as one comparable value. */
final class StoreSamples {

  static final ReplicaId LOW = ReplicaId.of(1, 0);
  static final ReplicaId MIDDLE = ReplicaId.of(Long.MAX_VALUE, -1);
  static final ReplicaId HIGH = ReplicaId.of(Long.MIN_VALUE, 0);

  private StoreSamples() {}

  /** A chunk whose bytes tell its key and its length apart from every other's. */
  static Chunk chunk(String document, ReplicaId replica, long first, long last) {
    String text = document + '|' + replica + '|' + first + '|' + last;
    return chunk(document, replica, first, last, text.getBytes(StandardCharsets.UTF_8));
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

  static StoreBatch appending(Chunk... chunks) {
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

  static List<Chunk> chunks(ChangeStore store, String document) {
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

  /** All that the port shows of a store. */
  record Contents(
      @Nullable ReplicaId identity, HybridTimestamp clock, List<DocumentContents> documents) {

    static Contents of(ChangeStore store) {
      return new Contents(
          store.identity(),
          store.clock(),
          store.documents("").stream().map(name -> DocumentContents.of(store, name)).toList());
    }
  }

  /** All that the port shows of a document. */
  record DocumentContents(
      String name,
      List<ChunkHeader> headers,
      List<Chunk> chunks,
      List<ChunkHeader> quarantinedHeaders,
      List<Chunk> quarantined,
      List<Dot> suspects,
      @Nullable StoredSnapshot snapshot) {

    static DocumentContents of(ChangeStore store, String name) {
      List<Chunk> chunks = StoreSamples.chunks(store, name);
      List<Chunk> quarantined = store.quarantined(name);
      return new DocumentContents(
          name,
          StoreSamples.headers(chunks),
          chunks,
          StoreSamples.headers(quarantined),
          quarantined,
          store.suspects(name),
          store.snapshot(name));
    }
  }
}
