package dev.plait.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Guards against getting slower: how many times as long as its floor Plait takes, with -Plong. */
class FloorTest {
  @Test
  @EnabledIfSystemProperty(named = "plait.long", matches = "true")
  void nothingTakesManyMoreTimesAsLongAsItsFloorThanItDid() {
    List<String> slower = new ArrayList<>();
    for (Floor one : Floor.all()) {
      double ratio = one.ratio();
      String line =
          String.format(
              Locale.ROOT,
              "%s: %.1f times its floor, at most %.1f",
              one.name(),
              ratio,
              one.mostRatio());
      System.out.println(line);
      if (ratio > one.mostRatio()) {
        slower.add(line);
      }
    }
    assertTrue(slower.isEmpty(), slower::toString);
  }
}
