package dev.plait.properties.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.store.ChangeStore;
import dev.plait.store.DocumentSize;
import dev.plait.store.StoredSnapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that a store holds, as one value to compare. */
record Contents(
    @Nullable ReplicaId identity,
    List<ReplicaId> former,
    HybridTimestamp clock,
    List<OfDocument> documents) {

  static Contents of(ChangeStore store) {
    return new Contents(
        store.identity(),
        store.formerIdentities(),
        store.clock(),
        store.documents("").stream().map(name -> OfDocument.of(store, name)).toList());
  }

  Contents with(List<OfDocument> others) {
    return new Contents(identity, former, clock, others);
  }

  /** How many records these are. */
  long records() {
    return documents.stream()
        .mapToLong(
            of ->
                of.chunks.size()
                    + of.quarantined.size()
                    + of.suspects.size()
                    + (of.snapshot == null ? 0 : 1))
        .sum();
  }

  /** Fails unless the store says that it keeps as much as this is. */
  void assertSizesOf(ChangeStore store, StoreUnderTest asCounted) {
    DocumentSize total = DocumentSize.EMPTY;
    for (OfDocument document : documents) {
      DocumentSize size = document.size(asCounted);
      assertEquals(size, store.size(document.name), document.name);
      total = total.plus(size);
    }
    assertEquals(total, store.size().total());
    assertEquals(documents.size(), store.size().documents());
  }

  /** All that a store holds of one document. */
  record OfDocument(
      String name,
      List<ChunkHeader> headers,
      List<Chunk> chunks,
      List<ChunkHeader> quarantinedHeaders,
      List<Chunk> quarantined,
      List<Dot> suspects,
      @Nullable StoredSnapshot snapshot) {

    static OfDocument of(ChangeStore store, String name) {
      return of(
          name,
          StoreSamples.chunks(store, name),
          store.quarantined(name),
          store.suspects(name),
          store.snapshot(name));
    }

    static OfDocument of(
        String name,
        List<Chunk> chunks,
        List<Chunk> quarantined,
        List<Dot> suspects,
        @Nullable StoredSnapshot snapshot) {
      return new OfDocument(
          name,
          StoreSamples.headers(chunks),
          chunks,
          StoreSamples.headers(quarantined),
          quarantined,
          suspects,
          snapshot);
    }

    private DocumentSize size(StoreUnderTest asCounted) {
      return new DocumentSize(
          chunks.size(),
          length(chunks, asCounted),
          quarantined.size(),
          length(quarantined, asCounted),
          snapshot == null ? 0 : asCounted.storedLength(snapshot.bytes().length));
    }

    private static long length(List<Chunk> chunks, StoreUnderTest asCounted) {
      return chunks.stream().mapToLong(chunk -> asCounted.storedLength(chunk.size())).sum();
    }
  }
}
