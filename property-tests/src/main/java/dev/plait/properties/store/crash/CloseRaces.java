package dev.plait.properties.store.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A store is closed while threads read it, write it and ask it. Each call ends well or is refused
 * as STORE_CLOSED, what was committed is there afterwards, and the process lives.
 *
 * <p>300 races, 10,000 with the system property {@code plait.long}, in a process of its own.
 */
public abstract class CloseRaces {

  private static final int RACES = Trial.LONG ? 10_000 : 300;

  /** For those who extend it. */
  protected CloseRaces() {}

  /** Which store is put to the test. */
  protected abstract Class<? extends StoreFactory> factory();

  @Test
  void closingRefusesWhatComesLaterAndHarmsNothing() throws Exception {
    Trial trial = Trial.of("close races", factory());
    ChildJvm.Ended ended =
        ChildJvm.run(
            trial.work(),
            List.of(),
            RaceProcess.class,
            factory().getName(),
            trial.place("store"),
            trial.seed(),
            RACES);
    ended.lines().forEach(System.out::println);
    assertEquals(0, ended.status(), trial::toString);
    assertEquals(RaceProcess.DONE, ended.lines().get(ended.lines().size() - 1), trial::toString);
    trial.succeed();
  }
}
