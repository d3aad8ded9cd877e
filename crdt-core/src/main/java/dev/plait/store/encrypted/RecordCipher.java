package dev.plait.store.encrypted;

import dev.plait.change.Chunk;
import dev.plait.store.StoreException;
import dev.plait.store.StoredSnapshot;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/** Encrypts and decrypts records. Safe for use by many threads. */
final class RecordCipher {
  private final Keyring keys;
  private final SecureRandom random;

  RecordCipher(Keyring keys, SecureRandom random) {
    this.keys = keys;
    this.random = random;
  }

  /**
   * @throws StoreException UNSTORABLE if it is too long
   */
  Chunk seal(Chunk chunk, MasterKey key) {
    byte[] plaintext = chunk.bytes();
    byte[] record = begin(plaintext, key, chunk);
    encrypt(plaintext, record, RecordLayout.binding(record, chunk.header()), key);
    return Chunk.of(chunk.header(), record);
  }

  /**
   * @throws StoreException UNSTORABLE if it is too long
   */
  StoredSnapshot seal(StoredSnapshot snapshot, MasterKey key) {
    String document = snapshot.document();
    byte[] record = begin(snapshot.bytes(), key, document);
    byte[] binding = RecordLayout.binding(record, document, snapshot.version());
    encrypt(snapshot.bytes(), record, binding, key);
    return new StoredSnapshot(document, snapshot.version(), record);
  }

  /**
   * @throws StoreException STORE_KEY, STORE_CORRUPT or STORE_VERSION
   */
  Chunk open(Chunk stored) {
    byte[] record = stored.bytes();
    MasterKey key = keyOf(record, stored);
    byte[] binding = RecordLayout.binding(record, stored.header());
    return Chunk.of(stored.header(), decrypt(record, binding, key, stored));
  }

  /**
   * @throws StoreException STORE_KEY, STORE_CORRUPT or STORE_VERSION
   */
  StoredSnapshot open(StoredSnapshot stored) {
    byte[] record = stored.bytes();
    String what = name(stored);
    MasterKey key = keyOf(record, what);
    byte[] binding = RecordLayout.binding(record, stored.document(), stored.version());
    return new StoredSnapshot(
        stored.document(), stored.version(), decrypt(record, binding, key, what));
  }

  /** What messages call a snapshot. */
  static String name(StoredSnapshot snapshot) {
    return "the snapshot of " + snapshot.document();
  }

  /**
   * The key that has written a record.
   *
   * @param what what messages call it
   * @throws StoreException STORE_KEY if it can't be had, STORE_CORRUPT or STORE_VERSION
   */
  MasterKey keyOf(byte[] record, Object what) {
    return switch (RecordLayout.reading(record)) {
      case SOUND -> keyNamedIn(record, what);
      case DAMAGED -> throw damaged(what, null);
      case OTHER_VERSION ->
          throw new StoreException.OtherVersion(
              what
                  + " has layout "
                  + RecordLayout.version(record)
                  + " of encrypted records, this release reads "
                  + RecordLayout.VERSION,
              null);
      case CLEAR ->
          throw new StoreException.WrongKey(
              what
                  + " is not encrypted; open the store as it is, or bring its documents into an"
                  + " encrypted one",
              null);
    };
  }

  private MasterKey keyNamedIn(byte[] record, Object what) {
    int id = RecordLayout.key(record);
    MasterKey key = keys.get(id);
    if (key == null) {
      throw new StoreException.WrongKey(
          what + " is encrypted with key " + id + ", which the KeyProvider does not have", null);
    }
    if (!key.hasWritten(record)) {
      throw new StoreException.WrongKey(
          what + " is encrypted with another key " + id + " than the KeyProvider has", null);
    }
    return key;
  }

  private byte[] begin(byte[] plaintext, MasterKey key, Object what) {
    if (plaintext.length > Integer.MAX_VALUE - 8 - RecordLayout.OVERHEAD_BYTES) {
      throw new StoreException.Unstorable(
          what + " has " + plaintext.length + " bytes, too many to be encrypted in one piece",
          null);
    }
    byte[] nonce = new byte[ExtendedNonce.NONCE_BYTES];
    random.nextBytes(nonce);
    return RecordLayout.withHeader(key.id(), key.check(), nonce, plaintext.length);
  }

  private static void encrypt(byte[] plaintext, byte[] record, byte[] binding, MasterKey key) {
    Cipher cipher = key.cipher(Cipher.ENCRYPT_MODE, RecordLayout.nonce(record));
    cipher.updateAAD(binding);
    try {
      cipher.doFinal(plaintext, 0, plaintext.length, record, RecordLayout.HEADER_BYTES);
    } catch (GeneralSecurityException e) {
      throw MasterKey.unusable(key.id(), e);
    }
  }

  private static byte[] decrypt(byte[] record, byte[] binding, MasterKey key, Object what) {
    Cipher cipher = key.cipher(Cipher.DECRYPT_MODE, RecordLayout.nonce(record));
    cipher.updateAAD(binding);
    int header = RecordLayout.HEADER_BYTES;
    try {
      return cipher.doFinal(record, header, record.length - header);
    } catch (AEADBadTagException e) {
      throw damaged(what, e);
    } catch (GeneralSecurityException e) {
      throw MasterKey.unusable(key.id(), e);
    }
  }

  private static StoreException damaged(Object what, @Nullable Throwable cause) {
    return new StoreException.Corrupt(
        what + " is not what was encrypted under this name: it is damaged, or another's", cause);
  }
}
