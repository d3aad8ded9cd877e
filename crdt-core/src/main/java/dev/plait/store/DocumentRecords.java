package dev.plait.store;

import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.clock.ReplicaId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of one document. Immutable.
 *
 * @param chunks what was appended
 * @param quarantined what is kept aside
 * @param suspects changes of whose name there is another, by replica
 * @param snapshot the latest one written
 */
record DocumentRecords(
    ChunkMap chunks,
    ChunkMap quarantined,
    PersistentMap<ReplicaId, Dot> suspects,
    @Nullable StoredSnapshot snapshot) {

  private static final DocumentRecords EMPTY =
      new DocumentRecords(
          ChunkMap.EMPTY,
          ChunkMap.EMPTY,
          PersistentMap.empty(Comparator.<ReplicaId>naturalOrder()),
          null);

  static DocumentRecords empty() {
    return EMPTY;
  }

  boolean isEmpty() {
    return chunks.count() == 0
        && quarantined.count() == 0
        && suspects.isEmpty()
        && snapshot == null;
  }

  DocumentRecords forsake(Dot dot) {
    ChunkMap rest = chunks;
    for (Chunk chunk : chunks.inOrder()) {
      Dot last = chunk.header().last();
      if (last.replica().equals(dot.replica()) && last.counter() >= dot.counter()) {
        rest = rest.without(new Dot(last.replica(), chunk.header().firstCounter()));
      }
    }
    ChunkMap aside = quarantined;
    for (Chunk chunk : quarantined.inOrder()) {
      if (chunk.header().replica().equals(dot.replica())) {
        aside = aside.without(new Dot(dot.replica(), chunk.header().firstCounter()));
      }
    }
    return new DocumentRecords(rest, aside, suspects.without(dot.replica()), snapshot);
  }

  DocumentRecords append(Chunk chunk) {
    return new DocumentRecords(chunks.with(chunk), quarantined, suspects, snapshot);
  }

  DocumentRecords merge(Chunk chunk) {
    return new DocumentRecords(
        chunks.withoutThoseIn(chunk).with(chunk), quarantined, suspects, snapshot);
  }

  DocumentRecords rewrite(Chunk chunk) {
    return new DocumentRecords(
        chunks.respelled(chunk), quarantined.respelled(chunk), suspects, snapshot);
  }

  DocumentRecords quarantine(Chunk chunk) {
    return new DocumentRecords(chunks, quarantined.with(chunk), suspects, snapshot);
  }

  DocumentRecords release(Dot dot) {
    return new DocumentRecords(chunks, quarantined.without(dot), suspects, snapshot);
  }

  DocumentRecords suspect(Dot dot) {
    return suspects.get(dot.replica()) != null
        ? this
        : new DocumentRecords(chunks, quarantined, suspects.with(dot.replica(), dot), snapshot);
  }

  DocumentRecords replace(StoredSnapshot replacement) {
    ChunkMap rest = chunks;
    for (Chunk chunk : chunks.inOrder()) {
      Dot last = chunk.header().last();
      if (replacement.version().contains(last)) {
        rest = rest.without(new Dot(last.replica(), chunk.header().firstCounter()));
      }
    }
    return new DocumentRecords(rest, quarantined, suspects, replacement);
  }

  /** The suspects, ordered by replica. */
  List<Dot> suspectsInOrder() {
    List<Dot> list = new ArrayList<>();
    for (PersistentMap.Entry<ReplicaId, Dot> entry : suspects.entries()) {
      list.add(entry.value());
    }
    return list;
  }

  /** How many records there are. */
  long count() {
    return chunks.count()
        + quarantined.count()
        + suspectsInOrder().size()
        + (snapshot == null ? 0 : 1);
  }

  DocumentSize size() {
    return new DocumentSize(
        chunks.count(),
        chunks.bytes(),
        quarantined.count(),
        quarantined.bytes(),
        snapshot == null ? 0 : snapshot.bytes().length);
  }

  /** The length of everything. */
  long bytes() {
    DocumentSize size = size();
    return size.chunkBytes() + size.quarantinedBytes() + size.snapshotBytes();
  }
}
