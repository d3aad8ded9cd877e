package dev.plait.cli.store;

import dev.plait.cli.ExitCode;
import dev.plait.store.ChangeStore;
import dev.plait.store.StoreCheck;
import dev.plait.wire.WireCodec;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plait verify}: whether everything that is stored is what was written. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Reads everything in a data directory and says whether it is what was written.",
      "",
      "No node may run there. Ends with 0 when everything is sound, 3 when something is damaged, 4"
          + " when changes that were acknowledged are missing."
    })
public final class VerifyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "The data directory.")
  private Path directory = Path.of("");

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  /** For picocli. */
  public VerifyCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (ChangeStore store = new DataDirectory(directory).openExisting()) {
      StoreCheck check = Verification.of(store, WireCodec.create());
      CheckText.damages("damaged", check).forEach(out::println);
      out.println((check.isSound() ? "sound: " : "read: ") + CheckText.read(check));
      out.flush();
      return check.isSound() ? ExitCode.OK : ExitCode.CORRUPT;
    }
  }
}
