package dev.plait.cli.store;

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

  /**
   * Opens the store in the directory; both are made if they are not there.
   *
   * @throws DataException DATA_UNUSABLE
   * @throws dev.plait.store.StoreException if the store can't be opened
   */
  public ChangeStore openSqlite() {
    try {
      Files.createDirectories(path);
    } catch (IOException failed) {
      throw new DataException(
          DataException.DATA_UNUSABLE,
          path + " can't be used as a directory to write to: " + failed,
          failed);
    }
    return SqliteStore.open(path.resolve(SQLITE));
  }

  /**
   * Opens the store that is there.
   *
   * @throws DataException NO_STORE
   * @throws dev.plait.store.StoreException if the store can't be opened
   */
  ChangeStore openExisting() {
    if (!Files.exists(path.resolve(SQLITE))) {
      throw new DataException(
          DataException.NO_STORE,
          path + " holds no store; name the directory that was given to plait node as --data",
          null);
    }
    return SqliteStore.open(path.resolve(SQLITE));
  }
}
