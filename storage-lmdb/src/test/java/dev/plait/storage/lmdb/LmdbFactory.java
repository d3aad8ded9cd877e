package dev.plait.storage.lmdb;

import dev.plait.properties.store.crash.StoreFactory;
import dev.plait.store.ChangeStore;
import java.nio.file.Path;

/** Opens the LMDB store of a directory; processes of their own make it by its name. */
public final class LmdbFactory implements StoreFactory {

  /** Nothing to choose. */
  public LmdbFactory() {}

  @Override
  public ChangeStore open(Path place) {
    return LmdbStore.open(place);
  }

  /** LMDB makes the table of its readers anew. */
  @Override
  public boolean isScratch(Path file) {
    return file.endsWith("lock.mdb");
  }
}
