package dev.plait.cli.replay;

import dev.plait.cli.ExitCode;
import dev.plait.cli.trace.Trace;
import dev.plait.cli.trace.TraceException;
import dev.plait.cli.trace.TraceReader;
import dev.plait.wire.WireCodec;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plait replay}: replays an editing trace, checks where it ends and measures. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Replays a recorded editing session, checks that everybody ends with its text, and measures.",
      "",
      "FILE is a sequential or concurrent editing trace, gzipped or not. Every author gets a"
          + " replica, which merges exactly what the author had seen before each transaction."
    },
    footerHeading = "%nWhat is reported:%n",
    footer = {
      "- local time: the authors edit. In a sequential trace each patch is a transaction of its own;"
          + " in a concurrent one each transaction of the trace is one, and the merges that its"
          + " author needs before are included.",
      "- remote time: a second replica decodes and applies each change from its own bytes.",
      "- merge time: a fresh replica takes the whole history from bytes in one go.",
      "- open time: a snapshot is opened from bytes and its text produced.",
      "- history and snapshot: bytes of all changes, and of the final state, encoded.",
      "- heap: what one document opened from its snapshot keeps alive; heap in use after full"
          + " collections with many such documents, less that without them, divided by their"
          + " number.",
      "The first run is the cold one; in each later one, 25 replicas take the history and 25 open the"
          + " snapshot; warm times are medians of the others. Only traces with characters outside of the Basic Multilingual"
          + " Plane pay for converting positions, in their local time."
    })
public final class ReplayCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "The trace.")
  private Path file = Path.of("");

  @Option(
      names = "--store",
      paramLabel = "WHERE",
      description = "Where authors keep their copies: ${COMPLETION-CANDIDATES} (default: memory).")
  private Store store = Store.MEMORY;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      description = "How many times to run, from 1 (default: 3).")
  private int repeat = 3;

  @Option(
      names = "--tick-ms",
      paramLabel = "N",
      description = "Simulated milliseconds between edits, from 0 (default: 100).")
  private long tickMillis = 100;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "How to report: ${COMPLETION-CANDIDATES} (default: text).")
  private ReportFormat format = ReportFormat.TEXT;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  /** For picocli. */
  public ReplayCommand() {}

  @Override
  public Integer call() throws IOException {
    check(repeat >= 1, "--repeat must be at least 1, not " + repeat);
    check(tickMillis >= 0, "--tick-ms must be at least 0, not " + tickMillis);
    Trace trace = TraceReader.read(file);
    check(
        Settings.allowsTick(trace, tickMillis),
        "--tick-ms " + tickMillis + " makes this trace longer than a hundred years; take less");
    ReplayReport report = replay(trace);
    PrintWriter out = spec.commandLine().getOut();
    out.print(format.write(report));
    out.flush();
    return report.isGood() ? ExitCode.OK : ExitCode.CHECK_FAILED;
  }

  private ReplayReport replay(Trace trace) {
    Settings settings = new Settings(store::open, tickMillis, repeat);
    try (TerminalProgress progress = TerminalProgress.of(spec.commandLine())) {
      return new Replay(trace, settings, WireCodec.create(), Instruments.system(progress))
          .run(traceName());
    } catch (TraceException wrong) {
      throw wrong.in(file);
    }
  }

  /** The file's name without the endings that all traces have. */
  private String traceName() {
    return String.valueOf(file.getFileName()).replaceFirst("(\\.json)?(\\.gz)?$", "");
  }

  private void check(boolean allowed, String message) {
    if (!allowed) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}
