package dev.plait.storage.sqlite;

import dev.plait.properties.store.StoreSamples;
import dev.plait.store.StoreException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process of its own that opens a store; it answers on standard output, a line each. */
final class StoreProcess {

  private StoreProcess() {}

  public static void main(String[] arguments) {
    try (SqliteStore store = SqliteStore.open(Path.of(arguments[0]))) {
      System.out.println(StoreSamples.chunks(store, "d").size());
    } catch (StoreException refused) {
      System.out.println(refused.code());
      System.out.println(refused.getMessage());
    }
  }

  /**
   * Starts one.
   *
   * @param option for the virtual machine
   */
  static Process start(String option, Path path) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--enable-native-access"))
        .forEach(command::add);
    command.addAll(
        List.of(
            option,
            "-cp",
            System.getProperty("java.class.path"),
            StoreProcess.class.getName(),
            path.toString()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
