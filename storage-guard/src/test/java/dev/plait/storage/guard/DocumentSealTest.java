package dev.plait.storage.guard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.store.DocumentSize;
import dev.plait.store.StoreException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DocumentSealTest {

  private static final DocumentSeal SEAL =
      DocumentSeal.EMPTY
          .withChunks(RecordSum.EMPTY.with(1, 100).with(2, 200))
          .withQuarantined(RecordSum.EMPTY.with(3, 30))
          .withSuspects(RecordSum.EMPTY.with(4, 8))
          .withSnapshots(RecordSum.EMPTY.with(5, 5000));

  @Test
  void whatWasWrittenIsRead() {
    assertEquals(SEAL, DocumentSeal.from(SEAL.toBytes()));
    assertEquals(DocumentSeal.EMPTY, DocumentSeal.from(DocumentSeal.EMPTY.toBytes()));
    assertEquals(96, SEAL.toBytes().length);
  }

  @Test
  void onlyADocumentWithoutRecordsIsEmpty() {
    assertTrue(DocumentSeal.EMPTY.isEmpty());
    RecordSum one = RecordSum.EMPTY.with(0, 0);
    assertFalse(DocumentSeal.EMPTY.withChunks(one).isEmpty());
    assertFalse(DocumentSeal.EMPTY.withQuarantined(one).isEmpty());
    assertFalse(DocumentSeal.EMPTY.withSuspects(one).isEmpty());
    assertFalse(DocumentSeal.EMPTY.withSnapshots(one).isEmpty());
  }

  @Test
  void itKnowsHowLargeTheDocumentIs() {
    assertEquals(new DocumentSize(2, 300, 1, 30, 5000), SEAL.size());
    assertEquals(DocumentSize.EMPTY, DocumentSeal.EMPTY.size());
  }

  @Test
  void everyFlippedBitIsNoSealOrHasAnotherChecksum() {
    for (int bit = 0; bit < SEAL.toBytes().length * 8; bit++) {
      byte[] flipped = SEAL.toBytes();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      DocumentSeal read = readOrEmpty(flipped);
      assertNotEquals(SEAL.crc("d"), read.crc("d"), "bit " + bit);
    }
  }

  @Test
  void theChecksumNamesTheDocument() {
    assertEquals(SEAL.crc("d"), DocumentSeal.from(SEAL.toBytes()).crc("d"));
    assertNotEquals(SEAL.crc("d"), SEAL.crc("e"));
    assertNotEquals(SEAL.crc("d"), DocumentSeal.EMPTY.crc("d"));
  }

  @Test
  void whatIsNoSealIsCorrupt() {
    byte[] bytes = SEAL.toBytes();
    assertThrows(StoreException.Corrupt.class, () -> DocumentSeal.from(Arrays.copyOf(bytes, 95)));
    assertThrows(StoreException.Corrupt.class, () -> DocumentSeal.from(Arrays.copyOf(bytes, 97)));
    byte[] negative = bytes.clone();
    negative[0] = -1;
    assertThrows(StoreException.Corrupt.class, () -> DocumentSeal.from(negative));
    assertArrayEquals(bytes, DocumentSeal.from(bytes).toBytes());
  }

  private static DocumentSeal readOrEmpty(byte[] bytes) {
    try {
      return DocumentSeal.from(bytes);
    } catch (StoreException.Corrupt noSeal) {
      return DocumentSeal.EMPTY;
    }
  }
}
