package dev.plait.storage.lmdb;

import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.clock.Dot;
import dev.plait.clock.ReplicaId;
import dev.plait.storage.guard.DocumentSeal;
import dev.plait.storage.guard.RecordSum;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoredSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes batches in one transaction: the records, the seals of the documents they touch, and the
 * store's own record. Not thread-safe.
 *
 * <p>A record that is replaced or removed has to be sound, for its part in the seal goes by what it
 * says; only a document that is dropped wholly may be damaged.
 */
final class BatchWriter {

  private static final byte[] KINDS = {
    LmdbLayout.CHUNK, LmdbLayout.QUARANTINE, LmdbLayout.SUSPECT, LmdbLayout.SNAPSHOT
  };

  private final Transaction transaction;
  private final Reading reading;
  private final Map<String, Touched> documents = new HashMap<>();
  private long nextDocument;
  private RecordSum sum;

  /** A document as it was, null if it is new, and as it is now. */
  private static final class Touched {
    final @Nullable DocumentEntry before;
    DocumentEntry now;

    Touched(@Nullable DocumentEntry before, DocumentEntry now) {
      this.before = before;
      this.now = now;
    }
  }

  private BatchWriter(Transaction transaction, StoreRecord before) {
    this.transaction = transaction;
    reading = new Reading(transaction);
    nextDocument = before.nextDocument();
    sum = before.documents();
  }

  /**
   * Writes all of the batches and commits nothing yet; gives what the store then says of itself.
   *
   * @param after what the batches make of the store's record by themselves
   */
  static StoreRecord write(
      Transaction transaction, List<StoreBatch> batches, StoreRecord before, StoreRecord after)
      throws DamagedException {
    BatchWriter writer = new BatchWriter(transaction, before);
    for (StoreBatch batch : batches) {
      writer.write(batch);
    }
    writer.writeSeals();
    StoreRecord complete =
        after.withDocuments(writer.nextDocument, writer.sum).withTransaction(transaction.number());
    transaction.put(LmdbLayout.META_KEY, complete.toValue());
    return complete;
  }

  private void write(StoreBatch batch) throws DamagedException {
    for (String deleted : batch.deleted()) {
      drop(deleted);
    }
    for (StoreBatch.Forsaken forsaken : batch.forsaken()) {
      forsake(forsaken.document(), forsaken.dot());
    }
    for (Chunk chunk : batch.chunks()) {
      append(LmdbLayout.CHUNK, chunk);
    }
    for (Chunk chunk : batch.merged()) {
      merge(chunk);
    }
    for (Chunk chunk : batch.rewritten()) {
      rewrite(LmdbLayout.CHUNK, chunk);
      rewrite(LmdbLayout.QUARANTINE, chunk);
    }
    for (Chunk chunk : batch.quarantined()) {
      append(LmdbLayout.QUARANTINE, chunk);
    }
    for (StoreBatch.Released released : batch.released()) {
      Dot first = released.dot();
      Touched document = touch(released.document());
      remove(
          document,
          LmdbLayout.key(
              LmdbLayout.QUARANTINE, document.now.number(), first.replica(), first.counter()));
    }
    for (StoreBatch.Suspect suspect : batch.suspects()) {
      suspect(suspect.document(), suspect.dot());
    }
    StoredSnapshot snapshot = batch.snapshot();
    if (snapshot != null) {
      replace(snapshot);
    }
  }

  private void drop(String name) throws DamagedException {
    Touched document = touch(name);
    for (byte kind : KINDS) {
      for (byte[] key : keys(LmdbLayout.key(kind, document.now.number()))) {
        transaction.delete(key);
      }
    }
    document.now = document.now.with(DocumentSeal.EMPTY);
  }

  private void forsake(String name, Dot dot) throws DamagedException {
    Touched document = touch(name);
    long number = document.now.number();
    ReplicaId replica = dot.replica();
    for (Stored stored : stored(LmdbLayout.key(LmdbLayout.CHUNK, number, replica))) {
      if (stored.tally.last() >= dot.counter()) {
        remove(document, stored);
      }
    }
    for (Stored stored : stored(LmdbLayout.key(LmdbLayout.QUARANTINE, number, replica))) {
      remove(document, stored);
    }
    remove(document, LmdbLayout.key(LmdbLayout.SUSPECT, number, replica));
  }

  private void append(byte kind, Chunk chunk) throws DamagedException {
    Touched document = touch(chunk.header().document());
    byte[] key = key(kind, document, chunk.header());
    byte[] value = LmdbLayout.chunk(key, chunk);
    // Nearly always it is new, so that is tried before anything is read.
    if (transaction.putNew(key, value)) {
      count(document, null, new Stored(key, Tally.of(key, value)));
      return;
    }
    Stored stored = stored(document, key);
    if (stored != null && chunk.header().lastCounter() > stored.tally.last()) {
      put(document, stored, key, value);
    }
  }

  private void merge(Chunk chunk) throws DamagedException {
    ChunkHeader header = chunk.header();
    Touched document = touch(header.document());
    byte[] ofReplica = LmdbLayout.key(LmdbLayout.CHUNK, document.now.number(), header.replica());
    for (Stored stored : stored(ofReplica)) {
      if (LmdbLayout.firstIn(stored.key) >= header.firstCounter()
          && stored.tally.last() <= header.lastCounter()) {
        remove(document, stored);
      }
    }
    append(LmdbLayout.CHUNK, chunk);
  }

