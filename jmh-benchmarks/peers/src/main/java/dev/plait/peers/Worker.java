package dev.plait.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plait.peers.engine.Engine;
import dev.plait.peers.engine.Engines;
import dev.plait.peers.task.Runs;
import dev.plait.peers.task.Task;
import dev.plait.peers.task.Tasks;
import dev.plait.peers.work.ScriptFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Does one task with one library in this process: {@code ENGINE TASK SCRIPT REPEATS BUDGET_MILLIS}.
 * The last line it prints is the result, as JSON.
 */
public final class Worker {
  private Worker() {}

  /** Does the task. */
  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Runs runs = new Runs(Integer.parseInt(args[3]), Long.parseLong(args[4]));
    Engine engine = Engines.of(args[0]);
    Tasks tasks = new Tasks(engine, ScriptFile.read(Path.of(args[2])), runs);
    Tasks.Outcome outcome = tasks.run(Task.of(args[1]));
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("version", Engines.version(engine.name()));
    result.put("unsupported", outcome.reason());
    Runs.Times times = outcome.times();
    if (times != null) {
      result.put("cold", times.coldMillis());
      result.put("times", times.millis());
    }
    result.put("bytes", outcome.bytes());
    result.put("changes", outcome.changes());
    out.println(new ObjectMapper().writeValueAsString(result));
    // Libraries leave threads behind that would keep the process.
    System.exit(0);
  }
}
