package dev.plait.peers;

import com.sun.management.OperatingSystemMXBean;
import dev.plait.peers.page.Page;
import dev.plait.peers.run.Measurement;
import dev.plait.peers.run.NodeRuntime;
import dev.plait.peers.run.Participant;
import dev.plait.peers.run.Results;
import dev.plait.peers.run.Workers;
import dev.plait.peers.task.Runs;
import dev.plait.peers.task.Task;
import dev.plait.peers.work.ScriptFile;
import dev.plait.peers.work.Work;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command: all tasks by all who can take part, one result, one page. */
@Command(
    name = "peers",
    mixinStandardHelpOptions = true,
    description = {
      "Has Plait and other CRDT libraries do the same work, and writes a page about it.",
      "Whoever lacks a runtime is left out, and the page says so."
    })
public final class Comparison implements Callable<Integer> {
  private static final double GIBIBYTE = 1L << 30;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--traces",
      paramLabel = "FOLDER",
      defaultValue = "../shared/traces",
      description = "Recorded editing sessions (default: ${DEFAULT-VALUE}).")
  private Path traces = Path.of("");

  @Option(
      names = "--node",
      paramLabel = "FOLDER",
      defaultValue = "jmh-benchmarks/peers/node",
      description = "What runs on Node (default: ${DEFAULT-VALUE}).")
  private Path node = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "jmh-benchmarks/peers/target/page",
      description = "Where results.json and index.html go (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("");

  @Option(
      names = "--doc",
      paramLabel = "FILE",
      description = "A document whose section about peers is written anew.")
  private @Nullable Path doc;

  @Option(
      names = "--repeat",
      defaultValue = "200",
      description = "Runs of a task after the first (default: ${DEFAULT-VALUE}).")
  private int repeats;

  @Option(
      names = "--budget",
      paramLabel = "MILLIS",
      defaultValue = "4000",
      description = "What these may take together (default: ${DEFAULT-VALUE}).")
  private long budgetMillis;

  @Option(
      names = "--limit",
      paramLabel = "SECONDS",
      defaultValue = "180",
      description = "When a process is given up (default: ${DEFAULT-VALUE}).")
  private long limitSeconds;

  @Option(names = "--only", split = ",", description = "Participants, such as plait,yjs.")
  private List<String> only = List.of();

  @Option(names = "--scripts", split = ",", description = "Scripts whose names begin so.")
  private List<String> scripts = List.of();

  @Option(names = "--smoke", description = "A little work of each kind, without traces.")
  private boolean smoke;

  @Option(names = "--render", paramLabel = "FILE", description = "Only the page, of these results.")
  private @Nullable Path render;

  /** Runs the command. */
  public static void main(String[] args) {
    System.setProperty("java.awt.headless", "true");
    System.exit(new CommandLine(new Comparison()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Files.createDirectories(out);
    Path given = render;
    Results results = given == null ? measure() : Results.read(given);
    Page page = new Page(results);
    page.write(out);
    say("The page is " + out.resolve("index.html"));
    Path document = doc;
    if (document != null) {
      page.writeInto(document, "performance");
      say("Its section is in " + document);
    }
    return 0;
  }

  private Results measure() throws IOException, InterruptedException {
    List<Work> all = smoke ? Work.smoke() : Work.all(traces);
    Map<String, String> leftOut = new LinkedHashMap<>();
    List<Participant> participants = participants(leftOut);
    Workers workers = new Workers(node, new Runs(repeats, budgetMillis), limitSeconds);
    List<Measurement> measurements = new ArrayList<>();
    String today = LocalDate.now(ZoneOffset.UTC).toString();
    List<String> machine = machine();
    Path script = Files.createTempFile("plait-peers", ".json");
    try {
      for (Work work : all) {
        if (isWanted(work.script().name(), scripts)) {
          ScriptFile.write(work.script(), script);
          for (Task task : work.tasks()) {
            for (Participant who : participants) {
              Measurement one = workers.run(who, work, task, script);
              measurements.add(one);
              if (one.reason() == null || one.version().isEmpty()) {
                say(line(one));
              }
            }
          }
          // Whoever stops it in between can have a page of what there is.
          new Results(today, machine, leftOut, measurements).write(out.resolve("results.json"));
        }
      }
    } finally {
      Files.delete(script);
    }
    return new Results(today, machine, leftOut, measurements);
  }

  private List<Participant> participants(Map<String, String> leftOut) throws InterruptedException {
    List<Participant> some = new ArrayList<>();
    NodeRuntime runtime = new NodeRuntime(node);
    boolean asked = false;
    String against = null;
    for (Participant who : Participant.all()) {
      if (!isWanted(who.name(), only)) {
        continue;
      }
      if (who.platform() == Participant.Platform.NODE && !asked) {
        against = runtime.prepare();
        asked = true;
      }
      if (who.platform() == Participant.Platform.NODE && against != null) {
        leftOut.put(who.name(), against);
        say("Left out: " + who.name() + ", because " + against);
      } else {
        some.add(who);
      }
    }
    return some;
  }

  private static boolean isWanted(String name, List<String> wanted) {
    return wanted.isEmpty() || wanted.stream().anyMatch(name::startsWith);
  }

  private List<String> machine() throws InterruptedException {
    List<String> machine = new ArrayList<>();
    Runtime runtime = Runtime.getRuntime();
    machine.add(
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch")
            + ", "
            + runtime.availableProcessors()
            + " processors"
            + memory());
    machine.add("Java " + System.getProperty("java.vm.version"));
    String version = new NodeRuntime(node).version();
    if (version != null) {
      machine.add("Node " + version);
    }
    return machine;
  }

  private static String memory() {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return system == null ? "" : ", " + Math.round(system.getTotalMemorySize() / GIBIBYTE) + " GiB";
  }

  private static String line(Measurement one) {
    Double millis = one.millis();
    String figure =
        one.reason() != null
            ? one.reason()
            : (millis == null ? "" : String.format(Locale.ROOT, "%.2f ms", millis))
                + (one.bytes() == null
                    ? ""
                    : String.format(Locale.ROOT, "  %,d bytes", one.bytes()));
    return String.format(
        Locale.ROOT, "%-34s %-8s %-15s %s", one.script(), one.task(), one.participant(), figure);
  }

  private void say(String line) {
    CommandSpec command = spec;
    if (command != null) {
      PrintWriter writer = command.commandLine().getOut();
      writer.println(line);
      writer.flush();
    }
  }
}
