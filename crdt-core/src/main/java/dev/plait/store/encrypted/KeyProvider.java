package dev.plait.store.encrypted;

import java.util.Map;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Where an {@link EncryptedStore} gets its keys from. Implementations are safe for use by many
 * threads. A key is asked for once by each open store and then kept until that is closed; what an
 * implementation throws reaches the store's caller as the cause of a STORE_KEY.
 *
 * <p>A key is for AES with 256 bits, and one the cipher of the JDK can use: in memory, out of a
 * {@code KeyStore}, or in a device whose provider offers AES in CBC mode, since only single blocks
 * are encrypted with it. Give every key an id of its own and never give an id to another key: the
 * id stands in the clear in every record.
 */
public interface KeyProvider {

  /** The id of the key that is to be written with from now on; any number. */
  int current();

  /** The key with this id, or null if there is none. */
  @Nullable SecretKey key(int id);

  /** A provider with one key. */
  static KeyProvider of(int id, SecretKey key) {
    return of(id, Map.of(id, key));
  }

  /**
   * A provider with a copy of these keys.
   *
   * @param current the id of the one to write with
   * @param keys all keys by id, those included that only old records need
   * @throws IllegalArgumentException if {@code current} is not among them
   */
  static KeyProvider of(int current, Map<Integer, SecretKey> keys) {
    Map<Integer, SecretKey> copy = Map.copyOf(keys);
    if (!copy.containsKey(current)) {
      throw new IllegalArgumentException(
          "the key to write with, " + current + ", is not among those handed in");
    }
    return new KeyProvider() {
      @Override
      public int current() {
        return current;
      }

      @Override
      public @Nullable SecretKey key(int id) {
        return copy.get(id);
      }
    };
  }
}
