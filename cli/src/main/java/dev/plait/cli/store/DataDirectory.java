package dev.plait.cli.store;

import dev.plait.storage.lmdb.LmdbStore;
import dev.plait.storage.sqlite.SqliteStore;
import dev.plait.store.ChangeStore;
import dev.plait.store.Salvage;
import dev.plait.store.StoreCheck;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Where a replica is kept.
 *
 * @param path a directory that holds one store
 */
public record DataDirectory(Path path) {
  private static final String SQLITE = "plait.db";
  private static final String LMDB = "plait.lmdb";

  /**
   * Opens the SQLite store in the directory; both are made if they are not there.
   *
   * @throws DataException DATA_UNUSABLE, REPAIR_UNFINISHED
   * @throws dev.plait.store.StoreException if the store can't be opened
   */
  public ChangeStore openSqlite() {
    return unlessInRepair(() -> SqliteStore.open(forOne(SQLITE, LMDB)));
  }

  /**
   * Opens the LMDB store in the directory; both are made if they are not there.
   *
   * @throws DataException DATA_UNUSABLE, REPAIR_UNFINISHED
   * @throws dev.plait.store.StoreException if the store can't be opened
   */
  public ChangeStore openLmdb() {
    return unlessInRepair(() -> LmdbStore.open(forOne(LMDB, SQLITE)));
  }

  /**
   * Opens the store that is there.
   *
   * @throws DataException NO_STORE, REPAIR_UNFINISHED
   * @throws dev.plait.store.StoreException if the store can't be opened
   */
  ChangeStore openExisting() {
    return unlessInRepair(this::openDamaged);
  }

  /** Opens the store that is there, for whoever repairs it; else as {@link #openExisting}. */
  public ChangeStore openDamaged() {
    return isLmdb() ? LmdbStore.open(forOne(LMDB, SQLITE)) : SqliteStore.open(forOne(SQLITE, LMDB));
  }

  /** Makes a store of the kind that another directory holds. */
  public ChangeStore openLike(DataDirectory other) {
    return other.isLmdb() ? openLmdb() : openSqlite();
  }

  private boolean isLmdb() {
    List<Path> files = files();
    if (files.isEmpty()) {
      throw new DataException(
          DataException.NO_STORE,
          path + " holds no store; name the directory that was given to plait node as --data",
          null);
    }
    return files.stream().anyMatch(file -> file.endsWith(LMDB));
  }

  /**
   * Hands over what can be read of the store that is there, which nobody may have open. Nothing is
   * changed.
   *
   * @throws DataException NO_STORE
   * @throws dev.plait.store.StoreException STORE_IO, STORE_LOCKED
   */
  public StoreCheck salvage(Salvage salvage) {
    boolean lmdb = isLmdb();
    Path place = path.resolve(lmdb ? LMDB : SQLITE);
    boolean isThere =
        lmdb
            ? Files.exists(place.resolve("data.mdb"))
            : Files.exists(place) || Files.exists(path.resolve(SQLITE + "-wal"));
    if (!isThere) {
      StoreCheck.Damage gone = new StoreCheck.Damage(null, place + " is gone");
      return new StoreCheck(0, 0, 0, List.of(gone));
    }
    return lmdb ? LmdbStore.salvage(place, salvage) : SqliteStore.salvage(place, salvage);
  }

  /** The files and directories that make up the store; none if there is no store. */
  public List<Path> files() {
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(path)) {
      return all.filter(DataDirectory::isOfStore).sorted().toList();
    } catch (IOException failed) {
      throw new DataException(
          DataException.DATA_UNUSABLE, path + " can't be read as a directory: " + failed, failed);
    }
  }

  private static boolean isOfStore(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.equals(SQLITE) || name.startsWith(SQLITE + "-") || name.equals(LMDB);
  }

  /** Whether there is a store. */
  boolean isUsed() {
    return !files().isEmpty();
  }

  /** Where a store is repaired; nobody else opens it as long as this is there. */
  public Path repairPlace() {
    return path.resolve("plait.repair");
  }

  /** Whether a repair is under way or was cut short. */
  public boolean isInRepair() {
    return Files.exists(repairPlace());
  }

  /** A repair may begin while the store is being opened; one of the two has to see the other. */
  private ChangeStore unlessInRepair(Supplier<ChangeStore> opening) {
    refuseInRepair();
    ChangeStore store = opening.get();
    boolean free = false;
    try {
      refuseInRepair();
      free = true;
      return store;
    } finally {
      if (!free) {
        store.close();
      }
    }
  }

  private void refuseInRepair() {
    if (isInRepair()) {
      throw new DataException(
          DataException.REPAIR_UNFINISHED,
          path
              + " is being repaired, or that was cut short; wait until it has ended, or run plait"
              + " repair again: nothing is lost",
          null);
    }
  }

  /** Makes a directory whose name is there after a power loss, too. */
  private static void make(Path directory) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    for (Path one = directory; one != null && !Files.exists(one); one = one.getParent()) {
      missing.push(one);
    }
    Files.createDirectories(directory);
    for (Path made : missing) {
      force(Objects.requireNonNull(made.getParent()));
    }
  }

  /** Forces the names in a directory to the disk, where that can be done. */
  public static void force(Path directory) throws IOException {
    if (directory.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
        names.force(true);
      }
    }
  }

  /** A replica that went on in the other store would give names out twice. */
  private Path forOne(String name, String other) {
    if (Files.exists(path.resolve(other))) {
      throw new DataException(
          DataException.DATA_UNUSABLE,
          path + " holds the store " + other + " already; take that one, or another directory",
          null);
    }
    try {
      make(path.toAbsolutePath());
    } catch (IOException failed) {
      throw new DataException(
          DataException.DATA_UNUSABLE,
          path + " can't be used as a directory to write to: " + failed,
          failed);
    }
    return path.resolve(name);
  }
}
