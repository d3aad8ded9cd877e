package dev.plait.peers.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plait.peers.Worker;
import dev.plait.peers.task.Runs;
import dev.plait.peers.task.Task;
import dev.plait.peers.work.Work;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Starts a process for each task. All JVMs have the same flags; Node has its defaults. */
public final class Workers {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A heap that is there from the start, so that no run waits for the system to give memory. */
  private static final List<String> HEAP = List.of("-Xms2g", "-Xmx4g", "-XX:+AlwaysPreTouch");

  private static final int TAIL = 400;

  private final Path node;
  private final Runs runs;
  private final long mostSeconds;

  /**
   * Workers.
   *
   * @param node the folder of what runs on Node
   * @param mostSeconds how long one may take
   */
  public Workers(Path node, Runs runs, long mostSeconds) {
    this.node = node;
    this.runs = runs;
    this.mostSeconds = mostSeconds;
  }

  /** Has a participant do a task with the script of a file. */
  public Measurement run(Participant who, Work work, Task task, Path script)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("plait-peers", ".out");
    Path errors = Files.createTempFile("plait-peers", ".err");
    try {
      Process process =
          new ProcessBuilder(command(who, task, script))
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile())
              .start();
      if (!process.waitFor(mostSeconds, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        return without(who, work, task, "not done after " + mostSeconds + " s");
      }
      if (process.exitValue() != 0) {
        String said = Files.readString(errors).strip();
        String end = said.substring(Math.max(0, said.length() - TAIL));
        return without(who, work, task, "failed: " + end);
      }
      return measurement(who, work, task, JSON.readTree(lastLine(output)));
    } finally {
      Files.delete(output);
      Files.delete(errors);
    }
  }

  private List<String> command(Participant who, Task task, Path script) {
    List<String> command = new ArrayList<>();
    if (who.platform() == Participant.Platform.JVM) {
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(HEAP);
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.add(Worker.class.getName());
    } else {
      command.addAll(List.of("node", "--expose-gc", node.resolve("worker.mjs").toString()));
    }
    command.addAll(List.of(who.name(), task.label(), script.toString()));
    command.add(String.valueOf(runs.repeats()));
    command.add(String.valueOf(runs.budgetMillis()));
    return command;
  }

  private static String lastLine(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    return lines.isEmpty() ? "{}" : lines.get(lines.size() - 1);
  }

  private static Measurement without(Participant who, Work work, Task task, String reason) {
    return new Measurement(
        who.name(),
        "",
        work.chapter().name(),
        work.script().name(),
        task.label(),
        reason,
        null,
        null,
        null,
        null);
  }

  private static Measurement measurement(Participant who, Work work, Task task, JsonNode result) {
    List<Double> times = new ArrayList<>();
    result.path("times").forEach(time -> times.add(time.asDouble()));
    JsonNode cold = result.path("cold");
    JsonNode bytes = result.path("bytes");
    JsonNode changes = result.path("changes");
    return new Measurement(
        who.name(),
        result.path("version").asText(""),
        work.chapter().name(),
        work.script().name(),
        task.label(),
        text(result.path("unsupported")),
        cold.isNumber() ? cold.asDouble() : null,
        cold.isNumber() ? times : null,
        bytes.isNumber() ? bytes.asLong() : null,
        changes.isNumber() ? changes.asInt() : null);
  }

  private static @Nullable String text(JsonNode node) {
    return node.isTextual() ? node.asText() : null;
  }
}
