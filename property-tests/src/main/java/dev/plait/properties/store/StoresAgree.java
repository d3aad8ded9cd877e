package dev.plait.properties.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plait.store.ChangeStore;
import dev.plait.store.StoreBatch;

/**
 * Whether two stores hold the same: for tests that your store does what another one does. Every
 * difference in what the port shows is an {@link AssertionError}, the order included.
 */
public final class StoresAgree {

  private StoresAgree() {}

  /**
   * Plays the same batches of every kind, random but the same for the same seed, into both stores
   * and compares them after each. What the stores held before must be the same.
   *
   * @param one a store
   * @param other another, which may be of another kind
   * @param seed which batches
   * @param batches how many, from 0
   */
  public static void afterTheSameBatches(
      ChangeStore one, ChangeStore other, long seed, int batches) {
    RandomBatches random = RandomBatches.of(seed);
    for (int i = 0; i < batches; i++) {
      StoreBatch batch = random.next();
      one.commit(batch);
      other.commit(batch);
      inEverything(one, other);
    }
  }

  /**
   * Compares all that two stores hold: identities, clock, documents in order, chunks with their
   * headers, quarantine, suspects, snapshots and sizes. Only how much room they take may differ.
   */
  public static void inEverything(ChangeStore one, ChangeStore other) {
    Contents contents = Contents.of(one);
    assertEquals(contents, Contents.of(other));
    for (Contents.OfDocument document : contents.documents()) {
      assertEquals(one.size(document.name()), other.size(document.name()), document.name());
    }
    assertEquals(one.size().documents(), other.size().documents());
    assertEquals(one.size().total(), other.size().total());
  }
}
