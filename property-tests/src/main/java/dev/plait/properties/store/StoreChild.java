package dev.plait.properties.store;

import dev.plait.store.ChangeStore;
import dev.plait.store.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A process of its own that opens the store of a {@link FileStoreContract}, and this process's side
 * of it.
 */
final class StoreChild implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;

  private StoreChild(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  /** What a child says that opens the store and closes it: how much is there, or why it can't. */
  static String opening(FileStoreContract contract, Path place) throws IOException {
    try (StoreChild child = start(contract, "open", place)) {
      return child.answer();
    }
  }

  /** A child that has committed a sample batch and keeps the store open until it is killed. */
  static StoreChild holding(FileStoreContract contract, Path place) throws IOException {
    return start(contract, "hold", place);
  }

  private static StoreChild start(FileStoreContract contract, String task, Path place)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // What opens modules and allows native code, but no agents and no debugger.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            StoreChild.class.getName(),
            contract.getClass().getName(),
            task,
            place.toString()));
    return new StoreChild(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** The next line the child says. */
  String answer() throws IOException {
    String line = output.readLine();
    if (line == null) {
      throw new IllegalStateException("the child ended and said nothing; see its errors");
    }
    return line;
  }

  /** Kills the child, if it still runs, and waits until it is gone. */
  @Override
  public void close() throws IOException {
    process.destroyForcibly().onExit().join();
    output.close();
  }

  /** Run in the child: the contract's class, the task, the place. */
  public static void main(String[] arguments) throws ReflectiveOperationException, IOException {
    Constructor<?> made = Class.forName(arguments[0]).getDeclaredConstructor();
    made.setAccessible(true);
    FileStoreContract contract = (FileStoreContract) made.newInstance();
    Path place = Path.of(arguments[2]);
    if (arguments[1].equals("hold")) {
      hold(contract, place);
    } else {
      open(contract, place);
    }
  }

  private static void open(FileStoreContract contract, Path place) {
    try (ChangeStore store = contract.open(place)) {
      System.out.println(store.documents("").size());
    } catch (StoreException refused) {
      System.out.println(refused.code());
    }
  }

  private static void hold(FileStoreContract contract, Path place) throws IOException {
    ChangeStore store = contract.open(place);
    store.commit(StoreSamples.sampleBatch());
    System.out.println("committed");
    // Until the parent ends this process; its end of the pipe stays open.
    int end = System.in.read();
    store.close();
    throw new IllegalStateException("not killed but told " + end);
  }
}
