package dev.plait.storage.lmdb;

import dev.plait.change.Chunk;
import dev.plait.clock.ReplicaId;
import dev.plait.store.Damages;
import dev.plait.store.Salvage;
import dev.plait.store.StoreCheck;
import dev.plait.store.StoreException;
import dev.plait.store.StoredSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Hands over what can still be read of a data file by plain reads. Used once. */
final class LmdbSalvage {

  private static final int LARGEST_VALUE = 1 << 30;

  private final Salvage salvage;
  private final Set<String> documents = new HashSet<>();
  private final Damages damages = Damages.empty();
  private long records;
  private long bytes;

  LmdbSalvage(Salvage salvage) {
    this.salvage = salvage;
  }

  StoreCheck read(Path data) throws IOException {
    boolean sound = isSound(data);
    PageRecords.Found found =
        PageRecords.read(
            data,
            LARGEST_VALUE,
            (key, value, current) -> {
              if (current || !sound) {
                take(key, value);
              }
            });
    if (found.unreadable() > 0 && !sound) {
      damages.add(null, found.unreadable() + " records lead nowhere");
    }
    return new StoreCheck(documents.size(), records, bytes, damages.list());
  }

  private boolean isSound(Path data) throws IOException {
    try {
      PageCheck.check(data);
      return true;
    } catch (StoreException.Corrupt damage) {
      damages.add(null, damage);
      return false;
    }
  }

  private void take(byte[] key, byte[] value) {
    try {
      switch (key.length == 0 ? 0 : key[0]) {
        case LmdbLayout.CHUNK -> {
          Chunk chunk = LmdbLayout.readChunk(key, value);
          documents.add(chunk.header().document());
          salvage.chunk(chunk);
        }
        case LmdbLayout.QUARANTINE -> {
          Chunk chunk = LmdbLayout.readChunk(key, value);
          documents.add(chunk.header().document());
          salvage.quarantined(chunk);
        }
        case LmdbLayout.SUSPECT -> {
          LmdbLayout.Suspected suspected = LmdbLayout.readSuspect(key, value);
          documents.add(suspected.document());
          salvage.suspect(suspected.document(), suspected.dot());
        }
        case LmdbLayout.SNAPSHOT -> {
          StoredSnapshot snapshot = LmdbLayout.readSnapshot(key, value);
          documents.add(snapshot.document());
          salvage.snapshot(snapshot);
        }
        case LmdbLayout.DOCUMENT -> documents.add(LmdbLayout.readDocument(key, value).name());
        case LmdbLayout.META -> {
          StoreRecord meta = StoreRecord.read(value);
          meta.former().forEach(salvage::identity);
          ReplicaId identity = meta.identity();
          if (identity != null) {
            salvage.identity(identity);
          }
        }
        default -> throw new DamagedException("a record is of no known kind");
      }
      records++;
      bytes += value.length;
    } catch (DamagedException damage) {
      damages.add(null, damage);
    }
  }
}
