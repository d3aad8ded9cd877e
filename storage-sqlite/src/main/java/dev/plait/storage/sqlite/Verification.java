package dev.plait.storage.sqlite;

import dev.plait.clock.VersionVector;
import dev.plait.store.StoreCheck;
import dev.plait.store.StoreException;
import dev.plait.store.StoredSnapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads everything in a store and collects what is damaged. Not thread-safe. */
final class Verification {
  private final SqliteStore store;
  private final List<StoreCheck.Damage> damages = new ArrayList<>();
  private long documents;
  private long records;
  private long bytes;

  Verification(SqliteStore store) {
    this.store = store;
  }

  StoreCheck run() {
    attempt(
        null,
        () -> {
          for (String document : store.documents("")) {
            documents++;
            read(document);
          }
        });
    return new StoreCheck(documents, records, bytes, damages);
  }

  private void read(String document) {
    attempt(
        document,
        () -> store.readChunks(document, VersionVector.EMPTY, chunk -> count(chunk.size())));
    attempt(document, () -> store.quarantined(document).forEach(chunk -> count(chunk.size())));
    attempt(document, () -> store.suspects(document).forEach(suspect -> count(0)));
    attempt(
        document,
        () -> {
          StoredSnapshot snapshot = store.snapshot(document);
          if (snapshot != null) {
            count(snapshot.bytes().length);
          }
        });
  }

  private void count(int length) {
    records++;
    bytes += length;
  }

  private void attempt(@Nullable String document, Runnable reading) {
    try {
      reading.run();
    } catch (StoreException.Corrupt damaged) {
      if (damages.size() < StoreCheck.MOST_DAMAGES) {
        damages.add(new StoreCheck.Damage(document, String.valueOf(damaged.getMessage())));
      } else if (damages.size() == StoreCheck.MOST_DAMAGES) {
        damages.add(new StoreCheck.Damage(null, "there are more"));
      }
    }
  }
}
