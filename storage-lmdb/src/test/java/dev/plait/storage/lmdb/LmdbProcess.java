package dev.plait.storage.lmdb;

import dev.plait.properties.store.StoreSamples;
import dev.plait.store.StoreException;
import java.nio.file.Path;
import org.lmdbjava.LmdbException;

/** What a test runs in a process of its own; it answers on standard output, a line each. */
final class LmdbProcess {

  private LmdbProcess() {}

  public static void main(String[] arguments) {
    Path place = Path.of(arguments[1]);
    switch (arguments[0]) {
      case "use" -> use(place);
      case "interrupted" -> {
        Thread.currentThread().interrupt();
        use(place);
        System.out.println(Thread.interrupted());
      }
      case "twice" -> {
        use(place);
        use(place);
      }
      case "grow" -> grow(place);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void use(Path place) {
    try (LmdbStore store = LmdbStore.open(place)) {
      store.commit(StoreSamples.appending(StoreSamples.chunk("d", 1, 10)));
      store.reclaim();
      System.out.println(StoreSamples.chunks(store, "d").size());
    } catch (StoreException refused) {
      System.out.println(refused.code() + " " + refused.getMessage());
    }
  }

  /** Run where a process may not have much memory: at some point no larger map is to be had. */
  private static void grow(Path place) {
    LmdbOptions options = LmdbOptions.defaults().withInitialMapBytes(1 << 30);
    try (Environment environment = Environment.open(place, options)) {
      growUntilRefused(environment);
      try (Transaction transaction = environment.read()) {
        System.out.println("transaction " + transaction.number());
      } catch (LmdbException refused) {
        System.out.println("refused");
      }
    }
  }

  private static void growUntilRefused(Environment environment) {
    try {
      while (environment.canGrow()) {
        environment.grow();
      }
    } catch (LmdbException failure) {
      System.out.println("no larger map");
    }
  }
}
