package dev.plait.storage.lmdb;

import dev.plait.properties.store.ReplicaContract;
import dev.plait.store.ChangeStore;
import java.nio.file.Path;

class ReplicaOnLmdbTest extends ReplicaContract {

  @Override
  protected ChangeStore open(Path place) {
    return LmdbStore.open(place);
  }
}
