package dev.plait.cli.repair;

import dev.plait.cli.ExitCode;
import dev.plait.cli.node.Address;
import dev.plait.cli.store.CheckText;
import dev.plait.cli.store.DataDirectory;
import dev.plait.cli.store.Verification;
import dev.plait.store.ChangeStore;
import dev.plait.store.StoreCheck;
import dev.plait.store.StoreException;
import dev.plait.wire.WireCodec;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plait repair}: a damaged store made whole with the help of a peer. */
@Command(
    name = "repair",
    mixinStandardHelpOptions = true,
    description = {
      "Builds a damaged store anew, from what can be read of it and from what a peer has.",
      "",
      "No node may run in DIR. The new store takes everything that the peer has, then what only the"
          + " damaged one has, and brings that to the peer. The replica goes on under another id:"
          + " the old one may have given out numbers that are lost. The damaged store is kept, in"
          + " DIR/plait.damaged-1 or the next number that is free. Until the new one is complete it"
          + " stays where it is; if the repair is cut short, run it again.",
      "",
      "Ends with 0 when everything that could be read is there again, or nothing was damaged, and"
          + " with 1 when some of it could not be taken: the report says what. A store that is"
          + " locked, or a peer that does not answer, ends it with 2; then the damaged store is as"
          + " it was, and if the peer may have been told of changes, the message says to run the"
          + " same command again: it goes on from there."
    })
public final class RepairCommand implements Callable<Integer> {
  /** Tells in stack traces what the one line on stderr tells in a word. */
  private static final Logger NETWORK = Logger.getLogger("io.grpc");

  private static final int MOST_DAMAGES_SHOWN = 20;

  @Parameters(paramLabel = "DIR", description = "The data directory.")
  private Path directory = Path.of("");

  @Option(
      names = "--from",
      required = true,
      paramLabel = "HOST:PORT",
      converter = Address.Converter.class,
      description = "A peer that has the documents: where a plait node listens.")
  private Address from = new Address("localhost", 0);

  @Option(
      names = "--timeout-s",
      paramLabel = "N",
      description = "How long to wait while no document gets further, in seconds (default: 30).")
  private long timeoutSeconds = 30;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  /** For picocli. */
  public RepairCommand() {}

  @Override
  public Integer call() {
    if (timeoutSeconds < 1 || timeoutSeconds > 86_400) {
      throw new ParameterException(
          spec.commandLine(), "--timeout-s goes from 1 to 86400, not " + timeoutSeconds);
    }
    NETWORK.setLevel(Level.SEVERE);
    DataDirectory data = new DataDirectory(directory);
    if (data.files().isEmpty() && !data.isInRepair()) {
      data.openDamaged().close(); // says that there is no store
    }
    try (Workshop workshop = Workshop.in(data)) {
      String report = workshop.report();
      if (report == null) {
        report = rebuilt(data, workshop);
      }
      return report == null ? ExitCode.OK : exchanged(workshop, report);
    }
  }

  /** What there is to tell of a store that was built anew; null if there was no need. */
  private @Nullable String rebuilt(DataDirectory data, Workshop workshop) {
    boolean complete = false;
    try {
      List<String> damages = damages(data);
      if (damages.isEmpty() && workshop.taken() == null) {
        say("sound: there is nothing to repair in " + directory);
        return null;
      }
      damages.stream().limit(MOST_DAMAGES_SHOWN).forEach(this::say);
      if (damages.size() > MOST_DAMAGES_SHOWN) {
        say("and " + (damages.size() - MOST_DAMAGES_SHOWN) + " more");
      }
      Repair repair = new Repair(data, workshop, from, timeoutSeconds, new SecureRandom());
      String report = repair.run().toString();
      workshop.complete(report);
      complete = true;
      return report;
    } finally {
      if (!complete) {
        workshop.clear();
      }
    }
  }

  private int exchanged(Workshop workshop, String report) {
    Path kept = workshop.exchange();
    workshop.clear();
    report.lines().forEach(this::say);
    say("the damaged store is kept in " + kept);
    return RepairReport.isComplete(report) ? ExitCode.OK : ExitCode.CHECK_FAILED;
  }

  private static List<String> damages(DataDirectory data) {
    try (ChangeStore store = data.openDamaged()) {
      StoreCheck check = Verification.of(store, WireCodec.create());
      return CheckText.damages("damaged", check);
    } catch (StoreException.Corrupt | StoreException.LostAcknowledged damaged) {
      return List.of("damaged: " + damaged.getMessage());
    } catch (StoreException.NotAStore unknown) {
      // Where the beginning is gone, only what follows shows whose it is.
      if (Salvaged.of(data, header -> false, state -> false).check().records() == 0) {
        throw unknown;
      }
      return List.of("damaged: " + unknown.getMessage());
    }
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