  private void rewrite(byte kind, Chunk chunk) throws DamagedException {
    Touched document = touch(chunk.header().document());
    byte[] key = key(kind, document, chunk.header());
    Stored stored = stored(document, key);
    if (stored != null && stored.tally.last() == chunk.header().lastCounter()) {
      put(document, stored, key, LmdbLayout.chunk(key, chunk));
    }
  }

  private void suspect(String name, Dot dot) throws DamagedException {
    Touched document = touch(name);
    byte[] key = LmdbLayout.key(LmdbLayout.SUSPECT, document.now.number(), dot.replica());
    if (stored(document, key) == null) {
      put(document, null, key, LmdbLayout.suspect(key, name, dot.counter()));
    }
  }

  private void replace(StoredSnapshot snapshot) throws DamagedException {
    Touched document = touch(snapshot.document());
    byte[] key = LmdbLayout.key(LmdbLayout.SNAPSHOT, document.now.number());
    put(document, stored(document, key), key, LmdbLayout.snapshot(key, snapshot));
    for (Dot covered : snapshot.version().dots()) {
      byte[] ofReplica = LmdbLayout.key(LmdbLayout.CHUNK, document.now.number(), covered.replica());
      for (Stored stored : stored(ofReplica)) {
        if (stored.tally.last() <= covered.counter()) {
          remove(document, stored);
        }
      }
    }
  }

  private static byte[] key(byte kind, Touched document, ChunkHeader header) {
    return LmdbLayout.key(kind, document.now.number(), header.replica(), header.firstCounter());
  }

  // Records.

  /** A record that is there, and whose checksum is not looked at before it has to go. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Stored(byte[] key, Tally tally) {}

  private @Nullable Stored stored(Touched document, byte[] key) throws DamagedException {
    byte[] value = transaction.get(key);
    if (value == null) {
      return null;
    }
    check(document.now.name(), key, value);
    return new Stored(key, Tally.of(key, value));
  }

  private List<Stored> stored(byte[] prefix) throws DamagedException {
    List<Stored> all = new ArrayList<>();
    try (Transaction.Range range = transaction.range(prefix)) {
      while (range.next()) {
        byte[] key = range.key();
        if (key.length != LmdbLayout.CHUNK_KEY_BYTES) {
          throw new DamagedException("the key of a chunk is cut short");
        }
        all.add(new Stored(key, Tally.of(key, range.view())));
      }
    }
    return all;
  }

  private List<byte[]> keys(byte[] prefix) {
    List<byte[]> keys = new ArrayList<>();
    try (Transaction.Range range = transaction.range(prefix)) {
      while (range.next()) {
        keys.add(range.key());
      }
    }
    return keys;
  }

  private static void check(String document, byte[] key, byte[] value) throws DamagedException {
    new RecordReader("a record of \"" + document + "\"", key, value).crc();
  }

  private void remove(Touched document, byte[] key) throws DamagedException {
    Stored stored = stored(document, key);
    if (stored != null) {
      transaction.delete(key);
      count(document, stored, null);
    }
  }

  private void remove(Touched document, Stored stored) throws DamagedException {
    remove(document, stored.key);
  }

  private void put(Touched document, @Nullable Stored before, byte[] key, byte[] value) {
    transaction.put(key, value);
    count(document, before, new Stored(key, Tally.of(key, value)));
  }

  private static void count(Touched document, @Nullable Stored before, @Nullable Stored after) {
    Stored any = before != null ? before : after;
    if (any == null) {
      return;
    }
    DocumentSeal seal = document.now.seal();
    RecordSum sum = Reading.sealed(seal, any.key[0]);
    if (before != null) {
      sum = before.tally.outOf(sum);
    }
    if (after != null) {
      sum = after.tally.in(sum);
    }
    document.now = document.now.with(Reading.with(seal, any.key[0], sum));
  }

  // Documents.

  private Touched touch(String name) throws DamagedException {
    Touched known = documents.get(name);
    if (known != null) {
      return known;
    }
    DocumentEntry before = reading.find(name);
    DocumentEntry now = before == null ? added(name) : before;
    Touched touched = new Touched(before, now);
    documents.put(name, touched);
    return touched;
  }

  private DocumentEntry added(String name) {
    long number = nextDocument++;
    return new DocumentEntry(
        name, number, LmdbLayout.documentKey(name, number), DocumentSeal.EMPTY);
  }

  private void writeSeals() {
    for (Touched document : documents.values()) {
      DocumentEntry before = document.before;
      DocumentEntry now = document.now;
      if (before != null && before.seal().equals(now.seal())) {
        continue;
      }
      if (before != null) {
        sum = sum.without(before.seal().crc(before.name()), 0);
      }
      if (!now.seal().isEmpty()) {
        sum = sum.with(now.seal().crc(now.name()), 0);
        transaction.put(now.key(), LmdbLayout.document(now.key(), now.name(), now.seal()));
      } else if (before != null) {
        transaction.delete(now.key());
      }
    }
  }
}
