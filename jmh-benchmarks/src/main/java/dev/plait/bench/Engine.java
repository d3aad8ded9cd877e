package dev.plait.bench;

import dev.plait.storage.lmdb.LmdbOptions;
import dev.plait.storage.lmdb.LmdbStore;
import dev.plait.storage.sqlite.SqliteOptions;
import dev.plait.storage.sqlite.SqliteStore;
import dev.plait.store.ChangeStore;
import dev.plait.store.Durability;
import java.nio.file.Path;

/** What keeps the bytes. */
public enum Engine {
  /** SQLite with a write-ahead log. */
  SQLITE,
  /** LMDB with its default flags. */
  LMDB;

  /** The store on this engine, as it comes but for the durability. */
  ChangeStore store(Path folder, Durability durability) {
    return this == SQLITE
        ? SqliteStore.open(
            folder.resolve("store.db"), SqliteOptions.defaults().withDurability(durability))
        : LmdbStore.open(
            folder.resolve("store.lmdb"), LmdbOptions.defaults().withDurability(durability));
  }

  /** The engine with nothing around it, which forces to the disk what the store forces. */
  BareEngine bare(Path folder, Durability durability) {
    return this == SQLITE
        ? new BareSqlite(folder.resolve("bare.db"), durability)
        : new BareLmdb(folder.resolve("bare.lmdb"), durability);
  }
}
