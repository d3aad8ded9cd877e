package dev.plait.cli.store;

import dev.plait.cli.ExitCode;
import dev.plait.store.ChangeStore;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plait inspect}: what is stored. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what a data directory holds: documents, replicas, changes, sizes, history.",
      "",
      "No node may run there. Nothing is decoded, so it also works where a newer release has"
          + " written, or where everything is encrypted."
    })
public final class InspectCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "The data directory.")
  private Path directory = Path.of("");

  @Option(
      names = "--prefix",
      paramLabel = "NAME",
      description = "Only documents whose name starts so; their history is shown, too.")
  private @Nullable String prefix;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "How to report: ${COMPLETION-CANDIDATES} (default: text). JSON has all history.")
  private ReportFormat format = ReportFormat.TEXT;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  /** For picocli. */
  public InspectCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (ChangeStore store = new DataDirectory(directory).openExisting()) {
      Inventory inventory = Inventory.of(store, prefix == null ? "" : prefix);
      if (format == ReportFormat.JSON) {
        out.println(InventoryJson.of(inventory));
      } else {
        new InventoryText(out).write(inventory, prefix != null);
      }
    }
    out.flush();
    return ExitCode.OK;
  }
}
