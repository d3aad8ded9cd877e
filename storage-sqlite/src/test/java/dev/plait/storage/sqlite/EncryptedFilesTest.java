package dev.plait.storage.sqlite;

import dev.plait.properties.store.EncryptedFilesContract;
import dev.plait.store.ChangeStore;
import java.nio.file.Path;

class EncryptedFilesTest extends EncryptedFilesContract {

  @Override
  protected ChangeStore open(Path place) {
    return SqliteStore.open(place);
  }
}
