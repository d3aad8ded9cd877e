package dev.plait.storage.sqlite;

import dev.plait.properties.store.crash.FullDisk;
import dev.plait.properties.store.crash.StoreFactory;

class SqliteFullDiskTest extends FullDisk {

  @Override
  protected Class<? extends StoreFactory> factory() {
    return SqliteFactory.class;
  }
}
