package dev.plait.storage.sqlite;

import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.clock.ReplicaId;
import dev.plait.storage.guard.DocumentSeal;
import dev.plait.storage.guard.RecordSum;
import dev.plait.store.Damages;
import dev.plait.store.Salvage;
import dev.plait.store.StoreCheck;
import dev.plait.store.StoredSnapshot;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Takes the rows of a store one by one, in any order, and compares what they add up to with the
 * seals. A row that does not match its checksum is refused with {@link Columns#damaged}, and goes
 * to nobody. Not thread-safe.
 */
final class Tally {

  private final Optional<Salvage> salvage;
  private final Map<String, DocumentSeal> sealed = new TreeMap<>();
  private final Map<String, DocumentSeal> found = new TreeMap<>();
  private final Damages damages = Damages.empty();
  private RecordSum seals = RecordSum.EMPTY;
  private RecordSum sealsFound = RecordSum.EMPTY;
  private long records;
  private long bytes;

  /**
   * @param salvage what takes the sound records, if anybody wants them
   */
  Tally(Optional<Salvage> salvage) {
    this.salvage = salvage;
  }

  void meta(Meta meta) {
    seals = meta.seals();
    salvage.ifPresent(taker -> meta.former().forEach(taker::identity));
    ReplicaId identity = meta.identity();
    if (identity != null) {
      salvage.ifPresent(taker -> taker.identity(identity));
    }
  }

  void seal(String document, long sum, byte[] record) throws SQLException {
    DocumentSeal seal = SealTable.seal(document, sum, record);
    sealed.put(document, seal);
    sealsFound = SealTable.add(sealsFound, document, seal);
  }

  void chunk(
      ChunkTable table,
      String document,
      byte[] replica,
      long first,
      long last,
      long sum,
      byte[] record)
      throws SQLException {
    ChunkKey key = table.key(document, replica);
    Chunk chunk = table.chunk(document, replica, key, first, last, sum, record);
    DocumentSeal seal = found(document);
    long place = key.place(first, last, sum);
    found.put(document, table.with(seal, table.of(seal).with(place, chunk.size())));
    count(chunk.size());
    if (table == ChunkTable.CHUNKS) {
      salvage.ifPresent(taker -> taker.chunk(chunk));
    } else {
      salvage.ifPresent(taker -> taker.quarantined(chunk));
    }
  }

  void suspect(String document, byte[] replica, long counter, long sum) throws SQLException {
    Dot suspect = SuspectTable.suspect(document, replica, counter, sum);
    DocumentSeal seal = found(document);
    found.put(document, seal.withSuspects(seal.suspects().with(sum, 0)));
    count(0);
    salvage.ifPresent(taker -> taker.suspect(document, suspect));
  }

  void snapshot(String document, long sum, byte[] record) throws SQLException {
    StoredSnapshot snapshot = SnapshotTable.snapshot(document, sum, record);
    DocumentSeal seal = found(document);
    int size = snapshot.bytes().length;
    found.put(
        document,
        seal.withSnapshots(seal.snapshots().with(SnapshotTable.place(document, sum), size)));
    count(size);
    salvage.ifPresent(taker -> taker.snapshot(snapshot));
  }

  /** Whether not all of a document was among the rows so far, as far as the seals can tell. */
  boolean lacks(String document) {
    DocumentSeal seal = sealed.get(document);
    return seal == null ? !seals.equals(sealsFound) : !seal.equals(found(document));
  }

  /** What is wrong beyond what the rows add up to goes in here as it is found. */
  Damages damages() {
    return damages;
  }

  /** What the rows have shown, once all were taken. */
  StoreCheck check() {
    for (String document : sealed.keySet()) {
      if (lacks(document)) {
        damages.add(document, "records are missing, were added or replaced");
      }
    }
    for (String document : found.keySet()) {
      if (!sealed.containsKey(document)) {
        damages.add(document, "there are records of a document that has no seal");
      }
    }
    if (!seals.equals(sealsFound)) {
      damages.add(null, "a document is missing or was added, or is as of another time");
    }
    long documents =
        found.size() + sealed.keySet().stream().filter(name -> !found.containsKey(name)).count();
    return new StoreCheck(documents, records, bytes, damages.list());
  }

  private DocumentSeal found(String document) {
    return found.getOrDefault(document, DocumentSeal.EMPTY);
  }

  private void count(int length) {
    records++;
    bytes += length;
  }
}
