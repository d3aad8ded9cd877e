package dev.plait.storage.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.plait.store.StoreException;
import org.junit.jupiter.api.Test;

class RecordSumTest {

  private static final RecordSum THREE =
      RecordSum.EMPTY.with(0x11111111L, 10).with(0x22222222L, 20).with(0xfffffff3L, 30);

  @Test
  void theOrderOfRecordsDoesNotMatter() {
    assertEquals(
        THREE, RecordSum.EMPTY.with(0xfffffff3L, 30).with(0x11111111L, 10).with(0x22222222L, 20));
    assertEquals(3, THREE.count());
    assertEquals(60, THREE.bytes());
  }

  @Test
  void whatIsRemovedLeavesNothingBehind() {
    assertEquals(
        RecordSum.EMPTY.with(0x22222222L, 20),
        THREE.without(0x11111111L, 10).without(0xfffffff3L, 30));
    assertEquals(RecordSum.EMPTY, RecordSum.EMPTY.with(7, 5).without(7, 5));
  }

  @Test
  void anExchangedRecordShowsThoughCountAndBytesAgree() {
    RecordSum exchanged = THREE.without(0x11111111L, 10).with(0x11111112L, 10);
    assertEquals(THREE.count(), exchanged.count());
    assertEquals(THREE.bytes(), exchanged.bytes());
    assertNotEquals(THREE, exchanged);
  }

  @Test
  void twoFlipsThatCancelInALinearSumShow() {
    for (int bit = 0; bit < 32; bit++) {
      long flip = 1L << bit;
      RecordSum flipped =
          THREE
              .without(0x11111111L, 10)
              .without(0x22222222L, 20)
              .with(0x11111111L ^ flip, 10)
              .with(0x22222222L ^ flip, 20);
      assertNotEquals(THREE, flipped);
      RecordSum shifted =
          THREE
              .without(0x11111111L, 10)
              .without(0x22222222L, 20)
              .with(0x11111111L + flip, 10)
              .with(0x22222222L - flip & 0xffffffffL, 20);
      assertNotEquals(THREE, shifted);
    }
  }

  @Test
  void aRecordOfNoBytesCountsToo() {
    assertNotEquals(RecordSum.EMPTY.sum(), RecordSum.EMPTY.with(0, 0).sum());
  }

  @Test
  void removingWhatCanNotBeAmongThemIsCorrupt() {
    assertThrows(StoreException.Corrupt.class, () -> RecordSum.EMPTY.without(1, 1));
    assertThrows(StoreException.Corrupt.class, () -> THREE.without(0x11111111L, 61));
    RecordSum one = RecordSum.EMPTY.with(5, 10);
    assertThrows(StoreException.Corrupt.class, () -> one.without(5, 9));
    assertThrows(StoreException.Corrupt.class, () -> one.without(6, 10));
  }

  @Test
  void impossibleSumsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new RecordSum(-1, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new RecordSum(1, -1, 0));
    assertThrows(IllegalArgumentException.class, () -> new RecordSum(0, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> new RecordSum(0, 0, 1));
  }
}
