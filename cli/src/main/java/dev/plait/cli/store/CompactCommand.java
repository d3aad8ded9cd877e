package dev.plait.cli.store;

import dev.plait.cli.ExitCode;
import dev.plait.store.ChangeStore;
import dev.plait.store.StoreCheck;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plait compact}: makes a store as small as what it shows. */
@Command(
    name = "compact",
    mixinStandardHelpOptions = true,
    description = {
      "Gives up the history of documents for their state, and the room it took.",
      "",
      "No node may run in DIR. What the documents show stays the same, and so do their changes for"
          + " peers, who are sent the state where they lack something. What can't be done any more:"
          + " taking out what a replica wrote after it was restored from a backup, if no peer has"
          + " seen that yet. A store that is damaged is left as it is.",
      "",
      "Ends with 1 when a document was left as it is because such a branch is known of; sync it"
          + " first. Ends with 3 when something is damaged, 4 when changes that were acknowledged"
          + " are missing."
    })
public final class CompactCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "The data directory.")
  private Path directory = Path.of("");

  @Option(
      names = "--document",
      paramLabel = "NAME|PREFIX",
      description =
          "Only the document of this name or, if there is none, those whose name starts so.")
  private @Nullable String only;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "How to report: ${COMPLETION-CANDIDATES} (default: text).")
  private ReportFormat format = ReportFormat.TEXT;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  /** For picocli. */
  public CompactCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (ChangeStore store = new DataDirectory(directory).openExisting()) {
      List<String> names = names(store);
      StoreCheck check = store.verify();
      if (!check.isSound()) {
        PrintWriter err = spec.commandLine().getErr();
        CheckText.damages("damaged", check).forEach(err::println);
        err.println("plait: nothing was changed; plait repair mends it with the help of a peer");
        err.flush();
        return ExitCode.CORRUPT;
      }
      Shrinkage shrinkage = Shrinkage.of(store, names);
      if (format == ReportFormat.JSON) {
        out.println(ShrinkageReport.json(shrinkage));
      } else {
        ShrinkageReport.write(shrinkage, out);
      }
      out.flush();
      return shrinkage.leftNothingInDoubt() ? ExitCode.OK : ExitCode.CHECK_FAILED;
    }
  }

  private List<String> names(ChangeStore store) {
    String wanted = only;
    if (wanted == null) {
      return store.documents("");
    }
    List<String> names = store.documents(wanted);
    if (names.isEmpty()) {
      throw new DataException(
          DataException.NO_DOCUMENT,
          directory + " holds no document whose name is or starts with " + Quoted.of(wanted),
          null);
    }
    return names.contains(wanted) ? List.of(wanted) : names;
  }
}
