package dev.plait.storage.sqlite;

import dev.plait.properties.store.crash.StoreFactory;
import dev.plait.store.ChangeStore;
import java.nio.file.Path;

/** Opens the SQLite store of a directory; processes of their own make it by its name. */
public final class SqliteFactory implements StoreFactory {

  /** Nothing to choose. */
  public SqliteFactory() {}

  @Override
  public ChangeStore open(Path place) {
    return SqliteStore.open(place.resolve("plait.db"));
  }

  @Override
  public boolean isScratch(Path file) {
    return file.toString().endsWith("-shm");
  }
}
