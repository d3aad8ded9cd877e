package dev.plait.properties.store;

import static dev.plait.properties.store.Refusals.assertRefused;
import static dev.plait.properties.store.StoreSamples.LOW;
import static dev.plait.properties.store.StoreSamples.MIDDLE;
import static dev.plait.properties.store.StoreSamples.appending;
import static dev.plait.properties.store.StoreSamples.chunk;
import static dev.plait.properties.store.StoreSamples.noise;
import static dev.plait.properties.store.StoreSamples.sampleBatch;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.store.ChangeStore;
import dev.plait.store.Durability;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What is not its own, or no longer whole, is refused and left as it is. */
interface RefusalContract extends FilesUnderTest {

  @Test
  default void aForeignFileInItsPlaceIsRefusedAndLeftAsItIs() throws IOException {
    Files.write(home().resolve(NAME), letter());
    assertRefusedAndUntouched(StoreException.NotAStore.class, StoreException.NOT_A_STORE);
  }

  @Test
  default void aForeignDirectoryInItsPlaceIsRefusedAndLeftAsItIs() throws IOException {
    Files.write(Files.createDirectory(home().resolve(NAME)).resolve("letter.txt"), letter());
    assertRefusedAndUntouched(StoreException.NotAStore.class, StoreException.NOT_A_STORE);
  }

  @Test
  default void aNewerLayoutIsRefusedAndLeftAsItIs() throws Exception {
    try (ChangeStore store = open(home().resolve(NAME))) {
      store.commit(sampleBatch());
    }
    makeNewer(home().resolve(NAME));
    assertRefusedAndUntouched(StoreException.OtherVersion.class, StoreException.STORE_VERSION);
  }

  @Test
  default void aMissingDirectoryIsNotMade() {
    Path missing = directory().resolve("missing");
    assertRefused(
        StoreException.InputOutput.class,
        StoreException.STORE_IO,
        () -> open(missing.resolve("deep").resolve(NAME)));
    assertFalse(Files.exists(missing));
  }

  @Test
  default void afterARefusalThePlaceCanBeUsed() throws IOException {
    Path place = home().resolve(NAME);
    Files.write(place, letter());
    assertRefused(StoreException.NotAStore.class, StoreException.NOT_A_STORE, () -> open(place));
    Files.delete(place);
    try (ChangeStore store = open(place)) {
      store.commit(sampleBatch());
    }
  }

  @Test
  default void anyNameIsAPlace() {
    List<String> names =
        List.of(
            "with space",
            "q?mark&b=c",
            "per%cent%20",
            "hash#tag",
            "semi;colon'quote\"plus+",
            "caf\u00e9 \u6f22\u5b57 \ud83d\ude00",
            "file:memory",
            ":memory:");
    for (String name : names) {
      Path place = home().resolve(name);
      try (ChangeStore store = open(place)) {
        store.commit(sampleBatch());
        assertTrue(Files.exists(place), name);
      }
      try (ChangeStore store = open(place)) {
        assertEquals(3, store.documents("").size(), name);
      }
    }
  }

  @Test
  default void aClosedStoreThatLostAFileOrPartOfOneIsNotSilentlyANewOne() throws IOException {
    Contents expected;
    try (ChangeStore store = open(home().resolve(NAME))) {
      store.commit(sampleBatch());
      store.commit(appending(chunk("large", LOW, 1, 1, noise(50_000))));
      expected = Contents.of(store);
    }
    FileImage sound = FileImage.of(home());
    for (String file : sound.names()) {
      byte[] bytes = sound.bytes(file);
      assertWholeOrRefused(expected, sound.with(file, null), file + " gone");
      assertWholeOrRefused(expected, sound.with(file, new byte[0]), file + " emptied");
      assertWholeOrRefused(expected, sound.with(file, FileImage.half(bytes)), file + " cut");
      assertWholeOrRefused(expected, sound.with(file, letter()), file + " overwritten");
    }
  }

  @Test
  default void aStoreThatWasNotClosedAndLostAFileIsNotSilentlyANewOne() throws Exception {
    Assumptions.assumeTrue(
        promise() == Durability.FULL, "what was acknowledged may be lost without notice");
    try (StoreChild child = StoreChild.holding(contract(), home().resolve(NAME))) {
      assertEquals("committed", child.answer());
    }
    FileImage killed = FileImage.of(home());
    Path whole = made("whole");
    killed.writeTo(whole);
    Contents expected;
    try (ChangeStore store = open(whole.resolve(NAME))) {
      expected = Contents.of(store);
    }
    assertEquals(3, expected.documents().size());
    for (String file : killed.names()) {
      assertWholeOrRefused(expected, killed.with(file, null), "left open, " + file + " gone");
      assertWholeOrRefused(
          expected, killed.with(file, new byte[0]), "left open, " + file + " emptied");
    }
  }

  @Test
  default void twoStoresWithAFileExchangedAreNeverOne() throws IOException {
    try (ChangeStore store = open(home().resolve(NAME))) {
      store.commit(sampleBatch());
    }
    Path other = made("other");
    Contents others;
    Contents expected;
    try (ChangeStore store = open(other.resolve(NAME))) {
      store.commit(StoreBatch.builder().identity(MIDDLE).append(chunk("x", LOW, 1, 1)).build());
      others = Contents.of(store);
    }
    try (ChangeStore store = open(home().resolve(NAME))) {
      expected = Contents.of(store);
    }
    FileImage sound = FileImage.of(home());
    FileImage foreign = FileImage.of(other);
    for (String file : sound.names()) {
      FileImage exchanged = sound.with(file, foreign.bytes(file));
      Contents found = contentsUnlessRefused(exchanged, file + " exchanged");
      assertTrue(
          found == null || found.equals(expected) || found.equals(others),
          () -> "with " + file + " of another store it holds " + found);
    }
  }

  private void assertWholeOrRefused(Contents expected, FileImage image, String what)
      throws IOException {
    Contents found = contentsUnlessRefused(image, what);
    assertTrue(found == null || found.equals(expected), () -> what + ", and it holds " + found);
  }

  /** What a store of these files holds; null if it is refused, and then the files are as before. */
  private @Nullable Contents contentsUnlessRefused(FileImage image, String what)
      throws IOException {
    Path copy = directory().resolve(what.replace('/', ' '));
    image.writeTo(copy);
    Contents found = null;
    try (ChangeStore store = open(copy.resolve(NAME))) {
      found = Contents.of(store);
    } catch (StoreException refused) {
      assertTrue(
          List.of(
                  StoreException.NOT_A_STORE,
                  StoreException.STORE_CORRUPT,
                  StoreException.STORE_LOST_ACKNOWLEDGED)
              .contains(refused.code()),
          refused::toString);
      found = null;
    }
    if (found == null) {
      image.assertUntouched(copy);
    }
    return found;
  }

  private void assertRefusedAndUntouched(Class<? extends StoreException> type, String code)
      throws IOException {
    FileImage before = FileImage.of(home());
    for (int attempt = 0; attempt < 2; attempt++) {
      assertRefused(type, code, () -> open(home().resolve(NAME)));
      before.assertUntouched(home());
    }
  }

  private static byte[] letter() {
    return "a letter to a friend\n".repeat(1000).getBytes(StandardCharsets.UTF_8);
  }
}
