package dev.plait.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PatienceTest {

  private final Patience patience = new Patience();

  private int ticksUntilOut() {
    int ticks = 1;
    while (!patience.isOutAfterTick()) {
      ticks++;
    }
    return ticks;
  }

  @Test
  void lastsTwiceAsLongEachTimeUpToTheLongest() {
    for (int expected : new int[] {2, 4, 8, 16, 32, 64, 64, 64}) {
      assertEquals(expected, ticksUntilOut());
    }
  }

  @Test
  void beginsAnewWhenSomethingCame() {
    ticksUntilOut();
    patience.isOutAfterTick();
    patience.isOutAfterTick();
    patience.isOutAfterTick();

    patience.restart();

    assertEquals(4, ticksUntilOut());
  }

  @Test
  void lastsMoreThanTwiceAsLongAsAnAnswerTook() {
    patience.learn(10);
    assertEquals(22, ticksUntilOut());

    patience.learn(0);
    assertEquals(2, ticksUntilOut());
    patience.learn(Long.MAX_VALUE / 4);
    assertEquals(64, ticksUntilOut());
  }

  @Test
  void relaxesByHalves() {
    patience.learn(7);
    patience.relax();
    assertEquals(8, ticksUntilOut());

    patience.learn(0);
    patience.relax();
    assertEquals(2, ticksUntilOut());
  }
}
