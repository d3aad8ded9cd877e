package dev.plait.properties.store;

import static dev.plait.properties.store.StoreSamples.HIGH;
import static dev.plait.properties.store.StoreSamples.LOW;
import static dev.plait.properties.store.StoreSamples.appending;
import static dev.plait.properties.store.StoreSamples.chunk;
import static dev.plait.properties.store.StoreSamples.chunks;
import static dev.plait.properties.store.StoreSamples.headers;
import static dev.plait.properties.store.StoreSamples.noise;
import static dev.plait.properties.store.StoreSamples.quarantining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plait.change.Chunk;
import dev.plait.store.ChangeStore;
import dev.plait.store.StoreBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Chunks in the place of others: merged ones and those in another spelling. */
interface RewritingContract extends StoreUnderTest {

  @Test
  default void aMergedChunkTakesThePlaceOfAllThatLieWithinIt() {
    Chunk before = chunk("d", LOW, 1, 2);
    Chunk after = chunk("d", LOW, 9, 9);
    Chunk merged = chunk("d", LOW, 3, 8);
    Chunk ofAnother = chunk("d", HIGH, 4, 4);
    Chunk elsewhere = chunk("e", LOW, 4, 4);
    Chunk aside = chunk("d", LOW, 5, 5);
    try (ChangeStore store = opened()) {
      store.commit(appending(before, chunk("d", LOW, 3, 3), chunk("d", LOW, 4, 7)));
      store.commit(appending(chunk("d", LOW, 8, 8), after, ofAnother, elsewhere));
      store.commit(quarantining(aside));
      store.commit(StoreBatch.builder().merge(merged).build());
      assertEquals(List.of(before, merged, after, ofAnother), chunks(store, "d"));
      assertEquals(headers(List.of(before, merged, after, ofAnother)), headers(chunks(store, "d")));
      assertEquals(List.of(elsewhere), chunks(store, "e"));
      assertEquals(List.of(aside), store.quarantined("d"));
    }
  }

  @Test
  default void whatReachesOutOfAMergedChunkStays() {
    Chunk early = chunk("d", LOW, 1, 3);
    Chunk late = chunk("d", LOW, 7, 9);
    Chunk merged = chunk("d", LOW, 2, 8);
    try (ChangeStore store = opened()) {
      store.commit(appending(early, chunk("d", LOW, 4, 6), late));
      store.commit(StoreBatch.builder().merge(merged).build());
      assertEquals(List.of(early, merged, late), chunks(store, "d"));
    }
  }

  @Test
  default void aMergedChunkReplacesTheOneOfTheSameRangeAndNoneThatReachesFurther() {
    Chunk respelled = chunk("d", LOW, 1, 4, new byte[] {1});
    Chunk further = chunk("d", LOW, 1, 9);
    try (ChangeStore store = opened()) {
      store.commit(appending(chunk("d", LOW, 1, 4)));
      store.commit(StoreBatch.builder().merge(respelled).build());
      assertEquals(List.of(respelled), chunks(store, "d"));
      store.commit(appending(further));
      store.commit(StoreBatch.builder().merge(chunk("d", LOW, 1, 4)).build());
      assertEquals(List.of(further), chunks(store, "d"));
    }
  }

  @Test
  default void aMergedChunkIsStoredWhereThereIsNothingToMerge() {
    Chunk merged = chunk("new", LOW, 1, 4);
    try (ChangeStore store = opened()) {
      store.commit(StoreBatch.builder().merge(merged).build());
      assertEquals(List.of(merged), chunks(store, "new"));
      assertEquals(List.of("new"), store.documents(""));
    }
  }

  @Test
  default void aMergedChunkTakesTheSameBatchesChunksIn() {
    Chunk merged = chunk("d", LOW, 1, 3);
    try (ChangeStore store = opened()) {
      store.commit(appending(chunk("d", LOW, 1, 1), chunk("d", LOW, 2, 2)));
      store.commit(StoreBatch.builder().merge(merged).append(chunk("d", LOW, 3, 3)).build());
      assertEquals(List.of(merged), chunks(store, "d"));
    }
  }

  @Test
  default void aRewrittenChunkTakesThePlaceOfTheOneWithTheVerySameRange() {
    Chunk other = chunk("d", LOW, 5, 8);
    Chunk rewritten = chunk("d", LOW, 1, 4, new byte[0]);
    try (ChangeStore store = opened()) {
      store.commit(appending(chunk("d", LOW, 1, 4), other));
      store.commit(StoreBatch.builder().rewrite(rewritten).build());
      assertEquals(List.of(rewritten, other), chunks(store, "d"));
      assertEquals(List.of(), store.quarantined("d"));
    }
  }

  @Test
  default void aChunkInQuarantineIsRewrittenToo() {
    Chunk other = chunk("d", HIGH, 3, 4);
    Chunk rewritten = chunk("d", LOW, 3, 4, new byte[] {7});
    try (ChangeStore store = opened()) {
      store.commit(quarantining(chunk("d", LOW, 3, 4), other));
      store.commit(StoreBatch.builder().rewrite(rewritten).build());
      assertEquals(List.of(rewritten, other), store.quarantined("d"));
      assertEquals(List.of(), chunks(store, "d"));
      store.commit(appending(chunk("d", LOW, 3, 4)));
      Chunk once = chunk("d", LOW, 3, 4, new byte[] {8});
      store.commit(StoreBatch.builder().rewrite(once).build());
      assertEquals(List.of(once), chunks(store, "d"));
      assertEquals(List.of(once, other), store.quarantined("d"));
    }
  }

  @Test
  default void aRewrittenChunkOfAnotherRangeChangesNothing() {
    try (ChangeStore store = opened()) {
      store.commit(appending(chunk("d", LOW, 2, 4)));
      store.commit(quarantining(chunk("d", LOW, 7, 9)));
      Contents before = Contents.of(store);
      store.commit(
          StoreBatch.builder()
              .rewrite(chunk("d", LOW, 2, 3))
              .rewrite(chunk("d", LOW, 2, 5))
              .rewrite(chunk("d", LOW, 1, 4))
              .rewrite(chunk("d", LOW, 7, 8))
              .rewrite(chunk("d", HIGH, 2, 4))
              .rewrite(chunk("e", LOW, 2, 4))
              .build());
      assertEquals(before, Contents.of(store));
    }
  }

  @Test
  default void whatTheSameBatchQuarantinesIsNotRewritten() {
    Chunk aside = chunk("d", LOW, 3, 4);
    try (ChangeStore store = opened()) {
      store.commit(
          StoreBatch.builder()
              .quarantine(aside)
              .rewrite(chunk("d", LOW, 3, 4, new byte[] {7}))
              .build());
      assertEquals(List.of(aside), store.quarantined("d"));
    }
  }

  @Test
  default void rewritingAMillionBytesToAFewAndBackKeepsTheOthers() {
    Chunk other = chunk("d", LOW, 2, 2);
    Chunk large = chunk("d", LOW, 1, 1, noise(1 << 20));
    Chunk small = chunk("d", LOW, 1, 1, new byte[] {1});
    try (ChangeStore store = opened()) {
      store.commit(appending(small, other));
      store.commit(StoreBatch.builder().rewrite(large).build());
      assertEquals(List.of(large, other), chunks(store, "d"));
      store.commit(StoreBatch.builder().rewrite(small).build());
      assertEquals(List.of(small, other), chunks(store, "d"));
    }
  }
}
