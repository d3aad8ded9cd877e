package dev.plait.storage.lmdb;

import dev.plait.store.Durability;
import dev.plait.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import net.openhft.chronicle.bytes.PointerBytesStore;
import org.lmdbjava.CopyFlags;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.LmdbException;

/**
 * An open environment of LMDB with its one database. Transactions may be begun by several threads,
 * one that writes at a time; while it grows, closes or is replaced there may be none.
 */
final class Environment implements AutoCloseable {

  /** The file with the records. */
  static final String DATA = "data.mdb";

  /** The file with the table of LMDB's readers. */
  static final String LOCK = "lock.mdb";

  private static final int READERS = 1022;
  private static final long BEYOND_BOUND = 1 << 20;

  private final Env<PointerBytesStore> env;
  private final Dbi<PointerBytesStore> records;
  private final long maximumMapBytes;
  private long mapBytes;

  private Environment(
      Env<PointerBytesStore> env, Dbi<PointerBytesStore> records, LmdbOptions options) {
    this.env = env;
    this.records = records;
    maximumMapBytes = options.maximumMapBytes();
    mapBytes = env.info().mapSize;
  }

  /**
   * Opens the environment in a directory, and gives free what readers of dead processes held.
   *
   * @throws StoreException NATIVE_UNAVAILABLE if LMDB can't be loaded here
   * @throws LmdbException what LMDB says
   */
  static Environment open(Path directory, LmdbOptions options) {
    // Libraries are unpacked through channels, and what fails there has failed for the process.
    boolean interrupted = Thread.interrupted();
    try {
      return load(directory, options);
    } catch (LinkageError missing) {
      throw new StoreException.NativeUnavailable(
          "LMDB's native library can't be loaded on "
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + ": "
              + reason(missing)
              + "; name a directory that can be written and from which code may be run with"
              + " -Dlmdbjava.extract.dir=DIRECTORY or -Djava.io.tmpdir=DIRECTORY, or an installed"
              + " liblmdb with -Dlmdbjava.native.lib=FILE, or take another store",
          missing);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The first line of what was wrong in the beginning. */
  private static String reason(Throwable failure) {
    Throwable first = failure;
    Throwable before = first.getCause();
    while (before != null) {
      first = before;
      before = first.getCause();
    }
    return String.valueOf(first.getMessage()).lines().findFirst().orElse(first.toString());
  }

  private static Environment load(Path directory, LmdbOptions options) {
    Set<EnvFlags> flags = flags(options.durability());
    Env<PointerBytesStore> env =
        Env.create(new PointerProxy())
            .setMapSize(options.initialMapBytes())
            .setMaxReaders(READERS)
            .open(directory.toFile(), flags.toArray(EnvFlags[]::new));
    try {
      env.readerCheck();
      Dbi<PointerBytesStore> records = env.openDbi((byte[]) null, new DbiFlags[0]);
      return new Environment(env, records, options);
    } catch (RuntimeException | Error failure) {
      env.close();
      throw failure;
    }
  }

  /** Readers belong to transactions, not to threads: a thread may read while it reads. */
  static Set<EnvFlags> flags(Durability durability) {
    return switch (durability) {
      case FULL -> EnumSet.of(EnvFlags.MDB_NOTLS);
      case RELAXED -> EnumSet.of(EnvFlags.MDB_NOTLS, EnvFlags.MDB_NOMETASYNC);
      case NONE -> EnumSet.of(EnvFlags.MDB_NOTLS, EnvFlags.MDB_NOSYNC);
    };
  }

  Transaction read() {
    return new Transaction(records, env.txnRead());
  }

  Transaction write() {
    return new Transaction(records, env.txnWrite());
  }

  /** LMDB's number of the last transaction that wrote. */
  long lastTransaction() {
    return env.info().lastTransactionId;
  }

  /** How many records there are, of whatever kind. */
  long records() {
    return env.stat().entries;
  }

  long mapBytes() {
    return mapBytes;
  }

  boolean canGrow() {
    return mapBytes < maximumMapBytes;
  }

  /**
   * Doubles the map, up to its bound. No transaction may be open. If it fails, the environment is
   * closed: LMDB has given up the map it had by then, and would end the process when it looked
   * there.
   */
  void grow() {
    setMapBytes(mapBytes > maximumMapBytes / 2 ? maximumMapBytes : 2 * mapBytes);
  }

  /** Takes a little more than the bound allows, for what gives back more; otherwise the same. */
  void growBeyondBound() {
    setMapBytes(mapBytes + BEYOND_BOUND);
  }

  private void setMapBytes(long next) {
    try {
      env.setMapSize(next);
    } catch (LmdbException failure) {
      env.close();
      throw failure;
    }
    mapBytes = next;
  }

  /** Forces to the disk what was written without. */
  void sync() {
    env.sync(true);
  }

  /** Writes what is in use to a new environment, one after another. */
  void compactTo(Path directory) {
    env.copy(directory.toFile(), CopyFlags.MDB_CP_COMPACT);
  }

  @Override
  public void close() {
    env.close();
  }

  /** The file with the records of an environment. */
  static Path data(Path directory) {
    return directory.resolve(DATA);
  }

  /** Whether there is a file with anything in it. */
  static boolean hasData(Path directory) throws IOException {
    Path data = data(directory);
    return Files.exists(data) && Files.size(data) > 0;
  }
}
