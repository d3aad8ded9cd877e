package dev.plait.properties.store;

import static dev.plait.properties.store.Refusals.assertUnstorable;
import static dev.plait.properties.store.StoreSamples.HIGH;
import static dev.plait.properties.store.StoreSamples.LOW;
import static dev.plait.properties.store.StoreSamples.appending;
import static dev.plait.properties.store.StoreSamples.chunk;
import static dev.plait.properties.store.StoreSamples.chunks;
import static dev.plait.properties.store.StoreSamples.quarantining;
import static dev.plait.properties.store.StoreSamples.snapshot;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plait.clock.Dot;
import dev.plait.store.ChangeStore;
import dev.plait.store.StoreBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which names a document may have, and in which order they come. */
interface NameContract extends StoreUnderTest {

  @Test
  default void documentsHaveAnyRecordAndComeByTheirBytes() {
    // U+FF5E is below U+1F600 in UTF-8, above it in UTF-16.
    String tilde = "n/\uff5e";
    String smile = "n/\ud83d\ude00";
    try (ChangeStore store = opened()) {
      store.commit(appending(chunk(smile, LOW, 1, 1), chunk("n/b", LOW, 1, 1)));
      store.commit(quarantining(chunk("n/a", LOW, 1, 1)));
      store.commit(StoreBatch.builder().snapshot(snapshot(tilde, new Dot(LOW, 1))).build());
      store.commit(
          appending(chunk("n/b", HIGH, 1, 1), chunk("n", LOW, 1, 1), chunk("o", LOW, 1, 1)));
      assertEquals(List.of("n", "n/a", "n/b", tilde, smile, "o"), store.documents(""));
      assertEquals(List.of("n/a", "n/b", tilde, smile), store.documents("n/"));
      assertEquals(List.of("n/b"), store.documents("n/b"));
      assertEquals(List.of(), store.documents("n/c"));
      assertEquals(List.of(), store.documents("z"));
    }
  }

  @Test
  default void everyWellFormedNameIsADocumentOfItsOwn() {
    List<String> names =
        List.of(
            "",
            "\0",
            "\0\0",
            " ",
            "%_*?[a]'\";--",
            "A",
            "a",
            "a\0",
            "a\0b",
            "caf\u00e9",
            "cafe\u0301",
            "m".repeat(1024),
            "m".repeat(1023) + "n",
            "\u00e9".repeat(512),
            "\uffff",
            "\ud800\udc00",
            "\udbff\udfff");
    try (ChangeStore store = opened()) {
      for (String name : names) {
        store.commit(
            StoreBatch.builder()
                .append(chunk(name, LOW, 2, 2))
                .quarantine(chunk(name, LOW, 9, 9))
                .suspect(name, new Dot(LOW, 1))
                .snapshot(snapshot(name, new Dot(LOW, 1)))
                .build());
      }
    }
    try (ChangeStore store = opened()) {
      for (String name : names) {
        assertEquals(List.of(chunk(name, LOW, 2, 2)), chunks(store, name));
        assertEquals(List.of(chunk(name, LOW, 9, 9)), store.quarantined(name));
        assertEquals(List.of(new Dot(LOW, 1)), store.suspects(name));
        assertEquals(snapshot(name, new Dot(LOW, 1)), store.snapshot(name));
        assertEquals(
            names.stream().filter(other -> other.startsWith(name)).sorted().toList(),
            store.documents(name).stream().sorted().toList());
      }
    }
  }

  @Test
  default void aNameWithHalfASurrogatePairIsRefusedEverywhere() {
    String half = "half \ud83d";
    try (ChangeStore store = opened()) {
      store.commit(appending(chunk("half ?", LOW, 1, 1)));
      assertUnstorable(() -> store.documents(half));
      assertUnstorable(() -> store.snapshot(half));
      assertUnstorable(() -> store.quarantined(half));
      assertUnstorable(() -> store.suspects(half));
      assertUnstorable(() -> chunks(store, half));
      assertUnstorable(() -> store.commit(appending(chunk(half, LOW, 1, 1))));
      assertUnstorable(() -> store.commit(quarantining(chunk(half, LOW, 1, 1))));
      assertUnstorable(
          () -> store.commit(StoreBatch.builder().release(half, new Dot(LOW, 1)).build()));
      assertUnstorable(
          () -> store.commit(StoreBatch.builder().suspect(half, new Dot(LOW, 1)).build()));
      assertUnstorable(() -> store.commit(StoreBatch.builder().snapshot(snapshot(half)).build()));
    }
  }

  @Test
  default void namesAreOrderedByTheirBytesUnsignedAlsoWhenTheyAreLong() {
    String beginning = "l".repeat(3000);
    List<String> ordered =
        List.of(
            "",
            "\0",
            "a",
            "a\0",
            "a\0\0",
            "a\1",
            "aa",
            beginning,
            beginning + "\0",
            beginning + "\u007f",
            beginning + "\u0080",
            beginning + "\uffff",
            beginning + "\ud83d\ude00",
            "z",
            "\u007f",
            "\u0080",
            "\u07ff",
            "\u0800",
            "\ud7ff",
            "\ue000",
            "\uffff",
            "\ud800\udc00",
            "\udbff\udfff");
    try (ChangeStore store = opened()) {
      for (int i = ordered.size() - 1; i >= 0; i--) {
        store.commit(StoreSamples.everythingOf(ordered.get(i)));
      }
      assertEquals(ordered, store.documents(""));
      assertEquals(ordered.subList(2, 7), store.documents("a"));
      assertEquals(ordered.subList(7, 13), store.documents(beginning));
      assertEquals(ordered.subList(7, 13), store.documents("l"));
      for (String name : ordered) {
        assertEquals(
            name, chunks(store, name).get(0).header().document(), "chunks of another document");
      }
      store.commit(StoreBatch.builder().delete(beginning).delete("a\0").build());
      assertEquals(ordered.subList(8, 13), store.documents("l"));
      assertEquals(List.of("a", "a\0\0", "a\1", "aa"), store.documents("a"));
    }
  }
}
