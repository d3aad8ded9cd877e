package dev.plait.properties.store.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.store.ChangeStore;
import dev.plait.store.InMemoryStore;
import dev.plait.store.StoreCheck;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * A process writes to a store and is killed at a random moment, over and over on the same store:
 * while it commits, opens, closes, or gives room back. After each time the store holds every
 * acknowledged batch wholly, at most one more and nothing of any other, is sound, and takes writes.
 *
 * <p>10 kills, 100 with the system property {@code plait.long}; a kill costs about two seconds.
 * Killing a process shows what the operating system was told, not what a power failure leaves.
 */
public abstract class KillLoop {

  private static final int KILLS = Trial.LONG ? 100 : 10;
  private static final int MOST_LINES = 40;
  private static final int MOST_SPIN = 3_000_000; // nanoseconds
  private static final int MOST_SPIN_OPENING = 60_000_000; // nanoseconds

  /** For those who extend it. */
  protected KillLoop() {}

  /** Which store is put to the test. */
  protected abstract Class<? extends StoreFactory> factory();

  @Test
  void everyAcknowledgedBatchOutlivesAKilledProcess() throws Exception {
    Trial trial = Trial.of("kill loop", factory());
    RandomGenerator random = trial.random();
    Path place = trial.place("store");
    Script script = new Script(trial.seed(), 0);
    StoreFactory stores = ChildJvm.factory(factory().getName());
    Map<String, Integer> moments = new TreeMap<>();
    try (ChangeStore model = InMemoryStore.empty()) {
      long acknowledged = 0;
      int unacknowledged = 0;
      for (int kill = 1; kill <= KILLS; kill++) {
        Killed killed = writeUntil(trial, place, Moment.pick(random));
        moments.merge(killed.doing(), 1, Integer::sum);
        // A batch that was under way at the kill may be there or not.
        unacknowledged = killed.acknowledged() == 0 ? unacknowledged + 1 : 1;
        acknowledged = Math.max(acknowledged, killed.acknowledged());
        if (kill == KILLS || random.nextInt(3) > 0) {
          String which = "; kill " + kill + " while " + killed.doing() + "; " + trial;
          try (ChangeStore store = stores.open(place)) {
            long held = Script.batches(store);
            assertTrue(
                acknowledged <= held && held <= acknowledged + unacknowledged,
                "batch " + acknowledged + " was acknowledged, " + held + " are there" + which);
            check(store, script, model, which);
          }
          acknowledged = Script.batches(model);
          unacknowledged = 0;
        } // else the next process is the first to open what this one left
      }
    }
    System.out.println("  killed while doing: " + moments);
    trial.succeed();
  }

  /**
   * When to kill.
   *
   * @param event the beginning of the line to wait for
   * @param count how many such lines
   * @param spin how long after it, in nanoseconds
   */
  private record Moment(String event, int count, long spin) {

    static Moment pick(RandomGenerator random) {
      return switch (random.nextInt(8)) {
        case 0 -> new Moment(WriterProcess.OPEN, 1, random.nextInt(MOST_SPIN_OPENING));
        case 1 -> new Moment(WriterProcess.OPEN, 2 + random.nextInt(2), random.nextInt(MOST_SPIN));
        case 2 -> new Moment(WriterProcess.CLOSE, 1 + random.nextInt(2), random.nextInt(MOST_SPIN));
        case 3 ->
            new Moment(WriterProcess.RECLAIM, 1 + random.nextInt(3), random.nextInt(MOST_SPIN));
        default ->
            new Moment(
                WriterProcess.ACK, 1 + random.nextInt(MOST_LINES), random.nextInt(MOST_SPIN));
      };
    }
  }

  /**
   * What the killed process said.
   *
   * @param acknowledged the last batch it said was committed; 0 if it said of none
   * @param doing the last thing it said
   */
  private record Killed(long acknowledged, String doing) {}

  private Killed writeUntil(Trial trial, Path place, Moment moment)
      throws IOException, InterruptedException {
    Process child =
        ChildJvm.start(
            trial.work(),
            List.of(),
            WriterProcess.class,
            factory().getName(),
            place,
            trial.seed(),
            Long.MAX_VALUE,
            true);
    long acknowledged = 0;
    String doing = "";
    int events = 0;
    try (BufferedReader output = child.inputReader()) {
      Optional<String> line = Optional.ofNullable(output.readLine());
      while (line.isPresent()) {
        String said = line.get();
        doing = said.startsWith(WriterProcess.ACK) ? "COMMIT" : said;
        if (said.startsWith(WriterProcess.ACK)) {
          acknowledged = Long.parseLong(said.substring(WriterProcess.ACK.length()));
        }
        if (said.startsWith(moment.event())) {
          events++;
          if (events == moment.count()) {
            spin(moment.spin());
            // Not Process.destroyForcibly, which would throw away what was said last.
            child.toHandle().destroyForcibly();
          }
        }
        line = Optional.ofNullable(output.readLine());
      }
    }
    int status = child.waitFor();
    assertTrue(
        events >= moment.count(), () -> "the child ended by itself with " + status + "; " + trial);
    return new Killed(acknowledged, doing);
  }

  /** The store holds what it says it does, and one batch more after it was committed. */
  private static void check(ChangeStore store, Script script, ChangeStore model, String which) {
    long held = Script.batches(store);
    advance(model, script, held);
    same(store, model, held, which);
    assertFalse(store.isCopy(), "nobody copied it" + which);
    StoreCheck check = store.verify();
    assertTrue(check.isSound(), check + which);
    store.commit(script.batch(held + 1));
    advance(model, script, held + 1);
    same(store, model, held + 1, which);
  }

  private static void advance(ChangeStore model, Script script, long batches) {
    for (long n = Script.batches(model) + 1; n <= batches; n++) {
      model.commit(script.batch(n));
    }
  }

  private static void same(ChangeStore store, ChangeStore model, long held, String which) {
    Answers answers = Answers.of(store, held);
    assertEquals(Map.of(), answers.refusals(), which);
    assertEquals(Optional.empty(), answers.differenceTo(Answers.of(model, held)), which);
  }

  // A busy wait: a thread that sleeps wakes up too late to hit what takes microseconds.
  private static void spin(long nanoseconds) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < nanoseconds) {
      Thread.onSpinWait();
    }
  }
}
