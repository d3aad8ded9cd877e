package dev.plait.properties.store.crash;

import dev.plait.properties.store.StoreSamples;
import dev.plait.store.ChangeStore;
import dev.plait.store.StoreException;
import java.nio.file.Path;

/**
 * Says why it can't write what its files have no room for, nor anything after, and what it reads.
 */
final class FailedDeviceProcess {

  private static final int TOO_LARGE = 60 << 20; // bytes

  private FailedDeviceProcess() {}

  /** Arguments: the factory's name, the directory of the store. */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    Path place = Path.of(arguments[1]);
    try (ChangeStore store = ChildJvm.factory(arguments[0]).open(place)) {
      store.commit(StoreSamples.appending(StoreSamples.chunk("d", 1, 10)));
      ChildJvm.say(failureOf(store, TOO_LARGE));
      ChildJvm.say(failureOf(store, 10));
      ChildJvm.say("" + StoreSamples.chunks(store, "d").size());
    }
  }

  private static String failureOf(ChangeStore store, int size) {
    try {
      store.commit(StoreSamples.appending(StoreSamples.chunk("d", 2, size)));
      return "no failure";
    } catch (StoreException failure) {
      return failure.getCause() instanceof StoreException before
          ? failure.code() + " after " + before.code()
          : failure.code();
    }
  }
}
