package dev.plait.storage.lmdb;

import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.clock.VersionVector;
import dev.plait.storage.guard.DocumentSeal;
import dev.plait.storage.guard.RecordSum;
import dev.plait.store.DocumentSize;
import dev.plait.store.StoreSize;
import dev.plait.store.StoredSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The questions of the port, answered as of one transaction. Not thread-safe. */
final class Reading {

  private static final Comparator<String> BY_BYTES =
      (left, right) ->
          Arrays.compareUnsigned(
              left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));

  private final Transaction transaction;

  Reading(Transaction transaction) {
    this.transaction = transaction;
  }

  /** The transaction that is read. */
  Transaction transaction() {
    return transaction;
  }

  /** What the store says of itself. */
  StoreRecord meta() throws DamagedException {
    byte[] value = transaction.get(LmdbLayout.META_KEY);
    if (value == null) {
      throw new DamagedException("the record of the store itself is gone");
    }
    return StoreRecord.read(value);
  }

  /** A document's entry; null if there is none of this name. */
  @Nullable DocumentEntry find(String name) throws DamagedException {
    try (Transaction.Range range = transaction.range(LmdbLayout.documentKey(name))) {
      while (range.next()) {
        DocumentEntry entry = LmdbLayout.readDocument(range.key(), range.value());
        if (entry.name().equals(name)) {
          return entry;
        }
      }
      return null;
    }
  }

  /** The entries of all documents whose names begin with this, nearly in order. */
  List<DocumentEntry> entries(String prefix) throws DamagedException {
    List<DocumentEntry> entries = new ArrayList<>();
    try (Transaction.Range range = transaction.range(LmdbLayout.documentsKey(prefix))) {
      while (range.next()) {
        DocumentEntry entry = LmdbLayout.readDocument(range.key(), range.value());
        if (entry.name().startsWith(prefix)) {
          entries.add(entry);
        }
      }
    }
    return entries;
  }

  List<String> documents(String prefix) throws DamagedException {
    List<String> names = new ArrayList<>();
    for (DocumentEntry entry : entries(prefix)) {
      names.add(entry.name());
    }
    names.sort(BY_BYTES);
    return names;
  }

  void readChunks(String document, VersionVector since, Consumer<Chunk> consumer)
      throws DamagedException {
    DocumentEntry entry = find(document);
    if (entry != null) {
      RecordSum sum = chunks(entry, LmdbLayout.CHUNK, since, consumer);
      compare(sum, entry.seal().chunks(), "the chunks", document);
    }
  }

  List<Chunk> quarantined(String document) throws DamagedException {
    List<Chunk> quarantined = new ArrayList<>();
    DocumentEntry entry = find(document);
    if (entry != null) {
      RecordSum sum = chunks(entry, LmdbLayout.QUARANTINE, VersionVector.EMPTY, quarantined::add);
      compare(sum, entry.seal().quarantined(), "the quarantined chunks", document);
    }
    return quarantined;
  }

  private RecordSum chunks(
      DocumentEntry entry, byte tag, VersionVector since, Consumer<Chunk> consumer)
      throws DamagedException {
    try (Transaction.Range range = transaction.range(LmdbLayout.key(tag, entry.number()))) {
      return new ChunkScan(entry.name(), since, consumer).read(range);
    }
  }

  List<Dot> suspects(String document) throws DamagedException {
    List<Dot> suspects = new ArrayList<>();
    DocumentEntry entry = find(document);
    if (entry != null) {
      RecordSum sum = RecordSum.EMPTY;
      byte[] prefix = LmdbLayout.key(LmdbLayout.SUSPECT, entry.number());
      try (Transaction.Range range = transaction.range(prefix)) {
        while (range.next()) {
          byte[] key = range.key();
          LmdbLayout.Suspected suspected = LmdbLayout.readSuspect(key, range.value());
          same(suspected.document(), document, "a suspect");
          sum = Tally.of(key, range.view()).in(sum);
          suspects.add(suspected.dot());
        }
      }
      compare(sum, entry.seal().suspects(), "the suspects", document);
    }
    return suspects;
  }

  @Nullable StoredSnapshot snapshot(String document) throws DamagedException {
    DocumentEntry entry = find(document);
    if (entry == null) {
      return null;
    }
    byte[] key = LmdbLayout.key(LmdbLayout.SNAPSHOT, entry.number());
    byte[] value = transaction.get(key);
    RecordSum sum = RecordSum.EMPTY;
    StoredSnapshot snapshot = null;
    if (value != null) {
      snapshot = LmdbLayout.readSnapshot(key, value);
      same(snapshot.document(), document, "a snapshot");
      sum = Tally.of(key, value).in(sum);
    }
    compare(sum, entry.seal().snapshots(), "the snapshot", document);
    return snapshot;
  }

  DocumentSize size(String document) throws DamagedException {
    DocumentEntry entry = find(document);
    return entry == null ? DocumentSize.EMPTY : entry.seal().size();
  }

  StoreSize size(long storedBytes) throws DamagedException {
    List<DocumentEntry> entries = entries("");
    DocumentSize total = DocumentSize.EMPTY;
    for (DocumentEntry entry : entries) {
      total = total.plus(entry.seal().size());
    }
    return new StoreSize(entries.size(), total, storedBytes);
  }

  /** Checks that the seals are those that the store's own record adds up. */
  void checkSeals(StoreRecord meta) throws DamagedException {
    if (!sumOf(entries("")).equals(meta.documents())) {
      throw new DamagedException("the documents are not those that were written");
    }
  }

  /** What the seals of these documents add up to. */
  static RecordSum sumOf(List<DocumentEntry> entries) {
    RecordSum sum = RecordSum.EMPTY;
    for (DocumentEntry entry : entries) {
      sum = sum.with(entry.seal().crc(entry.name()), 0);
    }
    return sum;
  }

  static void same(String found, String document, String what) throws DamagedException {
    if (!found.equals(document)) {
      throw new DamagedException(what + " of \"" + document + "\" belongs to another document");
    }
  }

  private static void compare(RecordSum found, RecordSum sealed, String what, String document)
      throws DamagedException {
    if (!found.equals(sealed)) {
      throw new DamagedException(
          what + " of \"" + document + "\" are not all of those that were written, and no others");
    }
  }

  /** What a seal says of all records of a kind. */
  static RecordSum sealed(DocumentSeal seal, byte tag) {
    return switch (tag) {
      case LmdbLayout.CHUNK -> seal.chunks();
      case LmdbLayout.QUARANTINE -> seal.quarantined();
      case LmdbLayout.SUSPECT -> seal.suspects();
      default -> seal.snapshots();
    };
  }

  /** A seal with another sum for all records of a kind. */
  static DocumentSeal with(DocumentSeal seal, byte tag, RecordSum sum) {
    return switch (tag) {
      case LmdbLayout.CHUNK -> seal.withChunks(sum);
      case LmdbLayout.QUARANTINE -> seal.withQuarantined(sum);
      case LmdbLayout.SUSPECT -> seal.withSuspects(sum);
      default -> seal.withSnapshots(sum);
    };
  }
}
