package dev.plait.storage.sqlite;

import dev.plait.properties.store.crash.CloseRaces;
import dev.plait.properties.store.crash.StoreFactory;

class SqliteCloseRacesTest extends CloseRaces {

  @Override
  protected Class<? extends StoreFactory> factory() {
    return SqliteFactory.class;
  }
}
