package dev.plait.properties.replica;

import dev.plait.store.ChangeStore;
import dev.plait.store.InMemoryDisk;
import dev.plait.store.InMemoryStore;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

final class ReplicaThreadsTest extends ReplicaThreadsContract {
  private final Map<Path, InMemoryDisk> disks = new HashMap<>();

  ReplicaThreadsTest() {
    super(150);
  }

  @Override
  protected ChangeStore open(Path place) {
    return InMemoryStore.open(disks.computeIfAbsent(place, absent -> new InMemoryDisk()));
  }
}
