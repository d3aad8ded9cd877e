package dev.plait.cli.store;

import dev.plait.change.ChunkHeader;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.store.ChangeStore;
import dev.plait.store.DocumentSize;
import dev.plait.store.Durability;
import dev.plait.store.StoreSize;
import dev.plait.store.StoredSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a store holds, from its clear headers alone. Immutable.
 *
 * @param identity who writes there
 * @param former who has written there before
 * @param clock the highest reading
 * @param durability what its commits promise
 * @param size how much there is
 * @param documents those asked for, by name
 */
record Inventory(
    @Nullable ReplicaId identity,
    List<ReplicaId> former,
    HybridTimestamp clock,
    Durability durability,
    StoreSize size,
    List<Entry> documents) {

  /**
   * A document.
   *
   * @param authors the highest counter of each replica that has changed it, by replica
   * @param compacted up to which version only the state is kept
   * @param history its chunks, by replica and counter
   * @param quarantined chunks kept aside
   */
  record Entry(
      String name,
      Map<ReplicaId, Long> authors,
      VersionVector compacted,
      DocumentSize size,
      List<Piece> history,
      List<Piece> quarantined) {

    /** How many changes it is made of. */
    long changes() {
      return authors.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /** A chunk: its header and its length. */
  record Piece(ChunkHeader header, int bytes) {}

  /** Looks at the documents whose name starts with {@code prefix}. */
  static Inventory of(ChangeStore store, String prefix) {
    return new Inventory(
        store.identity(),
        store.formerIdentities(),
        store.clock(),
        store.durability(),
        store.size(),
        store.documents(prefix).stream().map(name -> entry(store, name)).toList());
  }

  private static Entry entry(ChangeStore store, String name) {
    Map<ReplicaId, Long> authors = new TreeMap<>();
    StoredSnapshot snapshot = store.snapshot(name);
    VersionVector covered = snapshot == null ? VersionVector.EMPTY : snapshot.version();
    for (Dot dot : covered.dots()) {
      authors.put(dot.replica(), dot.counter());
    }
    List<Piece> history = new ArrayList<>();
    store.readChunks(
        name,
        VersionVector.EMPTY,
        chunk -> {
          history.add(new Piece(chunk.header(), chunk.size()));
          authors.merge(chunk.header().replica(), chunk.header().lastCounter(), Math::max);
        });
    List<Piece> quarantined =
        store.quarantined(name).stream()
            .map(chunk -> new Piece(chunk.header(), chunk.size()))
            .toList();
    return new Entry(name, authors, covered, store.size(name), history, quarantined);
  }
}
