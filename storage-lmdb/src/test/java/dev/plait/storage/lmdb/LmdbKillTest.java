package dev.plait.storage.lmdb;

import dev.plait.properties.store.crash.KillLoop;
import dev.plait.properties.store.crash.StoreFactory;

class LmdbKillTest extends KillLoop {

  @Override
  protected Class<? extends StoreFactory> factory() {
    return LmdbFactory.class;
  }
}
