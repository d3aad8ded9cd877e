package dev.plait.storage.sqlite;

import dev.plait.properties.store.ChangeStoreContract;
import dev.plait.store.ChangeStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreContractTest extends ChangeStoreContract {

  @TempDir Path directory;

  @Override
  protected ChangeStore open() {
    return SqliteStore.open(directory.resolve("contract.db"));
  }
}
