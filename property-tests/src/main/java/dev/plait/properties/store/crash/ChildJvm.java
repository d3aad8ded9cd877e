package dev.plait.properties.store.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Java processes that run a main class of this package, and what both sides need for it. */
final class ChildJvm {

  private static final int LIMIT = 900; // seconds; only so that one that hangs ends

  private ChildJvm() {}

  /** What a process said, line by line, and how it ended. */
  record Ended(List<String> lines, int status) {}

  /** Where the processes of a directory write their errors, one after the other. */
  static Path errors(Path work) {
    return work.resolve("errors.txt");
  }

  /**
   * Starts a process on this one's class path.
   *
   * @param work the directory it runs in and writes its {@link #errors} to
   * @param before a command that runs the rest of its arguments, or nothing
   */
  static Process start(Path work, List<String> before, Class<?> main, Object... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(ChildJvm::isNeeded)
        .forEach(command::add);
    // Short-lived processes: what makes a long one fast would cost more than it saves.
    command.addAll(
        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-CreateCoredumpOnCrash"));
    command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path")));
    command.add(main.getName());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    Process process =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectError(ProcessBuilder.Redirect.appendTo(errors(work).toFile()))
            .start();
    CompletableFuture<Process> unused =
        process
            .onExit()
            .orTimeout(LIMIT, TimeUnit.SECONDS)
            .whenComplete(
                (ended, late) -> {
                  if (late != null) {
                    process.toHandle().destroyForcibly();
                  }
                });
    return process;
  }

  /** Starts a process and waits for its end. */
  static Ended run(Path work, List<String> before, Class<?> main, Object... arguments)
      throws IOException, InterruptedException {
    Process process = start(work, before, main, arguments);
    try (BufferedReader output = process.inputReader()) {
      List<String> lines = output.lines().toList();
      return new Ended(lines, process.waitFor());
    }
  }

  private static boolean isNeeded(String argument) {
    return argument.startsWith("--enable-native-access")
        || argument.startsWith("--add-")
        || argument.startsWith("--sun-misc");
  }

  /** In the child: makes the factory that its parent named. */
  static StoreFactory factory(String name) throws ReflectiveOperationException {
    return Class.forName(name).asSubclass(StoreFactory.class).getConstructor().newInstance();
  }

  /** In the child: says a line that is out when this returns, whatever happens after. */
  static void say(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    System.out.write(bytes, 0, bytes.length);
    System.out.flush();
  }
}
