package dev.plait.store.encrypted;

import dev.plait.store.StoreException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;

/**
 * A key that was handed in, ready for use. Immutable, thread-safe.
 *
 * @param id its name
 * @param check what tells it from another key of the same name
 * @param cipher encrypts with keys derived from it
 */
record MasterKey(int id, int check, ExtendedNonce cipher) {
  private static final int KEY_BYTES = 32;

  /**
   * Takes a key.
   *
   * @throws StoreException STORE_KEY if it is not one for AES with 256 bits
   */
  static MasterKey of(int id, SecretKey key) {
    byte[] encoded = key.getEncoded(); // null if the key does not leave its device
    if (encoded != null && encoded.length != KEY_BYTES) {
      throw new StoreException.WrongKey(
          "key " + id + " has " + encoded.length + " bytes; AES-256 takes one of 32", null);
    }
    try {
      ExtendedNonce cipher = ExtendedNonce.of(key);
      return new MasterKey(id, ByteBuffer.wrap(cipher.check()).getInt(), cipher);
    } catch (GeneralSecurityException e) {
      throw unusable(id, e);
    }
  }

  /** A cipher for one record. */
  Cipher cipher(int mode, byte[] nonce) {
    try {
      return cipher.cipher(mode, nonce);
    } catch (GeneralSecurityException e) {
      throw unusable(id, e);
    }
  }

  /** Whether this key has encrypted a record whose header is sound. */
  boolean hasWritten(byte[] record) {
    return RecordLayout.key(record) == id && RecordLayout.check(record) == check;
  }

  static StoreException unusable(int id, GeneralSecurityException cause) {
    return new StoreException.WrongKey(
        "key " + id + " can't be used with AES: " + cause.getMessage(), cause);
  }
}
