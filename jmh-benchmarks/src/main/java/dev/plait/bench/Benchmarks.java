package dev.plait.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs benchmarks and prints the {@link Curves}: medians, means with their error, the first
 * iteration of a JVM apart from the warm ones, and what was allocated.
 *
 * <p>Takes what JMH takes, such as a name ({@code Merge}), a parameter ({@code -p type=TEXT,LIST})
 * or an output file ({@code -rf json -rff FILE}); without a name everything runs, each benchmark in
 * two JVMs one after the other. Beside that may stand:
 *
 * <ul>
 *   <li>{@code quick}: everything on little and in this JVM, to see that it works; the figures mean
 *       nothing;
 *   <li>{@code traces=FOLDER}: the folder whose traces are replayed, such as a clone of
 *       github.com/josephg/editing-traces. {@code -Dplait.traces=FOLDER} does the same. Otherwise
 *       it is {@code ../shared/traces}, and where that is not there the {@link TypingModel} is
 *       replayed.
 * </ul>
 *
 * <p>Stores are put where {@code -Dplait.disk=FOLDER} says, otherwise among the temporary files;
 * that should be on a disk. {@code Store} as an argument runs their benchmarks and no others.
 */
public final class Benchmarks {
  private static final String QUICK = "quick";
  private static final String TRACES = "traces=";
  private static final String TRACE = "trace";

  private Benchmarks() {}

  /** Runs the benchmarks the arguments name, or all. */
  public static void main(String[] args)
      throws RunnerException, CommandLineOptionException, IOException {
    List<String> rest = new ArrayList<>(Arrays.asList(args));
    boolean quick = rest.remove(QUICK);
    for (String argument : List.copyOf(rest)) {
      if (argument.startsWith(TRACES)) {
        rest.remove(argument);
        System.setProperty(Traces.FOLDER, argument.substring(TRACES.length()));
      }
    }
    String[] jmhArgs = rest.toArray(String[]::new);
    CommandLineOptions given = new CommandLineOptions(jmhArgs);
    if (isQuestion(given)) {
      Main.main(jmhArgs);
      return;
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println("Stores are in " + Disk.description() + ".");
    Curves.print(new Runner(quick ? quick(given) : options(given, out)).run(), out);
  }

  private static boolean isQuestion(CommandLineOptions given) {
    return given.shouldHelp()
        || given.shouldList()
        || given.shouldListWithParams()
        || given.shouldListProfilers()
        || given.shouldListResultFormats();
  }

  private static Options quick(CommandLineOptions given) {
    ChainedOptionsBuilder options = profiled(given).verbosity(VerboseMode.SILENT);
    Little.set(options);
    return options.build();
  }

  private static Options options(CommandLineOptions given, PrintStream out) {
    ChainedOptionsBuilder options = profiled(given);
    String folder = Traces.folder();
    List<String> names = folder.isEmpty() ? List.of() : Traces.names(Path.of(folder), out);
    if (!names.isEmpty()) {
      List<String> jvmArgs = new ArrayList<>(given.getJvmArgsPrepend().orElse(List.of()));
      jvmArgs.add("-D" + Traces.FOLDER + "=" + Path.of(folder).toAbsolutePath());
      options.jvmArgsPrepend(jvmArgs.toArray(String[]::new));
      if (!given.getParameter(TRACE).hasValue()) {
        options.param(TRACE, names.toArray(String[]::new));
      }
    } else {
      out.println(
          "No recordings are replayed but those of the typing model: traces=FOLDER would name a"
              + " folder of them.");
    }
    return options.build();
  }

  /** With what {@link Curves} shows. */
  static ChainedOptionsBuilder profiled(Options given) {
    return new OptionsBuilder()
        .parent(given)
        .addProfiler(GCProfiler.class)
        .addProfiler(ColdStart.class);
  }
}
