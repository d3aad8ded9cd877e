package dev.plait.cli.replay;

import dev.plait.storage.lmdb.LmdbStore;
import dev.plait.storage.sqlite.SqliteStore;
import java.util.Locale;

/** Where the authors of a trace keep their copies. */
enum Store {
  /** In memory only. */
  MEMORY {
    @Override
    Copies open(Participants participants) {
      return new MemoryCopies(participants);
    }
  },
  /** Each author in an SQLite file, which is opened again before the copies are compared. */
  SQLITE {
    @Override
    Copies open(Participants participants) {
      return StoredCopies.temporary(
          participants, (directory, name) -> SqliteStore.open(directory.resolve(name + ".db")));
    }
  },
  /** As with SQLite, each author in an LMDB directory. */
  LMDB {
    @Override
    Copies open(Participants participants) {
      return StoredCopies.temporary(
          participants, (directory, name) -> LmdbStore.open(directory.resolve(name)));
    }
  };

  /** A place for the copies of one replay. */
  abstract Copies open(Participants participants);

  /** The name in lower case, as it is typed. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
