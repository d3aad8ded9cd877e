package dev.plait.storage.lmdb;

import dev.plait.properties.store.EmptiedDocumentContract;

class LmdbEmptiedTest extends EmptiedDocumentContract {

  LmdbEmptiedTest() {
    super(new LmdbFactory());
  }
}
