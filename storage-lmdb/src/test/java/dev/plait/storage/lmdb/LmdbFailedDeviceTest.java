package dev.plait.storage.lmdb;

import dev.plait.properties.store.crash.FailedDevice;
import dev.plait.properties.store.crash.StoreFactory;

class LmdbFailedDeviceTest extends FailedDevice {

  @Override
  protected Class<? extends StoreFactory> factory() {
    return LmdbFactory.class;
  }
}
