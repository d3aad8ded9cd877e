package dev.plait.properties.store.crash;

import dev.plait.store.ChangeStore;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Goes on writing a script where the store left off, saying what it does: {@code OPEN}, {@code
 * RECLAIM} and {@code CLOSE} before it does so, {@code ACK n} after batch n was committed.
 */
final class WriterProcess {

  static final String OPEN = "OPEN";
  static final String RECLAIM = "RECLAIM";
  static final String CLOSE = "CLOSE";
  static final String ACK = "ACK ";

  private static final int RECLAIM_EVERY = 13; // batches
  private static final int CLOSE_EVERY = 17; // batches

  private WriterProcess() {}

  /**
   * Arguments: the factory's name, the place, the seed, the number of the last batch, and whether
   * to reclaim and to close and open again in between. Ends with the store closed.
   */
  public static void main(String[] arguments) throws ReflectiveOperationException, IOException {
    StoreFactory factory = ChildJvm.factory(arguments[0]);
    Path place = Path.of(arguments[1]);
    Script script = new Script(Long.parseLong(arguments[2]), 0);
    long last = Long.parseLong(arguments[3]);
    boolean varied = Boolean.parseBoolean(arguments[4]);
    boolean done = false;
    while (!done) {
      ChildJvm.say(OPEN);
      try (ChangeStore store = factory.open(place)) {
        done = write(store, script, last, varied);
        ChildJvm.say(CLOSE);
      }
    }
  }

  /** Whether the last batch was written. */
  private static boolean write(ChangeStore store, Script script, long last, boolean varied) {
    long n = Script.batches(store);
    boolean more = n < last;
    while (more) {
      n++;
      store.commit(script.batch(n));
      ChildJvm.say(ACK + n);
      if (varied && n % RECLAIM_EVERY == 0) {
        ChildJvm.say(RECLAIM);
        store.reclaim();
      }
      more = n < last && !(varied && n % CLOSE_EVERY == 0);
    }
    return n >= last;
  }
}
