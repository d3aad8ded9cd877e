package dev.plait.storage.lmdb;

import dev.plait.properties.store.ChangeStoreContract;
import dev.plait.store.ChangeStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LmdbStoreContractTest extends ChangeStoreContract {

  @TempDir Path directory;

  @Override
  protected ChangeStore open() {
    return LmdbStore.open(directory.resolve("contract.lmdb"));
  }
}
