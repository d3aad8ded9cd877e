package dev.plait.store.encrypted;

import static dev.plait.store.encrypted.EncryptedSamples.LOW;
import static dev.plait.store.encrypted.EncryptedSamples.ONE;
import static dev.plait.store.encrypted.EncryptedSamples.ONLY_TWO;
import static dev.plait.store.encrypted.EncryptedSamples.TWO;
import static dev.plait.store.encrypted.EncryptedSamples.appending;
import static dev.plait.store.encrypted.EncryptedSamples.chunk;
import static dev.plait.store.encrypted.EncryptedSamples.chunks;
import static dev.plait.store.encrypted.EncryptedSamples.key;
import static dev.plait.store.encrypted.EncryptedSamples.snapshot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.Dot;
import dev.plait.store.ChangeStore;
import dev.plait.store.InMemoryDisk;
import dev.plait.store.InMemoryStore;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoreException;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which keys open what. */
final class EncryptionKeysTest {
  private static final KeyProvider OTHER_ONE = KeyProvider.of(1, key(9));

  private final InMemoryDisk disk = new InMemoryDisk();

  private EncryptedStore open(KeyProvider keys) {
    return EncryptedStore.open(InMemoryStore.open(disk), keys);
  }

  static List<StoreBatch> oneOfEachKind() {
    return List.of(
        appending(chunk("d", LOW, 1, 1, "x")),
        StoreBatch.builder().quarantine(chunk("d", LOW, 1, 1, "x")).build(),
        StoreBatch.builder().snapshot(snapshot("d", "x", new Dot(LOW, 1))).build());
  }

  @ParameterizedTest
  @MethodSource("oneOfEachKind")
  void anotherKeyOfTheSameNameIsRefusedWhenTheStoreIsOpened(StoreBatch batch) {
    try (ChangeStore store = open(ONE)) {
      store.commit(batch);
    }
    assertWrongKey("another key 1", OTHER_ONE);
    open(ONE).close();
  }

  @ParameterizedTest
  @MethodSource("oneOfEachKind")
  void aKeyThatIsMissingIsRefusedWhenTheStoreIsOpened(StoreBatch batch) {
    try (ChangeStore store = open(ONE)) {
      store.commit(batch);
    }
    assertWrongKey("key 1, which the KeyProvider does not have", ONLY_TWO);
    open(TWO).close();
  }

  @ParameterizedTest
  @MethodSource("oneOfEachKind")
  void aStoreThatIsNotEncryptedIsRefusedWhenItIsOpened(StoreBatch batch) {
    try (ChangeStore store = InMemoryStore.open(disk)) {
      store.commit(batch);
    }
    assertWrongKey("is not encrypted", ONE);
  }

  @Test
  void whatHasNothingToTryIsOpened() {
    try (ChangeStore store = open(ONE)) {
      store.commit(StoreBatch.builder().identity(LOW).suspect("d", new Dot(LOW, 1)).build());
    }
    try (ChangeStore store = open(OTHER_ONE)) {
      assertEquals(LOW, store.identity());
    }
  }

  @Test
  void eachRecordIsReadWithTheKeyItNames() {
    try (ChangeStore store = open(ONE)) {
      store.commit(appending(chunk("d", LOW, 1, 1, "one")));
    }
    try (ChangeStore store = open(TWO)) {
      store.commit(appending(chunk("a", LOW, 1, 1, "two")));
      assertEquals(List.of(chunk("d", LOW, 1, 1, "one")), chunks(store, "d"));
    }
    // What is tried on opening has the second key.
    try (ChangeStore store = open(ONLY_TWO)) {
      assertEquals(List.of(chunk("a", LOW, 1, 1, "two")), chunks(store, "a"));
      assertThrows(StoreException.WrongKey.class, () -> chunks(store, "d"));
      assertEquals(1, store.verify().damages().size());
    }
  }

  @Test
  void aKeyOfAnotherLengthIsRefused() {
    for (int length : new int[] {16, 24, 31, 33, 64}) {
      SecretKey wrong = new SecretKeySpec(new byte[length], "AES");
      assertWrongKey("32", KeyProvider.of(1, wrong));
    }
  }

  @Test
  void aProviderWithoutItsCurrentKeyIsRefused() {
    assertWrongKey("does not have it", provider(5, null));
    assertThrows(
        IllegalArgumentException.class, () -> KeyProvider.of(3, Map.of(1, key(1), 2, key(2))));
  }

  @Test
  void whatAProviderThrowsIsTheCause() {
    IllegalStateException failure = new IllegalStateException("the key server is away");
    KeyProvider failing = provider(1, failure);
    StoreException refused = assertThrows(StoreException.WrongKey.class, () -> open(failing));
    assertSame(failure, refused.getCause());
  }

  @Test
  void aStoreThatCantBeOpenedIsClosed() {
    assertThrows(StoreException.WrongKey.class, () -> open(provider(5, null)));
    InMemoryStore.open(disk).close();
  }

  private void assertWrongKey(String says, KeyProvider keys) {
    StoreException refused = assertThrows(StoreException.WrongKey.class, () -> open(keys));
    assertEquals(StoreException.STORE_KEY, refused.code());
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains(says), message);
  }

  /** A provider with no key, which throws if it is told to. */
  private static KeyProvider provider(int current, @Nullable RuntimeException failure) {
    return new KeyProvider() {
      @Override
      public int current() {
        return current;
      }

      @Override
      public @Nullable SecretKey key(int id) {
        if (failure != null) {
          throw failure;
        }
        return null;
      }
    };
  }
}
