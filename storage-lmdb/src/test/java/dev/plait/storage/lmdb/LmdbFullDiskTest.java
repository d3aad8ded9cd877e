package dev.plait.storage.lmdb;

import dev.plait.properties.store.crash.FullDisk;
import dev.plait.properties.store.crash.StoreFactory;

class LmdbFullDiskTest extends FullDisk {

  @Override
  protected Class<? extends StoreFactory> factory() {
    return LmdbFactory.class;
  }
}
