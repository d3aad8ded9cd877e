package dev.plait.properties.simulation.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is left of a log when the power fails. */
class LogFileTest {

  private static final int WRITE_BYTES = 40;

  private enum Left {
    NOTHING,
    SOME_WRITES,
    ALL,
    CUT,
    ZEROS,
    NOISE
  }

  @Test
  void whatWasSyncedStaysAndOfTheRestOnlyTheLastSurvivingWriteIsTorn() {
    Set<Left> seen = EnumSet.noneOf(Left.class);
    for (int seed = 0; seed < 3000; seed++) {
      byte[] written = new byte[7 * WRITE_BYTES];
      Arrays.fill(written, (byte) 0x55);
      LogFile log = new LogFile();
      int synced = seed % 4;
      for (int i = 0; i < 7; i++) {
        log.write(written, i * WRITE_BYTES, WRITE_BYTES);
        if (i + 1 == synced) {
          log.sync();
        }
      }
      log.loseUnsynced(new SplittableRandom(seed));
      seen.add(left(log, written, synced * WRITE_BYTES));
      byte[] once = bytes(log);
      log.loseUnsynced(new SplittableRandom(seed));
      assertArrayEquals(once, bytes(log), "what survived is durable");
    }
    assertEquals(EnumSet.allOf(Left.class), seen);
  }

  private static Left left(LogFile log, byte[] written, int synced) {
    byte[] left = bytes(log);
    assertTrue(left.length >= synced && left.length <= written.length);
    int wrong = Arrays.mismatch(left, written);
    if (wrong < 0) {
      return Left.ALL;
    }
    if (wrong == left.length) {
      return left.length == synced
          ? Left.NOTHING
          : left.length % WRITE_BYTES == 0 ? Left.SOME_WRITES : Left.CUT;
    }
    assertTrue(wrong >= synced, "synced bytes were changed");
    assertEquals(0, left.length % WRITE_BYTES, "cut short and overwritten");
    assertTrue(wrong >= left.length - WRITE_BYTES, "not the last write is torn");
    return left[wrong] == 0 ? Left.ZEROS : Left.NOISE;
  }

  private static byte[] bytes(LogFile log) {
    return Arrays.copyOf(log.array(), log.length());
  }

  @Test
  void cuttingForgetsTheWritesBehindTheCut() {
    LogFile log = new LogFile();
    log.write(new byte[30], 0, 10);
    log.sync();
    log.write(new byte[30], 0, 30);
    log.write(new byte[30], 0, 30);
    log.cut(40);
    assertEquals(40, log.length());
    assertEquals(10, log.synced());
    int shortest = 40;
    for (int seed = 0; seed < 50; seed++) {
      LogFile same = log.durable();
      same.write(new byte[30], 0, 30);
      same.write(new byte[30], 0, 30);
      same.cut(40);
      same.loseUnsynced(new SplittableRandom(seed));
      assertTrue(same.length() >= 10 && same.length() <= 40);
      shortest = Math.min(shortest, same.length());
    }
    assertEquals(10, shortest);
    log.cut(5);
    assertEquals(5, log.synced());
  }

  @Test
  void aDurableCopyHasWhatWasSyncedAndGoesItsOwnWay() {
    LogFile log = new LogFile();
    log.write(new byte[] {1, 2, 3}, 0, 3);
    log.sync();
    log.write(new byte[] {4}, 0, 1);
    LogFile copy = log.durable();
    copy.write(new byte[] {5}, 0, 1);
    copy.flip(0, 1);
    assertArrayEquals(new byte[] {3, 2, 3, 5}, bytes(copy));
    assertArrayEquals(new byte[] {1, 2, 3, 4}, bytes(log));
  }
}
