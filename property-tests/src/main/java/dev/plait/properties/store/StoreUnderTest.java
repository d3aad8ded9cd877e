package dev.plait.properties.store;

import dev.plait.store.ChangeStore;
import java.util.Optional;

/** What the parts of {@link ChangeStoreContract} know of the store they try. */
interface StoreUnderTest {

  /**
   * Opens the store of the running test: the same place with each call of one test, a new and empty
   * one for each test.
   */
  ChangeStore opened();

  /**
   * Opens a new store, at a place of its own, that refuses what would make it much larger than so
   * many bytes as STORE_FULL. Empty if there is no such thing; the tests of full stores are skipped
   * then.
   */
  default Optional<ChangeStore> openWithRoomFor(long bytes) {
    return Optional.empty();
  }

  /**
   * As how long the store counts a chunk or snapshot of so many bytes: the same, unless it wraps
   * them in something.
   */
  default long storedLength(long length) {
    return length;
  }
}
