package dev.plait.storage.guard;

import dev.plait.store.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a test runs in a process of its own; it answers on standard output, a line each. */
final class ClaimProcess {

  private ClaimProcess() {}

  public static void main(String[] arguments) throws IOException {
    Path lock = Path.of(arguments[1]);
    switch (arguments[0]) {
      case "try" -> attempt(lock);
      case "hold" -> hold(lock);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void attempt(Path lock) throws IOException {
    try (Claim claim = Claim.of(lock, lock)) {
      System.out.println("claimed " + (claim != null));
    } catch (StoreException refused) {
      System.out.println(refused.code());
    }
  }

  private static void hold(Path lock) throws IOException {
    try (Claim claim = Claim.of(lock, lock)) {
      System.out.println("claimed " + (claim != null));
      // Until the parent ends this process; its end of the pipe stays open.
      int end = System.in.read();
      throw new IllegalStateException("not killed but told " + end);
    }
  }

  /** What another process says when it tries to claim. */
  static String answer(Path lock) throws IOException, InterruptedException {
    Process child = start("try", lock);
    try (BufferedReader output = child.inputReader()) {
      String answer = output.readLine();
      child.waitFor();
      return answer == null ? "nothing" : answer;
    }
  }

  static Process start(String task, Path lock) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            ClaimProcess.class.getName(),
            task,
            lock.toString()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
