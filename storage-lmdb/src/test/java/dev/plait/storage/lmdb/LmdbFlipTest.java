package dev.plait.storage.lmdb;

import dev.plait.properties.store.crash.FlipLoop;
import dev.plait.properties.store.crash.StoreFactory;

class LmdbFlipTest extends FlipLoop {

  @Override
  protected Class<? extends StoreFactory> factory() {
    return LmdbFactory.class;
  }
}
