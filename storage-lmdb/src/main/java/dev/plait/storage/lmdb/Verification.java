package dev.plait.storage.lmdb;

import dev.plait.change.Chunk;
import dev.plait.storage.guard.DocumentSeal;
import dev.plait.storage.guard.RecordSum;
import dev.plait.store.Damages;
import dev.plait.store.StoreCheck;
import dev.plait.store.StoreException;
import dev.plait.store.StoredSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads every record as of one moment and lists what is wrong. Takes memory for all names. */
final class Verification {

  private static final byte[] KINDS = {
    LmdbLayout.CHUNK, LmdbLayout.QUARANTINE, LmdbLayout.SUSPECT, LmdbLayout.SNAPSHOT
  };

  private final Reading reading;
  private final Map<Long, DocumentEntry> entries = new HashMap<>();
  private final Map<Long, DocumentSeal> found = new HashMap<>();
  private final Damages damages = Damages.empty();
  private long records;
  private long bytes;

  Verification(Reading reading) {
    this.reading = reading;
  }

  StoreCheck check() {
    StoreRecord meta = readMeta();
    readEntries();
    for (byte kind : KINDS) {
      readRecords(kind);
    }
    for (DocumentEntry entry : entries.values()) {
      if (!entry.seal().equals(found.getOrDefault(entry.number(), DocumentSeal.EMPTY))) {
        damages.add(
            entry.name(), "its records are not all of those that were written, and no others");
      }
    }
    if (meta != null && !Reading.sumOf(List.copyOf(entries.values())).equals(meta.documents())) {
      damages.add(null, "the documents are not those that were written");
    }
    return new StoreCheck(entries.size(), records, bytes, damages.list());
  }

  private @Nullable StoreRecord readMeta() {
    try {
      return reading.meta();
    } catch (DamagedException damage) {
      damages.add(null, damage);
      return null;
    }
  }

  private void readEntries() {
    try (Transaction.Range range = reading.transaction().range(new byte[] {LmdbLayout.DOCUMENT})) {
      while (range.next()) {
        byte[] value = range.value();
        try {
          DocumentEntry entry = LmdbLayout.readDocument(range.key(), value);
          entries.put(entry.number(), entry);
          sound(value);
        } catch (DamagedException | StoreException.Corrupt damage) {
          damages.add(null, damage);
        }
      }
    }
  }

  private void readRecords(byte kind) {
    try (Transaction.Range range = reading.transaction().range(new byte[] {kind})) {
      while (range.next()) {
        byte[] key = range.key();
        byte[] value = range.value();
        String name = null;
        try {
          DocumentEntry entry = entry(key);
          name = entry.name();
          Reading.same(readName(kind, key, value), name, "a record");
          DocumentSeal seal = found.getOrDefault(entry.number(), DocumentSeal.EMPTY);
          RecordSum sum = Tally.of(key, value).in(Reading.sealed(seal, kind));
          found.put(entry.number(), Reading.with(seal, kind, sum));
          sound(value);
        } catch (DamagedException damage) {
          damages.add(name, damage);
        }
      }
    }
  }

  private DocumentEntry entry(byte[] key) throws DamagedException {
    DocumentEntry entry =
        key.length < LmdbLayout.SNAPSHOT_KEY_BYTES ? null : entries.get(LmdbLayout.numberIn(key));
    if (entry == null) {
      throw new DamagedException("a record belongs to no document");
    }
    return entry;
  }

  private static String readName(byte kind, byte[] key, byte[] value) throws DamagedException {
    switch (kind) {
      case LmdbLayout.CHUNK, LmdbLayout.QUARANTINE -> {
        Chunk chunk = LmdbLayout.readChunk(key, value);
        return chunk.header().document();
      }
      case LmdbLayout.SUSPECT -> {
        return LmdbLayout.readSuspect(key, value).document();
      }
      default -> {
        StoredSnapshot snapshot = LmdbLayout.readSnapshot(key, value);
        return snapshot.document();
      }
    }
  }

  private void sound(byte[] value) {
    records++;
    bytes += value.length;
  }
}
