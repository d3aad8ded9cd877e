package dev.plait.peers.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that came out of a run.
 *
 * @param date the day
 * @param machine what it ran on, line by line
 * @param leftOut who did not take part, and why
 */
public record Results(
    String date,
    List<String> machine,
    Map<String, String> leftOut,
    List<Measurement> measurements) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  public Results {
    machine = List.copyOf(machine);
    measurements = List.copyOf(measurements);
  }

  /** Writes them as JSON. */
  public void write(Path file) throws IOException {
    JSON.writeValue(file.toFile(), this);
  }

  /** Reads what {@link #write} wrote. */
  public static Results read(Path file) throws IOException {
    return JSON.readValue(file.toFile(), Results.class);
  }

  /** Who took part, in the order of the run. */
  public List<String> participants() {
    return measurements.stream().map(Measurement::participant).distinct().toList();
  }

  /** What a participant did of a task. */
  public Optional<Measurement> find(String participant, String script, String task) {
    return measurements.stream()
        .filter(one -> one.participant().equals(participant))
        .filter(one -> one.script().equals(script) && one.task().equals(task))
        .findFirst();
  }
}
