package dev.plait.storage.sqlite;

import dev.plait.properties.simulation.SimulationContract;
import dev.plait.store.ChangeStore;
import java.nio.file.Path;

class SqliteSimulationTest extends SimulationContract {
  @Override
  protected ChangeStore open(Path place) {
    return SqliteStore.open(place);
  }
}
