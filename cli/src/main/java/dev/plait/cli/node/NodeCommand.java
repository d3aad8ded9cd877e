package dev.plait.cli.node;

import dev.plait.cli.ExitCode;
import dev.plait.error.PlaitException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code plait node}: a replica as a process. */
@Command(
    name = "node",
    mixinStandardHelpOptions = true,
    description = {
      "A replica as a process: it takes one JSON object a line on stdin, answers each by one on"
          + " stdout, and syncs with its peers in the background.",
      "",
      "The first line on stdout says who it is and where it listens; docs/cli.md has all requests."
          + " It ends in good order at {\"op\":\"quit\"}, at the end of stdin, and at SIGTERM or"
          + " SIGINT."
    })
public final class NodeCommand implements Callable<Integer> {
  /** Tells in stack traces what {@code status} tells in a word: that a peer has gone. */
  private static final Logger NETWORK = Logger.getLogger("io.grpc");

  private static final long LONGEST_FIRST_PAUSE_MILLIS = 60_000;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where the replica is kept; made if it is not there. Needed but for a store in"
              + " memory.")
  private @Nullable Path data;

  @Option(
      names = "--store",
      paramLabel = "WHERE",
      description = "How it is kept: ${COMPLETION-CANDIDATES} (default: sqlite).")
  private StoreKind store = StoreKind.SQLITE;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      converter = Address.Converter.class,
      description = "Where to take callers; port 0 takes any that is free.")
  private @Nullable Address listen;

  @Option(
      names = "--peer",
      paramLabel = "HOST:PORT",
      converter = Address.Converter.class,
      description = "Whom to call, again and again until the node ends; may be given repeatedly.")
  private List<Address> peers = new ArrayList<>();

  @Option(
      names = "--reconnect-ms",
      paramLabel = "N",
      description =
          "The longest pause after a call has failed for the first time, from 1 to 60000"
              + " milliseconds (default: 500); it doubles with each failure, up to 60 times that.")
  private long reconnectMillis = 500;

  @Option(
      names = "--clock-offset-ms",
      paramLabel = "N",
      description = "What to add to the system's wall clock, in milliseconds (default: 0).")
  private long clockOffsetMillis;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  /** For picocli. */
  public NodeCommand() {}

  @Override
  public Integer call() throws IOException {
    if (reconnectMillis < 1 || reconnectMillis > LONGEST_FIRST_PAUSE_MILLIS) {
      throw new ParameterException(
          spec.commandLine(),
          "--reconnect-ms goes from 1 to "
              + LONGEST_FIRST_PAUSE_MILLIS
              + ", not "
              + reconnectMillis);
    }
    Path directory = data;
    if (directory == null) {
      if (store != StoreKind.MEMORY) {
        throw new ParameterException(spec.commandLine(), "--data is missing");
      }
      directory = Path.of("");
    }
    return run(new Node.Settings(directory, store, clockOffsetMillis));
  }

  private int run(Node.Settings settings) throws IOException {
    NETWORK.setLevel(Level.SEVERE);
    PrintWriter diagnostics = spec.commandLine().getErr();
    try (Node node = started(settings, diagnostics)) {
      Console console = new Console(System.in, System.out, diagnostics, node.operations());
      Runtime.getRuntime().addShutdownHook(new Thread(() -> terminate(node, console), "plait-end"));
      console.say(node.ready());
      console.run();
    }
    return ExitCode.OK;
  }

  /** A caller that reads stdout alone is to learn why there is no node. */
  private Node started(Node.Settings settings, PrintWriter diagnostics) throws IOException {
    Node node = null;
    try {
      node = Node.open(settings, diagnostics);
      if (listen != null) {
        node.listen(listen);
      }
      for (Address peer : peers) {
        node.dial(peer, reconnectMillis);
      }
      return node;
    } catch (PlaitException failed) {
      if (node != null) {
        node.close();
      }
      System.out.println(Console.failure(failed.code(), String.valueOf(failed.getMessage())));
      throw failed;
    }
  }

  /**
   * The process is told to end: the request under way is answered, all is closed, and it is well.
   */
  private static void terminate(Node node, Console console) {
    if (node.isOpen()) {
      int code = ExitCode.DEFECT;
      try {
        console.stop(node::close);
        code = ExitCode.OK;
      } finally {
        Runtime.getRuntime().halt(code);
      }
    }
  }
}
