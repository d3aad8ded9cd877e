package dev.plait.storage.sqlite;

import dev.plait.properties.store.crash.KillLoop;
import dev.plait.properties.store.crash.StoreFactory;

class SqliteKillTest extends KillLoop {

  @Override
  protected Class<? extends StoreFactory> factory() {
    return SqliteFactory.class;
  }
}
