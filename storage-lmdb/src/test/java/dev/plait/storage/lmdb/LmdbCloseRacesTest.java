package dev.plait.storage.lmdb;

import dev.plait.properties.store.crash.CloseRaces;
import dev.plait.properties.store.crash.StoreFactory;

class LmdbCloseRacesTest extends CloseRaces {

  @Override
  protected Class<? extends StoreFactory> factory() {
    return LmdbFactory.class;
  }
}
