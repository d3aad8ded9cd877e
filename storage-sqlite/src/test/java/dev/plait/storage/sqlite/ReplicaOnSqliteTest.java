package dev.plait.storage.sqlite;

import dev.plait.properties.store.ReplicaContract;
import dev.plait.store.ChangeStore;
import java.nio.file.Path;

class ReplicaOnSqliteTest extends ReplicaContract {

  @Override
  protected ChangeStore open(Path place) {
    return SqliteStore.open(place);
  }
}
