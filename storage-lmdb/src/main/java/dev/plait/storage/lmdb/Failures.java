package dev.plait.storage.lmdb;

import dev.plait.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.Env;
import org.lmdbjava.LmdbException;
import org.lmdbjava.LmdbNativeException;
import org.lmdbjava.Txn;

/** What LMDB's result codes mean to the caller of a store. */
final class Failures {

  private static final int EIO = 5;
  private static final int ENOSPC = 28;
  private static final int EDQUOT = 122;

  /** With less than that LMDB can't even write the pages that every transaction touches. */
  private static final long NEXT_TO_NOTHING = 1 << 20;

  private Failures() {}

  /**
   * The store's failure for LMDB's.
   *
   * @param directory the store
   * @param doing what was being done, to follow "while"
   */
  static StoreException translate(Path directory, String doing, LmdbException failure) {
    String what = directory + ", while " + doing + ": " + failure.getMessage();
    if (failure instanceof Env.MapFullException) {
      return new StoreException.Full("the bound on its size is reached in " + what, failure);
    }
    if (failure instanceof Env.ReadersFullException) {
      return new StoreException.Busy("too many threads are reading " + what, failure);
    }
    if (failure instanceof Dbi.BadValueSizeException) {
      return new StoreException.Unstorable("a record is too large for " + what, failure);
    }
    if (failure instanceof LmdbNativeException.PageCorruptedException
        || failure instanceof LmdbNativeException.PageNotFoundException
        || failure instanceof LmdbNativeException.PageFullException
        || failure instanceof Env.FileInvalidException
        || failure instanceof Env.VersionMismatchException
        || failure instanceof Dbi.IncompatibleException
        || failure instanceof Cursor.FullException
        || failure instanceof Txn.BadException) {
      return new StoreException.Corrupt("the store is damaged: " + what, failure);
    }
    if (failure instanceof LmdbNativeException.ConstantDerivedException named
        && isForWantOfRoom(directory, named.getResultCode())) {
      return new StoreException.Full("no room is left on the disk for " + what, failure);
    }
    return new StoreException.InputOutput("the file system failed under " + what, failure);
  }

  /*
   * Of a write that was cut short LMDB says only that it failed. It has not changed what is
   * committed by then: what counts is written last, over what was there before.
   */
  private static boolean isForWantOfRoom(Path directory, int code) {
    return code == ENOSPC || code == EDQUOT || (code == EIO && hasNoRoom(directory));
  }

  private static boolean hasNoRoom(Path directory) {
    try {
      return Files.getFileStore(directory).getUsableSpace() < NEXT_TO_NOTHING;
    } catch (IOException unknown) {
      return false;
    }
  }

  static StoreException damaged(Path directory, DamagedException damage) {
    return new StoreException.Corrupt(
        "the store is damaged: " + directory + ": " + damage.getMessage(), damage);
  }

  static StoreException failed(Path directory, String doing, IOException failure) {
    String what = directory + ", while " + doing + ": " + failure;
    return hasNoRoom(directory)
        ? new StoreException.Full("no room is left on the disk for " + what, failure)
        : new StoreException.InputOutput("the file system failed under " + what, failure);
  }
}
