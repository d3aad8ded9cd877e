package dev.plait.properties.store;

import static dev.plait.properties.store.Refusals.assertLocked;
import static dev.plait.properties.store.StoreSamples.HIGH;
import static dev.plait.properties.store.StoreSamples.LOW;
import static dev.plait.properties.store.StoreSamples.appending;
import static dev.plait.properties.store.StoreSamples.chunk;
import static dev.plait.properties.store.StoreSamples.chunks;
import static dev.plait.properties.store.StoreSamples.sampleBatch;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.plait.store.ChangeStore;
import dev.plait.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** One store is open once: whoever comes second, by whatever name, is refused. */
interface ClaimContract extends FilesUnderTest {

  @Test
  default void aStoreOpenHereIsLockedForAnotherProcess() throws Exception {
    Path place = home().resolve(NAME);
    try (ChangeStore store = open(place)) {
      assertEquals(StoreException.STORE_LOCKED, StoreChild.opening(contract(), place));
      // A second open that is refused here must not give the lock away there.
      assertLocked(() -> open(place));
      assertEquals(StoreException.STORE_LOCKED, StoreChild.opening(contract(), place));
      store.commit(sampleBatch());
    }
    assertEquals("3", StoreChild.opening(contract(), place));
  }

  @Test
  default void aKilledProcessLeavesItsCommitsAndNoLock() throws Exception {
    Path place = home().resolve(NAME);
    try (StoreChild child = StoreChild.holding(contract(), place)) {
      assertEquals("committed", child.answer());
      assertLocked(() -> open(place));
    }
    Contents expected;
    try (ChangeStore store = open(made("other").resolve(NAME))) {
      store.commit(sampleBatch());
      expected = Contents.of(store);
    }
    try (ChangeStore store = open(place)) {
      assertEquals(expected, Contents.of(store));
      assertFalse(store.isCopy());
      assertEquals(List.of(), store.verify().damages());
      store.commit(appending(chunk("d", HIGH, 2, 2)));
    }
  }

  @Test
  default void aSymbolicLinkLeadsToTheSameClaim() throws IOException {
    Path place = home().resolve(NAME);
    open(place).close();
    Path link = symbolicLink(made("links").resolve("link"), place);
    try (ChangeStore store = open(place)) {
      assertLocked(() -> open(link));
      store.commit(sampleBatch());
    }
    try (ChangeStore store = open(link)) {
      assertEquals(3, store.documents("").size());
      assertLocked(() -> open(place));
      assertLocked(() -> open(link));
    }
  }

  @Test
  default void aLinkedDirectoryLeadsToTheSameClaim() throws IOException {
    Path link = symbolicLink(directory().resolve("linked"), home());
    try (ChangeStore store = open(home().resolve(NAME))) {
      assertLocked(() -> open(link.resolve(NAME)));
      store.commit(sampleBatch());
    }
    try (ChangeStore store = open(link.resolve(NAME))) {
      assertEquals(3, store.documents("").size());
      assertLocked(() -> open(home().resolve(NAME)));
    }
  }

  @Test
  default void aNameWithStepsUpAndDownLeadsToTheSameClaim() {
    Path detour = made("elsewhere").resolve("..").resolve("home").resolve(".").resolve(NAME);
    try (ChangeStore store = open(home().resolve(NAME))) {
      assertLocked(() -> open(detour));
      store.commit(sampleBatch());
    }
  }

  @Test
  default void storesAtDifferentPlacesAreOpenTogether() {
    try (ChangeStore one = open(made("one").resolve(NAME));
        ChangeStore two = open(made("two").resolve(NAME));
        ChangeStore beside = open(made("two").resolve("other"))) {
      one.commit(appending(chunk("d", LOW, 1, 1)));
      two.commit(appending(chunk("d", LOW, 1, 1), chunk("d", LOW, 2, 2)));
      assertEquals(1, chunks(one, "d").size());
      assertEquals(2, chunks(two, "d").size());
      assertEquals(List.of(), beside.documents(""));
    }
  }

  private static Path symbolicLink(Path link, Path target) throws IOException {
    boolean supported = link.getFileSystem().supportedFileAttributeViews().contains("posix");
    Assumptions.assumeTrue(supported, "links need a right of their own on this system");
    return Files.createSymbolicLink(link, target);
  }
}
