package dev.plait.storage.sqlite;

import dev.plait.properties.store.crash.FlipLoop;
import dev.plait.properties.store.crash.StoreFactory;

class SqliteFlipTest extends FlipLoop {

  @Override
  protected Class<? extends StoreFactory> factory() {
    return SqliteFactory.class;
  }
}
