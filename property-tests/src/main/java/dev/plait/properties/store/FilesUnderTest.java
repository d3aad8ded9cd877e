package dev.plait.properties.store;

import dev.plait.store.ChangeStore;
import dev.plait.store.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the parts of {@link FileStoreContract} know of the store they try. */
interface FilesUnderTest extends StoreUnderTest {

  /** What every store is called within its directory. */
  String NAME = "store";

  /** Opens the store that is kept at a place. */
  ChangeStore open(Path place);

  /** Makes a closed store look like one of a later release. */
  void makeNewer(Path place) throws Exception;

  /** What the store promises. */
  Durability promise();

  /** The class that other processes make. */
  FileStoreContract contract();

  /** A directory of the running test. */
  Path directory();

  /** The directory that the store under test and its side files are in. */
  default Path home() {
    return made("home");
  }

  /** A directory within that of the running test, made if it is not there. */
  default Path made(String name) {
    try {
      return Files.createDirectories(directory().resolve(name));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
