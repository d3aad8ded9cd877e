package dev.plait.cli.store;

import dev.plait.storage.lmdb.LmdbStore;
import dev.plait.storage.sqlite.SqliteStore;
import dev.plait.store.ChangeStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a replica is kept.
 *
 * @param path a directory that holds one store
 */
public record DataDirectory(Path path) {
  private static final String SQLITE = "plait.db";
  private static final String LMDB = "plait.lmdb";

  /**
   * Opens the SQLite store in the directory; both are made if they are not there.
   *
   * @throws DataException DATA_UNUSABLE
   * @throws dev.plait.store.StoreException if the store can't be opened
   */
  public ChangeStore openSqlite() {
    return SqliteStore.open(forOne(SQLITE, LMDB));
  }

  /**
   * Opens the LMDB store in the directory; both are made if they are not there.
   *
   * @throws DataException DATA_UNUSABLE
   * @throws dev.plait.store.StoreException if the store can't be opened
   */
  public ChangeStore openLmdb() {
    return LmdbStore.open(forOne(LMDB, SQLITE));
  }

  /**
   * Opens the store that is there.
   *
   * @throws DataException NO_STORE
   * @throws dev.plait.store.StoreException if the store can't be opened
   */
  ChangeStore openExisting() {
    if (Files.exists(path.resolve(SQLITE))) {
      return openSqlite();
    }
    if (Files.exists(path.resolve(LMDB))) {
      return openLmdb();
    }
    throw new DataException(
        DataException.NO_STORE,
        path + " holds no store; name the directory that was given to plait node as --data",
        null);
  }

  /** Whether there is a store. */
  boolean isUsed() {
    return Files.exists(path.resolve(SQLITE)) || Files.exists(path.resolve(LMDB));
  }

  /** A replica that went on in the other store would give names out twice. */
  private Path forOne(String name, String other) {
    if (Files.exists(path.resolve(other))) {
      throw new DataException(
          DataException.DATA_UNUSABLE,
          path + " holds the store " + other + " already; take that one, or another directory",
          null);
    }
    try {
      Files.createDirectories(path);
    } catch (IOException failed) {
      throw new DataException(
          DataException.DATA_UNUSABLE,
          path + " can't be used as a directory to write to: " + failed,
          failed);
    }
    return path.resolve(name);
  }
}
