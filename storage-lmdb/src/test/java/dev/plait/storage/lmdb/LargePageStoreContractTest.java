package dev.plait.storage.lmdb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plait.store.ChangeStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The contract, kept by stores whose pages are as large as on Apple's processors. */
class LargePageStoreContractTest extends LmdbStoreContractTest {

  @Override
  public ChangeStore open(Path place) {
    Path parent = place.toAbsolutePath().normalize().getParent();
    if (Files.notExists(place) && parent != null && Files.isDirectory(parent)) {
      try {
        DataFiles.makeEmpty(Files.createDirectory(place), DataFiles.LARGE_PAGE);
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
    return super.open(place);
  }

  @Test
  void thePagesAreReallyLarge() throws IOException {
    Path place = elsewhere.resolve("large");
    open(place).close();
    assertEquals(DataFiles.LARGE_PAGE, PageCheck.check(Environment.data(place)).pageSize());
  }
}
