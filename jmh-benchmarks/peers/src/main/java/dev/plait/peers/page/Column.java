package dev.plait.peers.page;

import dev.plait.peers.run.Measurement;
import dev.plait.peers.run.Results;
import dev.plait.peers.task.Task;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One figure of every participant, the less the better.
 *
 * @param head what stands above it
 * @param title of its chart, with the unit
 */
record Column(String head, String title, String script, Task task, Kind kind) {
  /** What is shown of a measurement. */
  enum Kind {
    MILLIS,
    MICROS_EACH,
    BYTES
  }

  /** The figure of a participant; null if there is none. */
  @Nullable Double value(Results results, String participant) {
    Measurement found = results.find(participant, script, task.label()).orElse(null);
    if (found == null || found.reason() != null) {
      return null;
    }
    Double millis = found.millis();
    return switch (kind) {
      case MILLIS -> millis;
      case MICROS_EACH ->
          millis == null ? null : millis * 1e3 / Objects.requireNonNull(found.changes());
      case BYTES -> found.bytes() == null ? null : (double) found.bytes();
    };
  }

  /** The figure as text, with that of the first run in its process behind it. */
  String text(Results results, String participant) {
    Double value = value(results, participant);
    if (value == null) {
      return "–";
    }
    Measurement found = results.find(participant, script, task.label()).orElseThrow();
    Double cold = found.cold();
    return switch (kind) {
      case MILLIS ->
          Figures.millis(value) + (cold == null ? "" : " (" + Figures.millis(cold) + ")");
      case MICROS_EACH -> Figures.millis(value);
      case BYTES -> Figures.bytes(value.longValue());
    };
  }

  /** Who has the least; null if nobody has anything. */
  @Nullable String best(Results results) {
    String best = null;
    double least = Double.MAX_VALUE;
    for (String participant : results.participants()) {
      Double value = value(results, participant);
      if (value != null && value < least) {
        least = value;
        best = participant;
      }
    }
    return best;
  }
}
