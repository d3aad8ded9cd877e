package dev.plait.bench;

import dev.plait.storage.lmdb.LmdbStore;
import dev.plait.storage.sqlite.SqliteStore;
import dev.plait.store.ChangeStore;
import java.nio.file.Path;

/** What keeps the bytes. */
public enum Engine {
  /** SQLite with a write-ahead log. */
  SQLITE,
  /** LMDB with its default flags. */
  LMDB;

  /** The store on this engine, as it comes. */
  ChangeStore store(Path folder) {
    return this == SQLITE
        ? SqliteStore.open(folder.resolve("store.db"))
        : LmdbStore.open(folder.resolve("store.lmdb"));
  }

  /** The engine with nothing around it. */
  BareEngine bare(Path folder) {
    return this == SQLITE
        ? new BareSqlite(folder.resolve("bare.db"))
        : new BareLmdb(folder.resolve("bare.lmdb"));
  }
}
