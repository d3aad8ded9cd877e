package dev.plait.cli.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plait.cli.Plait;
import dev.plait.cli.json.JsonReader;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A {@code plait node} in a process of its own. In requests apostrophes stand for quotation marks.
 * What it says on stderr goes to a file beside its data, and into the message of a failure.
 */
final class NodeProcess implements AutoCloseable {
  private static final JsonReader JSON = new JsonReader(1 << 24);

  private final Process process;
  private final Path errors;
  private final BufferedWriter in;
  private final BufferedReader out;
  private final JsonNode firstLine;

  private NodeProcess(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    this.in = process.outputWriter(StandardCharsets.UTF_8);
    this.out = process.inputReader(StandardCharsets.UTF_8);
    this.firstLine = read();
  }

  /** A node that takes callers on a port that is free and keeps its replica in {@code data}. */
  static NodeProcess start(Path data, String... options) {
    return launch(data, listening(options));
  }

  private static List<String> listening(String... options) {
    List<String> all = new ArrayList<>(List.of("--listen", "127.0.0.1:0"));
    all.addAll(List.of(options));
    return all;
  }

  /** A node with these options only, besides its data. */
  static NodeProcess launch(Path data, List<String> options) {
    Path errors = data.resolveSibling(data.getFileName() + ".stderr");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(NodeProcess::silencesWarnings)
        .forEach(command::add);
    // A node lives for seconds here: what makes it start fast is what counts.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Plait.class.getName()));
    command.addAll(List.of("node", "--data", data.toString()));
    command.addAll(options);
    try {
      return new NodeProcess(
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
              .start(),
          errors);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static boolean silencesWarnings(String flag) {
    return flag.startsWith("--enable-native-access") || flag.startsWith("--sun-misc-unsafe");
  }

  /** The line a node says before all answers. */
  JsonNode firstLine() {
    return firstLine;
  }

  /** The node's replica id when it started. */
  String replica() {
    return firstLine.get("replica").textValue();
  }

  /** The port it takes callers on. */
  int port() {
    return Address.parse(firstLine.get("listen").textValue()).port();
  }

  /** Sends a request; its answer is to be read. */
  void send(String request) {
    try {
      in.write(request.replace('\'', '"'));
      in.write('\n');
      in.flush();
    } catch (IOException failed) {
      throw new UncheckedIOException(stderr(), failed);
    }
  }

  /** Reads one line. */
  JsonNode read() {
    return JSON.parse(readLine().getBytes(StandardCharsets.UTF_8));
  }

  /** Reads one line as it stands. */
  String readLine() {
    try {
      String line = out.readLine();
      assertTrue(line != null, () -> "the node said nothing more; its stderr: " + stderr());
      return line;
    } catch (IOException failed) {
      throw new UncheckedIOException(stderr(), failed);
    }
  }

  /** Sends a request and reads its answer, whatever that is. */
  JsonNode ask(String request) {
    send(request);
    return read();
  }

  /** Sends a request that must succeed. */
  JsonNode tell(String request) {
    JsonNode answer = ask(request);
    assertTrue(
        answer.get("ok").booleanValue(), () -> request + ": " + answer + "; stderr: " + stderr());
    return answer;
  }

  /** Waits until all peers hold the same as far as this node knows. */
  void awaitInSync() {
    JsonNode answer = ask("{'op':'wait-in-sync','timeoutMillis':60000}");
    assertTrue(
        answer.get("ok").booleanValue(),
        () -> answer + "; status: " + status() + "; stderr: " + stderr());
  }

  /** The digest of what a document shows. */
  String digest(String document) {
    return tell("{'op':'dump','doc':'" + document + "'}").get("sha256").textValue();
  }

  JsonNode status() {
    return tell("{'op':'status'}");
  }

  long pid() {
    return process.pid();
  }

  /** How many sockets the process has open. */
  long sockets() {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(pid()), "fd"))) {
      return descriptors.filter(NodeProcess::isSocket).count();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }

  String stderr() {
    try {
      return Files.exists(errors) ? Files.readString(errors) : "";
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Ends the process as a power cut would. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Asks the process to end, as a supervisor does (SIGTERM), and tells how it ended. */
  int terminate() {
    process.destroy();
    return awaitEnd();
  }

  /** Ends the input and tells how the process ended. */
  int endOfInput() {
    try {
      in.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return awaitEnd();
  }

  /** Lets the node quit in good order. */
  void quit() {
    tell("{'op':'quit'}");
    assertEquals(0, awaitEnd(), this::stderr);
  }

  int awaitEnd() {
    try {
      return process.waitFor();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the test was told to end", interrupted);
    }
  }

  /** Ends the process if it has not ended. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
