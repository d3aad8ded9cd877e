package dev.plait.properties.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.plait.store.StoreException;

/** Calls that have to fail, each with its type and its code. */
final class Refusals {

  private Refusals() {}

  static void assertUnstorable(Runnable call) {
    assertRefused(StoreException.Unstorable.class, StoreException.UNSTORABLE, call);
  }

  static void assertClosed(Runnable call) {
    assertRefused(StoreException.Closed.class, StoreException.STORE_CLOSED, call);
  }

  static void assertFull(Runnable call) {
    assertRefused(StoreException.Full.class, StoreException.STORE_FULL, call);
  }

  static void assertLocked(Runnable call) {
    assertRefused(StoreException.Locked.class, StoreException.STORE_LOCKED, call);
  }

  static void assertRefused(Class<? extends StoreException> type, String code, Runnable call) {
    assertEquals(code, assertThrows(type, call::run).code());
  }
}
