package dev.plait.properties.store;

import static dev.plait.properties.store.StoreSamples.HIGH;
import static dev.plait.properties.store.StoreSamples.LOW;
import static dev.plait.properties.store.StoreSamples.appending;
import static dev.plait.properties.store.StoreSamples.chunk;
import static dev.plait.properties.store.StoreSamples.chunks;
import static dev.plait.properties.store.StoreSamples.sampleBatch;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.store.ChangeStore;
import dev.plait.store.StoreBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who opens a copy is told so, until there is another identity. */
interface CopyContract extends FilesUnderTest {

  @Test
  default void aCopyIsACopyUntilItHasAnIdentityOfItsOwn() throws IOException {
    Contents original;
    try (ChangeStore store = open(home().resolve(NAME))) {
      store.commit(sampleBatch());
      original = Contents.of(store);
    }
    Path place = made("copy").resolve(NAME);
    FileImage.of(home()).writeTo(made("copy"));
    try (ChangeStore copy = open(place)) {
      assertTrue(copy.isCopy());
      assertEquals(original, Contents.of(copy));
      assertTrue(copy.verify().isSound());
    }
    try (ChangeStore copy = open(place)) {
      assertTrue(copy.isCopy(), "reading ended it");
      copy.commit(appending(chunk("more", LOW, 1, 1)));
      assertTrue(copy.isCopy(), "a commit without an identity ended it");
    }
    try (ChangeStore copy = open(place)) {
      assertTrue(copy.isCopy(), "opening it again ended it");
      copy.commit(StoreBatch.builder().identity(HIGH).build());
      assertFalse(copy.isCopy());
      assertEquals(List.of(LOW), copy.formerIdentities());
    }
    try (ChangeStore copy = open(place)) {
      assertFalse(copy.isCopy());
      assertEquals(1, chunks(copy, "more").size());
    }
    try (ChangeStore store = open(home().resolve(NAME))) {
      assertFalse(store.isCopy(), "the original took itself for a copy");
      assertEquals(original, Contents.of(store));
    }
  }

  @Test
  default void aCopyOfACopyIsACopy() throws IOException {
    try (ChangeStore store = open(home().resolve(NAME))) {
      store.commit(sampleBatch());
    }
    FileImage.of(home()).writeTo(made("first"));
    try (ChangeStore first = open(made("first").resolve(NAME))) {
      first.commit(StoreBatch.builder().identity(HIGH).build());
    }
    FileImage.of(made("first")).writeTo(made("second"));
    try (ChangeStore second = open(made("second").resolve(NAME))) {
      assertTrue(second.isCopy());
      assertEquals(HIGH, second.identity());
    }
  }

  @Test
  default void aCopyOfWhatAKilledProcessLeftIsACopy() throws Exception {
    try (StoreChild child = StoreChild.holding(contract(), home().resolve(NAME))) {
      assertEquals("committed", child.answer());
    }
    FileImage.of(home()).writeTo(made("copy"));
    try (ChangeStore copy = open(made("copy").resolve(NAME));
        ChangeStore original = open(home().resolve(NAME))) {
      assertTrue(copy.isCopy());
      assertFalse(original.isCopy());
      StoresAgree.inEverything(original, copy);
    }
  }

  @Test
  default void aStoreThatWasMovedIsNoCopy() throws IOException {
    try (ChangeStore store = open(home().resolve(NAME))) {
      store.commit(sampleBatch());
    }
    Path moved = Files.move(home(), directory().resolve("moved"));
    try (ChangeStore store = open(moved.resolve(NAME))) {
      assertFalse(store.isCopy());
      assertEquals(3, store.documents("").size());
    }
  }

  @Test
  default void reclaimingMakesNoCopy() throws IOException {
    try (ChangeStore store = open(home().resolve(NAME))) {
      store.commit(sampleBatch());
      store.reclaim();
      assertFalse(store.isCopy());
      store.commit(appending(chunk("more", LOW, 1, 1)));
    }
    try (ChangeStore store = open(home().resolve(NAME))) {
      assertFalse(store.isCopy());
    }
  }

  @Test
  default void thePromiseIsKeptAsSaid() {
    try (ChangeStore store = open(home().resolve(NAME))) {
      assertEquals(promise(), store.durability());
    }
  }
}
