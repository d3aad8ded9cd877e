package dev.plait.storage.lmdb;

import dev.plait.properties.simulation.SimulationContract;
import dev.plait.store.ChangeStore;
import java.nio.file.Path;

class LmdbSimulationTest extends SimulationContract {
  @Override
  protected ChangeStore open(Path place) {
    return LmdbStore.open(place);
  }
}
