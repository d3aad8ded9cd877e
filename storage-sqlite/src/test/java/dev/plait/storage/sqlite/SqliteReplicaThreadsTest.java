package dev.plait.storage.sqlite;

import dev.plait.properties.replica.ReplicaThreadsContract;
import dev.plait.store.ChangeStore;
import java.nio.file.Path;

class SqliteReplicaThreadsTest extends ReplicaThreadsContract {

  SqliteReplicaThreadsTest() {
    super(20);
  }

  @Override
  protected ChangeStore open(Path place) {
    return SqliteStore.open(place);
  }
}
