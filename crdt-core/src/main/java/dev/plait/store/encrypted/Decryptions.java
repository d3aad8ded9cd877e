package dev.plait.store.encrypted;

import dev.plait.clock.VersionVector;
import dev.plait.store.ChangeStore;
import dev.plait.store.Damages;
import dev.plait.store.StoreCheck;
import dev.plait.store.StoreException;
import dev.plait.store.StoredSnapshot;
import org.jspecify.annotations.Nullable;

/** Tries to decrypt everything that is stored. Not thread-safe. */
final class Decryptions {
  private final ChangeStore inner;
  private final RecordCipher cipher;
  private final StoreCheck stored;
  private final Damages damages;
  private long failed;

  private Decryptions(ChangeStore inner, RecordCipher cipher) {
    this.inner = inner;
    this.cipher = cipher;
    this.stored = inner.verify();
    this.damages = Damages.from(stored);
  }

  /** What the store says of itself, and what does not decrypt. */
  static StoreCheck of(ChangeStore inner, RecordCipher cipher) {
    return new Decryptions(inner, cipher).result();
  }

  private StoreCheck result() {
    try {
      inner.documents("").forEach(this::tryDocument);
    } catch (StoreException.Corrupt e) {
      unreadable(null, e);
    }
    long sound = Math.max(0, stored.records() - failed);
    return new StoreCheck(stored.documents(), sound, stored.bytes(), damages.list());
  }

  private void tryDocument(String document) {
    try {
      StoredSnapshot snapshot = inner.snapshot(document);
      if (snapshot != null) {
        tryRecord(document, () -> cipher.open(snapshot));
      }
      inner.quarantined(document).forEach(chunk -> tryRecord(document, () -> cipher.open(chunk)));
      inner.readChunks(
          document, VersionVector.EMPTY, chunk -> tryRecord(document, () -> cipher.open(chunk)));
    } catch (StoreException.Corrupt e) {
      unreadable(document, e);
    }
  }

  private void tryRecord(String document, Runnable opening) {
    try {
      opening.run();
    } catch (StoreException e) {
      failed++;
      damaged(document, e);
    }
  }

  /** What the store below can't read, it has found itself already, as a rule. */
  private void unreadable(@Nullable String document, StoreException why) {
    if (stored.isSound()) {
      damaged(document, why);
    }
  }

  private void damaged(@Nullable String document, StoreException why) {
    damages.add(document, why.code() + ": " + why.getMessage());
  }
}
