package dev.plait.wire;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Whatever strangers send is refused with a documented code and nothing changed, or taken wholly.
 * The time is a budget: how many inputs fit into it is printed and not asserted. {@code
 * -Dplait.fuzz.seed} repeats a run, {@code -Dplait.fuzz.seconds} changes the budget.
 */
class FuzzTest {
  private static final long SHORT_SECONDS = 20;
  private static final long LONG_SECONDS = 120;

  @Test
  void strangersBytesAreRefusedOrTakenWhole() {
    long seed = Long.getLong("plait.fuzz.seed", 1);
    long budget =
        Long.getLong(
            "plait.fuzz.seconds", Boolean.getBoolean("plait.long") ? LONG_SECONDS : SHORT_SECONDS);
    System.out.println("fuzz: seed " + seed + ", " + budget + " seconds");
    List<FuzzSubject> subjects = FuzzSubjects.of(seed);
    FuzzRun run = new FuzzRun(seed, subjects);
    long end = System.nanoTime() + Duration.ofSeconds(budget).toNanos();
    run.run(() -> System.nanoTime() - end < 0);
    System.out.println(run.report());
    for (FuzzSubject subject : subjects) {
      assertTrue(run.refused(subject.name()) > 0, () -> subject.name() + " refused nothing");
      assertTrue(
          run.count(subject.name(), FuzzSubject.ACCEPTED) > 0,
          () -> subject.name() + " accepted nothing");
    }
  }
}
