package dev.plait.storage.lmdb;

import dev.plait.properties.replica.ReplicaThreadsContract;
import dev.plait.store.ChangeStore;
import java.nio.file.Path;

class LmdbReplicaThreadsTest extends ReplicaThreadsContract {

  LmdbReplicaThreadsTest() {
    super(20);
  }

  @Override
  protected ChangeStore open(Path place) {
    return LmdbStore.open(place);
  }
}
