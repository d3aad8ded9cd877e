package dev.plait.storage.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.store.Durability;
import dev.plait.store.StoreException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class HeadTest {

  private static final Path STORE = Path.of("a-store");
  private static final Head HEAD = new Head(1, 2, 30, false, Durability.FULL, 4, 5);

  @Test
  void aStoreAsFarAsItsHeadOrFurtherIsComplete() {
    HEAD.check(STORE, 1, 2, 30);
    HEAD.check(STORE, 1, 2, 31);
  }

  @Test
  void aStoreBehindItsHeadHasLostWhatWasAcknowledged() {
    var lost =
        assertThrows(StoreException.LostAcknowledged.class, () -> HEAD.check(STORE, 1, 2, 29));
    assertEquals(StoreException.STORE_LOST_ACKNOWLEDGED, lost.code());
    String message = String.valueOf(lost.getMessage());
    assertTrue(
        message.contains("a-store")
            && message.contains("30 commits")
            && message.contains("29")
            && message.contains("plait repair"),
        message);
  }

  @Test
  void theHeadOfAnotherStoreIsCorrupt() {
    assertThrows(StoreException.Corrupt.class, () -> HEAD.check(STORE, 1, 3, 30));
    assertThrows(StoreException.Corrupt.class, () -> HEAD.check(STORE, 0, 2, 30));
  }

  @Test
  void withoutFullDurabilityCommitsThatWereNotForcedMayBeMissingUnlessItWasClosed() {
    Head relaxed = HEAD.withDurability(Durability.RELAXED).withForced(20);
    for (long stored = 20; stored < 30; stored++) {
      relaxed.check(STORE, 1, 2, stored);
      assertTrue(relaxed.isShortened(stored));
    }
    assertFalse(relaxed.isShortened(30));
    assertFalse(relaxed.isShortened(19));
    assertFalse(HEAD.isShortened(29));
    assertThrows(StoreException.LostAcknowledged.class, () -> relaxed.check(STORE, 1, 2, 19));
    assertThrows(
        StoreException.LostAcknowledged.class,
        () -> relaxed.withClean(true).check(STORE, 1, 2, 29));
  }

  @Test
  void eachWitherChangesItsOwn() {
    assertEquals(
        new Head(7, 8, 9, true, Durability.NONE, 10, 11),
        HEAD.withInstance(7, 8)
            .withCommits(9)
            .withClean(true)
            .withDurability(Durability.NONE)
            .withMark(10)
            .withForced(11));
  }

  @Test
  void commitsAreNotNegative() {
    assertThrows(IllegalArgumentException.class, () -> HEAD.withCommits(-1));
  }
}
