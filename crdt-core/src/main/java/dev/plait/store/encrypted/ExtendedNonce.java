package dev.plait.store.encrypted;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/*
 * AES-256-GCM with nonces long enough to be drawn at random.
 *
 * GCM takes a nonce of 96 bits, and one that comes twice under the same key gives the plaintexts
 * away. Drawn at random, 2^32 records are as many as one key should write. A counter would have to
 * be remembered, and a restored copy of a store would count from where it was: the same nonces for
 * other data. So each record gets a key of its own: of 24 random bytes, the first twelve and the
 * master key give the record's key, by the key derivation of NIST SP 800-108r1 with CMAC, and the
 * others are the nonce of GCM under it. Two records meet only when all 24 bytes are equal: after
 * 2^80 records the chance of that is 2^-32. This is the construction XAES-256-GCM of C2SP.
 */
/** AES-256-GCM under a nonce of 24 bytes that may be drawn at random. Immutable, thread-safe. */
final class ExtendedNonce {
  static final int NONCE_BYTES = 24;
  static final int TAG_BYTES = 16;

  private static final int CONTEXT_BYTES = 12;
  private static final int BLOCK_BYTES = 16;
  private static final byte RECORD_KEY = 'X';
  private static final byte CHECK = 'P';

  private final SecretKey master;
  private final byte[] subkey;

  private ExtendedNonce(SecretKey master, byte[] subkey) {
    this.master = master;
    this.subkey = subkey;
  }

  /**
   * The cipher with this master key.
   *
   * @throws GeneralSecurityException if the key is not one for AES
   */
  static ExtendedNonce of(SecretKey master) throws GeneralSecurityException {
    byte[] doubled = block(master).doFinal(new byte[BLOCK_BYTES]);
    int carry = 0;
    for (int i = BLOCK_BYTES - 1; i >= 0; i--) {
      int shifted = (doubled[i] & 0xff) << 1 | carry;
      doubled[i] = (byte) shifted;
      carry = shifted >>> 8;
    }
    doubled[BLOCK_BYTES - 1] ^= (byte) (carry * 0x87);
    return new ExtendedNonce(master, doubled);
  }

  /** Four bytes that tell this key from another and nothing else about it. */
  byte[] check() throws GeneralSecurityException {
    return Arrays.copyOf(derived(CHECK, 1, new byte[CONTEXT_BYTES]), 4);
  }

  /**
   * A cipher for one record.
   *
   * @param mode {@link Cipher#ENCRYPT_MODE} or {@link Cipher#DECRYPT_MODE}
   * @param nonce 24 bytes
   */
  Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    byte[] key = new byte[2 * BLOCK_BYTES];
    System.arraycopy(derived(RECORD_KEY, 1, nonce), 0, key, 0, BLOCK_BYTES);
    System.arraycopy(derived(RECORD_KEY, 2, nonce), 0, key, BLOCK_BYTES, BLOCK_BYTES);
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode,
        new SecretKeySpec(key, "AES"),
        new GCMParameterSpec(8 * TAG_BYTES, nonce, CONTEXT_BYTES, NONCE_BYTES - CONTEXT_BYTES));
    return cipher;
  }

  /** CMAC over one whole block: which of the blocks asked for, what for, and the context. */
  private byte[] derived(byte label, int counter, byte[] context) throws GeneralSecurityException {
    byte[] input = subkey.clone();
    input[1] ^= (byte) counter;
    input[2] ^= label;
    for (int i = 0; i < CONTEXT_BYTES; i++) {
      input[BLOCK_BYTES - CONTEXT_BYTES + i] ^= context[i];
    }
    return block(master).doFinal(input);
  }

  /** The bare block cipher: one block in CBC mode after a block of zeros. */
  private static Cipher block(SecretKey master) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
    cipher.init(Cipher.ENCRYPT_MODE, master, new IvParameterSpec(new byte[BLOCK_BYTES]));
    return cipher;
  }
}
