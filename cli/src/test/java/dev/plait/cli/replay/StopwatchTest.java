package dev.plait.cli.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

final class StopwatchTest {
  private long nanos;

  private static Samples samples(double... millis) {
    Samples samples = new Samples();
    DoubleStream.of(millis).forEach(samples::add);
    return samples;
  }

  @Test
  void onlyMeasurementIsColdAndWarm() {
    assertEquals(7, samples(7).cold());
    assertEquals(7, samples(7).warm());
  }

  @Test
  void firstMeasurementIsColdAndNotPartOfTheMedian() {
    assertEquals(9, samples(9, 3).cold());
    assertEquals(3, samples(9, 3).warm());
    assertEquals(3, samples(9, 4, 1, 3).warm());
  }

  @Test
  void medianOfAnEvenNumberIsHalfWay() {
    assertEquals(2.5, samples(9, 4, 1).warm());
  }

  @Test
  void timeIsMeasuredWithoutPauses() {
    Stopwatch stopwatch = new Stopwatch(() -> nanos);
    Samples samples = new Samples();

    String result =
        stopwatch.time(
            samples,
            pause -> {
              nanos += 2_500_000;
              pause.during(() -> nanos += 40_000_000);
              return "done";
            });

    assertEquals("done", result);
    assertEquals(2.5, samples.cold());
  }
}
