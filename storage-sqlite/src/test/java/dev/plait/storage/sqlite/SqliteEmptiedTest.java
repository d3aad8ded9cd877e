package dev.plait.storage.sqlite;

import dev.plait.properties.store.EmptiedDocumentContract;

class SqliteEmptiedTest extends EmptiedDocumentContract {

  SqliteEmptiedTest() {
    super(new SqliteFactory());
  }
}
