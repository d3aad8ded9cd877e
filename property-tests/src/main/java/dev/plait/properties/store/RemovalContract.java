package dev.plait.properties.store;

import static dev.plait.properties.store.StoreSamples.HIGH;
import static dev.plait.properties.store.StoreSamples.LOW;
import static dev.plait.properties.store.StoreSamples.appending;
import static dev.plait.properties.store.StoreSamples.chunk;
import static dev.plait.properties.store.StoreSamples.chunks;
import static dev.plait.properties.store.StoreSamples.quarantining;
import static dev.plait.properties.store.StoreSamples.snapshot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.store.ChangeStore;
import dev.plait.store.DocumentSize;
import dev.plait.store.StoreBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What goes: documents that are deleted, changes that are forsaken. */
interface RemovalContract extends StoreUnderTest {

  @Test
  default void whatIsForsakenGoesWithAllThatFollowsIt() {
    Chunk before = chunk("d", LOW, 1, 2);
    Chunk around = chunk("d", LOW, 3, 6);
    Chunk after = chunk("d", LOW, 7, 7);
    Chunk ofAnother = chunk("d", HIGH, 4, 4);
    Chunk elsewhere = chunk("e", LOW, 4, 4);
    try (ChangeStore store = opened()) {
      store.commit(appending(before, around, after, ofAnother, elsewhere));
      store.commit(quarantining(chunk("d", LOW, 9, 9), ofAnother));
      store.commit(
          StoreBatch.builder()
              .suspect("d", new Dot(LOW, 4))
              .suspect("d", new Dot(HIGH, 1))
              .suspect("e", new Dot(LOW, 4))
              .build());
      store.commit(
          StoreBatch.builder()
              .forsake("d", new Dot(LOW, 5))
              .snapshot(snapshot("d", new Dot(LOW, 4)))
              .build());
    }
    try (ChangeStore store = opened()) {
      assertEquals(List.of(ofAnother), chunks(store, "d"));
      assertEquals(List.of(ofAnother), store.quarantined("d"));
      assertEquals(List.of(new Dot(HIGH, 1)), store.suspects("d"));
      assertEquals(snapshot("d", new Dot(LOW, 4)), store.snapshot("d"));
      assertEquals(List.of(elsewhere), chunks(store, "e"));
      assertEquals(List.of(new Dot(LOW, 4)), store.suspects("e"));
    }
  }

  @Test
  default void whatABatchAppendsStaysWhateverItForsakes() {
    Chunk branch = chunk("d", LOW, 5, 9);
    Chunk instead = chunk("d", LOW, 5, 6);
    try (ChangeStore store = opened()) {
      store.commit(appending(branch));
      store.commit(StoreBatch.builder().forsake("d", new Dot(LOW, 5)).append(instead).build());
      assertEquals(List.of(instead), chunks(store, "d"));
    }
  }

  @Test
  default void aDocumentGoesWithItsLastRecord() {
    try (ChangeStore store = opened()) {
      store.commit(quarantining(chunk("d", LOW, 1, 1)));
      assertEquals(List.of("d"), store.documents(""));
      store.commit(StoreBatch.builder().release("d", new Dot(LOW, 1)).build());
      assertEquals(List.of(), store.documents(""));
    }
  }

  @Test
  default void aDeletedDocumentGoesWithAllThatIsKeptOfItAndNoOther() {
    Contents others;
    try (ChangeStore store = opened()) {
      for (String name : List.of("c", "d", "d\0", "d/e", "dd", "e")) {
        store.commit(StoreSamples.everythingOf(name));
      }
      store.commit(StoreBatch.builder().identity(LOW).clock(HybridTimestamp.MIN_VALID).build());
      Contents before = Contents.of(store);
      others =
          before.with(
              before.documents().stream().filter(found -> !found.name().equals("d")).toList());
      store.commit(StoreBatch.builder().delete("d").build());
      assertEquals(others, Contents.of(store));
      assertEquals(List.of(), chunks(store, "d"));
      assertEquals(List.of(), store.quarantined("d"));
      assertEquals(List.of(), store.suspects("d"));
      assertNull(store.snapshot("d"));
      assertEquals(DocumentSize.EMPTY, store.size("d"));
    }
    try (ChangeStore store = opened()) {
      assertEquals(others, Contents.of(store));
    }
  }

  @Test
  default void aBatchMayGoOnWithADocumentThatItDeletes() {
    Chunk shorter = chunk("d", LOW, 1, 1);
    Chunk aside = chunk("d", HIGH, 3, 3);
    try (ChangeStore store = opened()) {
      store.commit(StoreSamples.everythingOf("d"));
      store.commit(
          StoreBatch.builder()
              .append(shorter)
              .quarantine(aside)
              .suspect("d", new Dot(HIGH, 3))
              .delete("d")
              .build());
      assertEquals(List.of(shorter), chunks(store, "d"));
      assertEquals(List.of(aside), store.quarantined("d"));
      assertEquals(List.of(new Dot(HIGH, 3)), store.suspects("d"));
      assertNull(store.snapshot("d"));
      assertEquals(List.of("d"), store.documents(""));
    }
  }

  @Test
  default void deletingWhatIsNotThereChangesNothing() {
    try (ChangeStore store = opened()) {
      store.commit(StoreSamples.everythingOf("d"));
      Contents before = Contents.of(store);
      store.commit(StoreBatch.builder().delete("c").delete("").delete("d/").build());
      assertEquals(before, Contents.of(store));
    }
  }

  @Test
  default void aDeletedDocumentMayBeMadeAnew() {
    Chunk again = chunk("d", LOW, 1, 1);
    try (ChangeStore store = opened()) {
      store.commit(StoreSamples.everythingOf("d"));
      store.commit(StoreBatch.builder().delete("d").build());
      store.commit(appending(again));
      assertEquals(List.of(again), chunks(store, "d"));
      assertEquals(List.of("d"), store.documents(""));
    }
  }
}
