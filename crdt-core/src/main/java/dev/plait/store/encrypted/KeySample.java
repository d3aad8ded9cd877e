package dev.plait.store.encrypted;

import dev.plait.clock.VersionVector;
import dev.plait.store.ChangeStore;
import dev.plait.store.StoreException;
import dev.plait.store.StoredSnapshot;

/** The first record that tells which key a store was written with. Not thread-safe. */
final class KeySample {
  private final ChangeStore inner;
  private final RecordCipher cipher;
  private boolean hasTold;

  private KeySample(ChangeStore inner, RecordCipher cipher) {
    this.inner = inner;
    this.cipher = cipher;
  }

  /**
   * Looks for a record whose header is sound, or that is not encrypted, and for its key.
   *
   * @throws StoreException STORE_KEY if that can't be had; STORE_VERSION
   */
  static void check(ChangeStore inner, RecordCipher cipher) {
    KeySample sample = new KeySample(inner, cipher);
    for (String document : inner.documents("")) {
      sample.lookInto(document);
      if (sample.hasTold) {
        return;
      }
    }
  }

  private void lookInto(String document) {
    try {
      StoredSnapshot snapshot = inner.snapshot(document);
      if (snapshot != null) {
        take(snapshot.bytes(), RecordCipher.name(snapshot));
      }
      if (!hasTold) {
        inner.quarantined(document).forEach(chunk -> take(chunk.bytes(), chunk));
      }
      if (!hasTold) {
        inner.readChunks(document, VersionVector.EMPTY, chunk -> take(chunk.bytes(), chunk));
      }
    } catch (StoreException.Corrupt damaged) {
      // A damaged document says nothing about the key: the next one may.
      return;
    }
  }

  private void take(byte[] record, Object what) {
    if (!hasTold && RecordLayout.reading(record) != RecordLayout.Reading.DAMAGED) {
      cipher.keyOf(record, what);
      hasTold = true;
    }
  }
}
