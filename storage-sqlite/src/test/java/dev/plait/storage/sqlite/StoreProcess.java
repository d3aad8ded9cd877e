package dev.plait.storage.sqlite;

import dev.plait.store.StoreException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a test runs in a process of its own; it answers on standard output, a line each. */
final class StoreProcess {

  private StoreProcess() {}

  public static void main(String[] arguments) throws IOException {
    Path path = Path.of(arguments[1]);
    switch (arguments[0]) {
      case "open" -> open(path);
      case "hold" -> hold(path);
      case "fail" -> fail(path);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  /**
   * Starts one.
   *
   * @param before what starts the virtual machine, if it is not to be started plainly
   * @param options for the virtual machine
   */
  static Process start(List<String> before, List<String> options, String task, Path path)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--enable-native-access"))
        .forEach(command::add);
    command.addAll(options);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            StoreProcess.class.getName(),
            task,
            path.toString()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static void open(Path path) {
    try (SqliteStore store = SqliteStore.open(path)) {
      System.out.println(Samples.chunks(store, "d").size());
    } catch (StoreException refused) {
      System.out.println(refused.code());
      System.out.println(refused.getMessage());
    }
  }

  private static void hold(Path path) throws IOException {
    SqliteStore store = SqliteStore.open(path);
    for (int i = 1; i <= 3; i++) {
      store.commit(Samples.appending(Samples.chunk("d", i, 10)));
    }
    System.out.println("committed");
    // Until the parent ends this process; its end of the pipe stays open.
    int end = System.in.read();
    throw new IllegalStateException("not killed but told " + end);
  }

  /** Run where no file may grow above a few megabytes: a large batch fails like a broken disk. */
  private static void fail(Path path) {
    try (SqliteStore store = SqliteStore.open(path)) {
      store.commit(Samples.appending(Samples.chunk("d", 1, 10)));
      System.out.println(failureOf(store, 60 << 20));
      System.out.println(failureOf(store, 10));
      System.out.println(Samples.chunks(store, "d").size());
    }
  }

  private static String failureOf(SqliteStore store, int size) {
    try {
      store.commit(Samples.appending(Samples.chunk("d", 2, size)));
      return "no failure";
    } catch (StoreException failure) {
      @Nullable Throwable cause = failure.getCause();
      return cause instanceof StoreException before
          ? failure.code() + " after " + before.code()
          : failure.code();
    }
  }
}
