package dev.plait.properties.store;

import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoredSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a store does, as plainly as it can be said: maps that are searched from end to end. */
final class PlainStore {

  private @Nullable ReplicaId identity;
  private final List<ReplicaId> former = new ArrayList<>();
  private HybridTimestamp clock = HybridTimestamp.ZERO;
  private final TreeMap<String, OfDocument> documents =
      new TreeMap<>(
          Comparator.comparing(
              name -> name.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned));

  private static final class OfDocument {
    final TreeMap<Dot, Chunk> chunks = new TreeMap<>();
    final TreeMap<Dot, Chunk> quarantined = new TreeMap<>();
    final TreeMap<ReplicaId, Dot> suspects = new TreeMap<>();
    @Nullable StoredSnapshot snapshot;

    boolean isEmpty() {
      return chunks.isEmpty() && quarantined.isEmpty() && suspects.isEmpty() && snapshot == null;
    }
  }

  private OfDocument document(String name) {
    return documents.computeIfAbsent(name, absent -> new OfDocument());
  }

  private OfDocument document(Chunk chunk) {
    return document(chunk.header().document());
  }

  void commit(StoreBatch batch) {
    ReplicaId next = batch.identity();
    if (identity != null && next != null && !identity.equals(next)) {
      former.add(identity);
    }
    identity = next == null ? identity : next;
    clock = batch.clock().isAfter(clock) ? batch.clock() : clock;
    batch.deleted().forEach(documents::remove);
    batch.forsaken().forEach(it -> forsake(document(it.document()), it.dot()));
    batch.chunks().forEach(chunk -> put(document(chunk).chunks, chunk));
    batch.merged().forEach(chunk -> merge(document(chunk).chunks, chunk));
    for (Chunk chunk : batch.rewritten()) {
      rewrite(document(chunk).chunks, chunk);
      rewrite(document(chunk).quarantined, chunk);
    }
    batch.quarantined().forEach(chunk -> put(document(chunk).quarantined, chunk));
    batch.released().forEach(it -> document(it.document()).quarantined.remove(it.dot()));
    batch
        .suspects()
        .forEach(it -> document(it.document()).suspects.putIfAbsent(it.dot().replica(), it.dot()));
    StoredSnapshot snapshot = batch.snapshot();
    if (snapshot != null) {
      OfDocument document = document(snapshot.document());
      document.snapshot = snapshot;
      document.chunks.values().removeIf(it -> snapshot.version().contains(it.header().last()));
    }
    documents.values().removeIf(OfDocument::isEmpty);
  }

  private static void forsake(OfDocument document, Dot dot) {
    document
        .chunks
        .values()
        .removeIf(it -> by(dot.replica(), it) && it.header().lastCounter() >= dot.counter());
    document.quarantined.values().removeIf(it -> by(dot.replica(), it));
    document.suspects.remove(dot.replica());
  }

  private static void put(Map<Dot, Chunk> chunks, Chunk chunk) {
    chunks.merge(first(chunk), chunk, (old, its) -> reach(its) > reach(old) ? its : old);
  }

  private static void merge(Map<Dot, Chunk> chunks, Chunk chunk) {
    chunks
        .values()
        .removeIf(
            it ->
                by(chunk.header().replica(), it)
                    && it.header().firstCounter() >= chunk.header().firstCounter()
                    && reach(it) <= reach(chunk));
    put(chunks, chunk);
  }

  private static void rewrite(Map<Dot, Chunk> chunks, Chunk chunk) {
    chunks.computeIfPresent(first(chunk), (start, old) -> reach(old) == reach(chunk) ? chunk : old);
  }

  private static boolean by(ReplicaId replica, Chunk chunk) {
    return chunk.header().replica().equals(replica);
  }

  private static Dot first(Chunk chunk) {
    return new Dot(chunk.header().replica(), chunk.header().firstCounter());
  }

  private static long reach(Chunk chunk) {
    return chunk.header().lastCounter();
  }

  /** What readChunks has to hand over. */
  List<Chunk> chunks(String name, VersionVector since) {
    OfDocument document = documents.get(name);
    return document == null
        ? List.of()
        : document.chunks.values().stream()
            .filter(it -> !since.contains(it.header().last()))
            .toList();
  }

  Contents contents() {
    List<Contents.OfDocument> list = new ArrayList<>();
    documents.forEach(
        (name, it) ->
            list.add(
                Contents.OfDocument.of(
                    name,
                    List.copyOf(it.chunks.values()),
                    List.copyOf(it.quarantined.values()),
                    List.copyOf(it.suspects.values()),
                    it.snapshot)));
    return new Contents(identity, List.copyOf(former), clock, list);
  }
}
