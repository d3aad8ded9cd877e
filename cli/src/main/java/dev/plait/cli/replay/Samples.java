package dev.plait.cli.replay;

import java.util.ArrayList;
import java.util.List;

/** Measurements of one thing, the first in a JVM that had not done it before. */
final class Samples {
  private final List<Double> millis = new ArrayList<>();

  void add(double oneMillis) {
    millis.add(oneMillis);
  }

  /** The first measurement. */
  double cold() {
    return millis.get(0);
  }

  /** The median of the others; the first one if there are no others. */
  double warm() {
    int first = millis.size() == 1 ? 0 : 1;
    List<Double> sorted = millis.subList(first, millis.size()).stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
