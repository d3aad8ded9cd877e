package dev.plait.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.Main;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs benchmarks and prints the {@link Curves}. Takes what JMH takes; before that may stand:
 *
 * <ul>
 *   <li>{@code quick}: fewer and shorter iterations, for a first look;
 *   <li>{@code allocation}: what keystrokes allocate, and nothing else.
 * </ul>
 *
 * <p>Stores are put where {@code -Dplait.disk=FOLDER} says, otherwise among the temporary files;
 * that should be on a disk. {@code Store} as an argument runs their benchmarks and no others.
 *
 * <p>Traces are replayed if {@code -Dplait.traces=FOLDER} names a folder of them.
 */
public final class Benchmarks {
  private static final String QUICK = "quick";
  private static final String ALLOCATION = "allocation";
  private static final int QUICK_WARMUP = 10;
  private static final int QUICK_ITERATIONS = 5;

  private Benchmarks() {}

  /** Runs the benchmarks the arguments name, or all. */
  public static void main(String[] args)
      throws RunnerException, CommandLineOptionException, IOException {
    List<String> rest = new ArrayList<>(Arrays.asList(args));
    boolean quick = rest.remove(QUICK);
    boolean allocation = rest.remove(ALLOCATION);
    String[] jmhArgs = rest.toArray(String[]::new);
    CommandLineOptions given = new CommandLineOptions(jmhArgs);
    if (isQuestion(given)) {
      Main.main(jmhArgs);
      return;
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Curves.print(new Runner(options(given, quick, allocation, out)).run(), out);
  }

  private static boolean isQuestion(CommandLineOptions given) {
    return given.shouldHelp()
        || given.shouldList()
        || given.shouldListWithParams()
        || given.shouldListProfilers()
        || given.shouldListResultFormats();
  }

  private static Options options(
      CommandLineOptions given, boolean quick, boolean allocation, PrintStream out) {
    ChainedOptionsBuilder options = new OptionsBuilder().parent(given);
    if (quick) {
      TimeValue time = TimeValue.milliseconds(300);
      options
          .warmupIterations(QUICK_WARMUP)
          .warmupTime(time)
          .measurementIterations(QUICK_ITERATIONS)
          .measurementTime(time)
          .forks(1);
    }
    if (allocation) {
      options.include(Keystroke.class.getName()).addProfiler(GCProfiler.class);
    }
    out.println("Stores are in " + Disk.description() + ".");
    if (!hasTraces()) {
      out.println(
          "No traces are replayed: -D"
              + TraceReplay.FOLDER
              + "=FOLDER names no folder of editing traces, such as a clone of"
              + " github.com/josephg/editing-traces.");
      given.getExcludes().forEach(options::exclude);
      options.exclude(TraceReplay.class.getName());
    }
    return options.build();
  }

  private static boolean hasTraces() {
    String folder = System.getProperty(TraceReplay.FOLDER, "");
    return !folder.isEmpty() && Files.isDirectory(Path.of(folder));
  }
}
