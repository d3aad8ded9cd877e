package dev.plait.store.encrypted;

import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.store.ChangeStore;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoredSnapshot;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Records, keys and a store that shows what it is handed. */
final class EncryptedSamples {
  static final ReplicaId LOW = ReplicaId.of(1, 0);
  static final ReplicaId HIGH = ReplicaId.of(Long.MIN_VALUE, 0);
  static final KeyProvider ONE = KeyProvider.of(1, key(1));
  static final KeyProvider TWO = KeyProvider.of(2, Map.of(1, key(1), 2, key(2)));
  static final KeyProvider ONLY_TWO = KeyProvider.of(2, key(2));

  private EncryptedSamples() {}

  static SecretKey key(int fill) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) fill);
    return new SecretKeySpec(bytes, "AES");
  }

  static Chunk chunk(String document, ReplicaId replica, long first, long last, String content) {
    ChunkHeader header =
        new ChunkHeader(
            document,
            replica,
            first,
            last,
            List.of(new Dot(HIGH, 7)),
            HybridTimestamp.ZERO,
            HybridTimestamp.MIN_VALID,
            HybridTimestamp.MAX_VALID,
            3);
    return Chunk.of(header, content.getBytes(StandardCharsets.UTF_8));
  }

  static Chunk withHeader(Chunk chunk, ChunkHeader header) {
    return Chunk.of(header, chunk.bytes());
  }

  static StoredSnapshot snapshot(String document, String content, Dot... covered) {
    return new StoredSnapshot(
        document, VersionVector.of(covered), content.getBytes(StandardCharsets.UTF_8));
  }

  static List<Chunk> chunks(ChangeStore store, String document) {
    List<Chunk> chunks = new ArrayList<>();
    store.readChunks(document, VersionVector.EMPTY, chunks::add);
    return chunks;
  }

  static StoreBatch appending(Chunk... chunks) {
    StoreBatch.Builder batch = StoreBatch.builder();
    for (Chunk chunk : chunks) {
      batch.append(chunk);
    }
    return batch.build();
  }

  /** The store, which shows each batch before it commits it. */
  static ChangeStore watched(ChangeStore store, Consumer<StoreBatch> beforeCommit) {
    return (ChangeStore)
        Proxy.newProxyInstance(
            ChangeStore.class.getClassLoader(),
            new Class<?>[] {ChangeStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("commit")) {
                beforeCommit.accept((StoreBatch) arguments[0]);
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** All bytes a batch has. */
  static List<byte[]> records(StoreBatch batch) {
    List<byte[]> records = new ArrayList<>();
    for (List<Chunk> chunks :
        List.of(batch.chunks(), batch.merged(), batch.rewritten(), batch.quarantined())) {
      chunks.forEach(chunk -> records.add(chunk.bytes()));
    }
    StoredSnapshot snapshot = batch.snapshot();
    if (snapshot != null) {
      records.add(snapshot.bytes());
    }
    return records;
  }

  static boolean contains(byte[] bytes, String text) {
    return new String(bytes, StandardCharsets.ISO_8859_1).contains(text);
  }
}
