package dev.plait.storage.sqlite;

import dev.plait.properties.store.crash.FailedDevice;
import dev.plait.properties.store.crash.StoreFactory;

class SqliteFailedDeviceTest extends FailedDevice {

  @Override
  protected Class<? extends StoreFactory> factory() {
    return SqliteFactory.class;
  }
}
