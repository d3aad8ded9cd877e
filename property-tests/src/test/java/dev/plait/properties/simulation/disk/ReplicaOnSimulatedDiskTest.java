package dev.plait.properties.simulation.disk;

import dev.plait.properties.store.ReplicaContract;
import dev.plait.store.ChangeStore;
import dev.plait.store.Durability;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

class ReplicaOnSimulatedDiskTest extends ReplicaContract {

  private final Map<Path, SimulatedDisk> disks = new HashMap<>();

  @Override
  protected ChangeStore open(Path place) {
    SimulatedDisk disk =
        disks.computeIfAbsent(place, none -> new SimulatedDisk(new SplittableRandom(1)));
    return SimulatedStore.open(disk, Durability.FULL);
  }
}
