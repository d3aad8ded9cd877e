package dev.plait.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RunLengthsTest {
  private static long sum(List<Long> numbers, int from, int to) {
    return numbers.subList(from, to).stream().mapToLong(Long::longValue).sum();
  }

  @Test
  void readsBackWhatWasAddedWhileItGrows() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 200; round++) {
      List<Long> plain = new ArrayList<>();
      RunLengths column = new RunLengths();
      RunLengths.Reader reader = new RunLengths.Reader(column);
      int at = 0;
      for (int step = 0; step < 100; step++) {
        if (at == plain.size() || random.nextInt(3) == 0) {
          long value = random.nextInt(3);
          int times = 1 + random.nextInt(4);
          column.add(value, times);
          for (int i = 0; i < times; i++) {
            plain.add(value);
          }
        } else {
          assertEquals(plain.get(at), reader.peek());
          int count = 1 + random.nextInt(plain.size() - at);
          assertEquals(sum(plain, at, at + count), reader.skip(count));
          at += count;
        }
      }
    }
  }

  @Test
  void looksAheadWithoutMoving() {
    RunLengths column = new RunLengths();
    column.add(5, 2);
    column.add(7, 3);
    RunLengths.Reader reader = new RunLengths.Reader(column);
    assertEquals(2, reader.repeats());
    assertEquals(1, reader.repeats(1));
    reader.skip(1);
    assertEquals(7, reader.peek(1));
    assertEquals(3, reader.repeats(1));
    assertEquals(5, reader.peek());
    reader.skip(1);
    assertEquals(7, reader.peek());
    assertEquals(3, reader.repeats());
  }

  @Test
  void climbsAsTheSumsOfItsNumbersDo() {
    SplittableRandom random = new SplittableRandom(2);
    for (int round = 0; round < 2000; round++) {
      List<Long> plain = new ArrayList<>();
      RunLengths column = new RunLengths();
      for (int i = 0; i < 6; i++) {
        long value = random.nextInt(12) == 0 ? -random.nextInt(2) : 1 + random.nextInt(3);
        plain.add(value);
        column.add(value, 1);
      }
      RunLengths.Reader reader = new RunLengths.Reader(column);
      int from = random.nextInt(3);
      reader.skip(from);
      int skipped = random.nextInt(2);
      int count = random.nextInt(7 - from - skipped);
      long atMost = 10L + random.nextInt(8);
      boolean expected = true;
      long reached = 10;
      for (int i = 0; i < count; i++) {
        long value = plain.get(from + skipped + i);
        reached += value;
        expected &= value > 0 && reached <= atMost;
      }
      assertEquals(expected, reader.climbs(skipped, count, 10, atMost));
    }
  }

  @Test
  void climbingBeyondAnyNumberIsNoticed() {
    RunLengths column = new RunLengths();
    column.add(1L << 60, 64);
    RunLengths.Reader reader = new RunLengths.Reader(column);
    assertFalse(reader.climbs(0, 64, 1, Long.MAX_VALUE));
  }
}
