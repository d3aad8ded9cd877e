package dev.plait.store.encrypted;

import dev.plait.store.StoreException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** The keys a provider was asked for, so that it is asked once. Safe for use by many threads. */
final class Keyring {
  private final KeyProvider provider;
  private final ConcurrentMap<Integer, MasterKey> known = new ConcurrentHashMap<>();

  Keyring(KeyProvider provider) {
    this.provider = provider;
  }

  /**
   * The key to write with.
   *
   * @throws StoreException STORE_KEY if there is none
   */
  MasterKey current() {
    int id = currentId();
    MasterKey key = get(id);
    if (key == null) {
      throw new StoreException.WrongKey(
          "the KeyProvider says to write with key " + id + ", but does not have it", null);
    }
    return key;
  }

  /** The key with this id, or null if there is none. */
  @Nullable MasterKey get(int id) {
    MasterKey key = known.get(id);
    if (key != null) {
      return key;
    }
    SecretKey provided = fromProvider(id);
    if (provided == null) {
      return null;
    }
    MasterKey taken = MasterKey.of(id, provided);
    MasterKey earlier = known.putIfAbsent(id, taken);
    return earlier == null ? taken : earlier;
  }

  private @Nullable SecretKey fromProvider(int id) {
    try {
      return provider.key(id);
    } catch (RuntimeException e) {
      throw failed("for key " + id, e);
    }
  }

  private int currentId() {
    try {
      return provider.current();
    } catch (RuntimeException e) {
      throw failed("which key to write with", e);
    }
  }

  private static StoreException failed(String question, RuntimeException cause) {
    return new StoreException.WrongKey(
        "the KeyProvider failed when asked " + question + ": " + cause.getMessage(), cause);
  }
}
