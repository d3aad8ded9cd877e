package dev.plait.properties.store.crash;

import dev.plait.store.ChangeStore;
import java.nio.file.Path;

/**
 * Opens the stores that are put to the test. The class is public and has a public constructor
 * without parameters, because processes of their own make it by its name.
 */
public interface StoreFactory {

  /**
   * Opens the store in a directory, and makes it if the directory is empty.
   *
   * @param place a directory that exists and holds nothing but this store's files, all of them:
   *     copying the directory copies the store
   */
  ChangeStore open(Path place);

  /**
   * Whether a file holds nothing that is kept: it is made anew from others whenever the store is
   * opened, so that it may change even when the store is refused.
   */
  default boolean isScratch(Path file) {
    return false;
  }
}
