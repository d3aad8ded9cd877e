package dev.plait.properties.store.crash;

import dev.plait.store.ChangeStore;
import dev.plait.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Fills a small disk with a store, makes room, and goes on; says {@link #DONE} when all was as it
 * should be, and dies of what was not.
 */
final class FullDiskProcess {

  static final String DONE = "DONE";

  private static final int RESERVE = 3 << 20; // bytes
  private static final int BALLAST = 128 << 10; // bytes a batch
  private static final int ENOUGH = 2000; // batches, to fill any small disk

  private final Script script;
  private final Path place;
  private final StoreFactory stores;

  private FullDiskProcess(StoreFactory stores, Path place, Script script) {
    this.stores = stores;
    this.place = place;
    this.script = script;
  }

  /** Arguments: the factory's name, a directory on a small empty disk of its own, the seed. */
  public static void main(String[] arguments) throws ReflectiveOperationException, IOException {
    Path disk = Path.of(arguments[1]);
    Path first = Files.write(disk.resolve("reserve1"), new byte[RESERVE]);
    Path second = Files.write(disk.resolve("reserve2"), new byte[RESERVE]);
    new FullDiskProcess(
            ChildJvm.factory(arguments[0]),
            Files.createDirectory(disk.resolve("store")),
            new Script(Long.parseLong(arguments[2]), BALLAST))
        .run(first, second);
    ChildJvm.say(DONE);
  }

  private void run(Path first, Path second) throws IOException {
    long held;
    try (ChangeStore store = stores.open(place)) {
      held = fill(store);
      same(store, held);
      Files.delete(first);
      store.commit(script.batch(held + 1));
      same(store, held + 1);
      held = fill(store);
      same(store, held);
    }
    openWhileFull(held);
    Files.delete(second);
    try (ChangeStore store = stores.open(place)) {
      same(store, held);
      store.commit(script.batch(held + 1));
      same(store, held + 1);
      check(store.verify().isSound(), store.verify());
    }
    ChildJvm.say("  " + (held + 1) + " batches, two of them after the disk was full");
  }

  /** Writes until there is no room; how many batches the store has said it holds. */
  private long fill(ChangeStore store) {
    long held = Script.batches(store);
    long end = held + ENOUGH;
    boolean full = false;
    while (!full) {
      check(held < end, "the disk is never full");
      try {
        store.commit(script.batch(held + 1));
        held++;
      } catch (StoreException.Full refusal) {
        full = true;
      }
    }
    return held;
  }

  private void openWhileFull(long held) {
    try (ChangeStore store = stores.open(place)) {
      same(store, held);
    } catch (StoreException.Full refusal) {
      ChildJvm.say("  does not open while the disk is full: " + refusal.getMessage());
    }
  }

  private void same(ChangeStore store, long held) {
    Answers answers = Answers.of(store, held);
    check(answers.refusals().isEmpty(), answers.refusals());
    Optional<Answers.Difference> difference = answers.differenceTo(Answers.of(script, held));
    check(difference.isEmpty(), difference);
  }

  private static void check(boolean right, Object what) {
    if (!right) {
      throw new AssertionError(what);
    }
  }
}
