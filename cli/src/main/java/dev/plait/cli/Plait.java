package dev.plait.cli;

import dev.plait.cli.demo.DemoCommand;
import dev.plait.cli.node.NodeCommand;
import dev.plait.cli.repair.RepairCommand;
import dev.plait.cli.replay.ReplayCommand;
import dev.plait.cli.store.CompactCommand;
import dev.plait.cli.store.ExportCommand;
import dev.plait.cli.store.ImportCommand;
import dev.plait.cli.store.InspectCommand;
import dev.plait.cli.store.VerifyCommand;
import dev.plait.error.PlaitException;
import dev.plait.store.StoreException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/**
 * The root of the command line.
 *
 * <p>A command is a class of its own that picocli describes, listed in {@code subcommands} below.
 * It writes to the {@code getOut()} of its {@link CommandLine}, returns an {@link ExitCode}, and
 * throws a {@link PlaitException} for what its user can mend: that becomes one line on stderr.
 */
@Command(
    name = "plait",
    description = "Documents that many can edit at once, offline included, and that converge.",
    mixinStandardHelpOptions = true,
    versionProvider = Plait.Version.class,
    subcommands = {
      DemoCommand.class,
      ReplayCommand.class,
      NodeCommand.class,
      VerifyCommand.class,
      InspectCommand.class,
      CompactCommand.class,
      RepairCommand.class,
      ExportCommand.class,
      ImportCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:done",
      " 1:what was checked is wrong, such as replicas that differ",
      " 2:the command line or a file can't be used; one line on stderr says why",
      " 3:what is stored is damaged",
      " 4:changes that were acknowledged are not stored any more",
      "70:a defect of plait; stderr has the stack trace"
    })
public final class Plait {

  /** Runs the command and ends the process. */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  private static int run(String[] arguments) {
    CommandLine commandLine = commandLine();
    try {
      return commandLine.execute(arguments);
    } catch (Error error) { // picocli lets these through, and the JVM would exit with 1
      error.printStackTrace(commandLine.getErr());
      return ExitCode.DEFECT;
    }
  }

  /** The command with its subcommands, ready to {@link CommandLine#execute execute}. */
  public static CommandLine commandLine() {
    return new CommandLine(new Plait())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((wrong, arguments) -> badUsage(wrong))
        .setExecutionExceptionHandler((failure, command, result) -> failed(failure, command));
  }

  private static int badUsage(ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    String help = command.getCommandSpec().qualifiedName() + " --help";
    complain(command.getErr(), wrong.getMessage() + " (see " + help + ")");
    return ExitCode.BAD_INPUT;
  }

  private static int failed(Exception failure, CommandLine command) {
    if (failure instanceof PlaitException) {
      complain(command.getErr(), String.valueOf(failure.getMessage()));
      return exitCode(failure);
    }
    failure.printStackTrace(command.getErr());
    return ExitCode.DEFECT;
  }

  private static int exitCode(Exception failure) {
    if (failure instanceof StoreException.Corrupt) {
      return ExitCode.CORRUPT;
    }
    return failure instanceof StoreException.LostAcknowledged
        ? ExitCode.LOST_ACKNOWLEDGED
        : ExitCode.BAD_INPUT;
  }

  /** One line, whatever was quoted in the message. */
  private static void complain(PrintWriter err, String message) {
    err.println("plait: " + message.replaceAll("\\R", " "));
    err.flush();
  }

  /** The version that the build wrote into the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Plait.class.getPackage().getImplementationVersion();
      return new String[] {"plait " + (version == null ? "(not packaged)" : version)};
    }
  }
}
