package dev.plait.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class BackoffTest {

  /** Always draws the longest wait. */
  private static final RandomGenerator LONGEST =
      new RandomGenerator() {
        @Override
        public long nextLong() {
          return 0;
        }

        @Override
        public long nextLong(long bound) {
          return bound - 1;
        }
      };

  private static Backoff backoff(long first, long cap) {
    return new Backoff(first, cap, new Chance(LONGEST));
  }

  @Test
  void ceilingDoublesUpToTheCap() {
    Backoff backoff = backoff(100, 900);

    assertEquals(100, backoff.next(false));
    assertEquals(200, backoff.next(false));
    assertEquals(400, backoff.next(false));
    assertEquals(800, backoff.next(false));
    assertEquals(900, backoff.next(false));
    assertEquals(900, backoff.next(false));
  }

  @Test
  void successBringsBackTheFirstCeiling() {
    Backoff backoff = backoff(100, 900);
    backoff.next(false);
    backoff.next(false);

    backoff.reset();

    assertEquals(100, backoff.next(false));
  }

  @Test
  void refusalGoesToTheCapAtOnceAndStaysThere() {
    Backoff backoff = backoff(100, 900);

    assertEquals(900, backoff.next(true));
    assertEquals(900, backoff.next(false));
  }

  @Test
  void greatestNumbersDoNotOverflow() {
    Backoff backoff = backoff(Long.MAX_VALUE / 2, Long.MAX_VALUE);

    assertEquals(Long.MAX_VALUE / 2, backoff.next(false));
    assertEquals(Long.MAX_VALUE - 1, backoff.next(false));
    assertEquals(Long.MAX_VALUE, backoff.next(false));
  }

  @Test
  void waitsAreSpreadOverAllOfTheirRange() {
    Backoff backoff = new Backoff(10, 10, new Chance(new Random(5)));
    boolean[] drawn = new boolean[11];
    for (int i = 0; i < 1000; i++) {
      drawn[(int) backoff.next(false)] = true;
    }

    for (int wait = 1; wait <= 10; wait++) {
      assertTrue(drawn[wait], "never waited " + wait);
    }
    assertTrue(!drawn[0]);
  }
}
