package dev.plait.cli.store;

import dev.plait.cli.ExitCode;
import dev.plait.document.ApplyReport;
import dev.plait.document.Document;
import dev.plait.replica.Replica;
import dev.plait.store.ChangeStore;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plait import}: takes in what {@code plait export} wrote. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Takes in the documents of a file that plait export wrote; what is there already is merged.",
      "",
      "No node may run in DIR, which is made if it is not there. Ends with 1 when a change was"
          + " rejected or waits for one that is in neither place."
    })
public final class ImportCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR", description = "The data directory.")
  private Path directory = Path.of("");

  @Parameters(index = "1", paramLabel = "FILE", description = "What plait export wrote.")
  private Path file = Path.of("");

  @Option(
      names = "--store",
      paramLabel = "WHERE",
      description = "What to make where no store is: ${COMPLETION-CANDIDATES} (default: sqlite).")
  private Made made = Made.SQLITE;

  /** The stores that last. */
  private enum Made {
    SQLITE,
    LMDB;

    /** The name in lower case, as it is typed. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  /** For picocli. */
  public ImportCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Totals totals;
    try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
        ChangeStore store = store();
        Replica replica = Replica.builder().store(store).build()) {
      totals = new Totals(replica);
      if (Archive.read(bytes, totals) == 0) {
        throw new DataException(
            DataException.FILE_UNUSABLE,
            file + " holds no documents; plait export wrote it?",
            null);
      }
    } catch (IOException failed) {
      throw new DataException(
          DataException.FILE_UNUSABLE, file + " can't be read: " + failed, failed);
    }
    out.println(totals);
    out.flush();
    return totals.isComplete() ? ExitCode.OK : ExitCode.CHECK_FAILED;
  }

  private ChangeStore store() {
    DataDirectory data = new DataDirectory(directory);
    if (data.isUsed()) {
      return data.openExisting();
    }
    return made == Made.LMDB ? data.openLmdb() : data.openSqlite();
  }

  /** What became of everything. */
  private static final class Totals implements Archive.Documents {
    private final Replica replica;
    private final Set<String> names = new TreeSet<>();
    private long applied;
    private long duplicates;
    private long waiting;
    private long rejected;

    Totals(Replica replica) {
      this.replica = replica;
    }

    @Override
    public Document named(String name) {
      return replica.document(name);
    }

    @Override
    public void taken(String name, ApplyReport report) {
      names.add(name);
      applied += report.applied();
      duplicates += report.duplicates();
      waiting += report.pending();
      rejected += report.rejected();
    }

    boolean isComplete() {
      return waiting == 0 && rejected == 0;
    }

    @Override
    public String toString() {
      return names.size()
          + (names.size() == 1 ? " document: " : " documents: ")
          + applied
          + " changes applied, "
          + duplicates
          + " known before, "
          + waiting
          + " waiting, "
          + rejected
          + " rejected";
    }
  }
}
