package dev.plait.storage.lmdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a program without any JVM flags sees, and what systems do that withhold something. */
@Timeout(300) // seconds; only so that a child that hangs ends the test
class LmdbProcessTest {

  private static final String SHELL = "/bin/sh";
  private static final List<String> NOTHING = List.of();

  @TempDir Path directory;

  /** What a process wrote. */
  private record Ended(List<String> output, List<String> errors) {}

  @Test
  void nothingIsWrittenToTheErrorOutput() throws Exception {
    Ended ended = run(NOTHING, NOTHING, "use");
    assertEquals(List.of("1"), ended.output());
    assertEquals(List.of(), ended.errors().stream().filter(line -> !isOfTheJvm(line)).toList());
  }

  /** From release 24 on the JVM warns of native code and of Unsafe, and only its flags end that. */
  private static boolean isOfTheJvm(String line) {
    return Runtime.version().feature() >= 24
        && (line.isEmpty()
            || line.contains("native access")
            || line.contains("native-access")
            || line.contains("restricted method")
            || line.contains("java.lang.System::load")
            || line.contains("Unsafe"));
  }

  @Test
  void anInterruptedThreadMayBeTheFirstToOpenAStore() throws Exception {
    assertEquals(List.of("1", "true"), run(NOTHING, NOTHING, "interrupted").output());
  }

  @Test
  void anUnknownLibraryIsNativeUnavailable() throws Exception {
    assertUnavailable(NOTHING, List.of("-Dlmdbjava.native.lib=" + directory.resolve("none.so")));
  }

  @Test
  void withoutADirectoryToUnpackToItIsNativeUnavailableUnlessAnotherIsNamed() throws Exception {
    String missing = "-Djava.io.tmpdir=" + directory.resolve("missing");
    assertUnavailable(NOTHING, List.of(missing));
    Path other = Files.createDirectory(directory.resolve("other"));
    Ended ended = run(NOTHING, List.of(missing, "-Dlmdbjava.extract.dir=" + other), "use");
    assertEquals(List.of("1"), ended.output());
  }

  @Test
  void whereNoCodeMayBeRunFromTheTemporaryDirectoryItIsNativeUnavailable() throws Exception {
    Path mounted = Files.createDirectory(directory.resolve("mounted"));
    List<String> mount =
        Stream.of("-m", "-Urm")
            .map(namespace -> mounting(namespace, mounted))
            .filter(LmdbProcessTest::works)
            .findFirst()
            .orElse(NOTHING);
    Assumptions.assumeFalse(mount.isEmpty(), "a file system without code can be mounted here");
    assertUnavailable(mount, List.of("-Djava.io.tmpdir=" + mounted));
  }

  private static List<String> mounting(String namespace, Path mounted) {
    String command = "mount -t tmpfs -o noexec plait \"$1\" && shift && exec \"$@\"";
    return List.of("unshare", namespace, SHELL, "-c", command, "sh", mounted.toString());
  }

  private static boolean works(List<String> before) {
    List<String> command = new ArrayList<>(before);
    command.add("true");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.onExit().join().exitValue() == 0;
    } catch (IOException noSuchCommand) {
      return false;
    }
  }

  /** Twice in one process, and the directory is none the worse for it. */
  private void assertUnavailable(List<String> before, List<String> flags) throws Exception {
    Ended ended = run(before, flags, "twice");
    assertEquals(2, ended.output().size(), ended::toString);
    for (String line : ended.output()) {
      assertTrue(line.startsWith("NATIVE_UNAVAILABLE "), line);
      assertTrue(line.contains("-Dlmdbjava.extract.dir=") && line.contains("native.lib="), line);
    }
    assertEquals(List.of("1"), run(NOTHING, NOTHING, "use").output());
  }

  @Test
  void aMapThatCannotGrowIsRefusedAndNobodyLooksWhereItWas() throws Exception {
    assumeShell();
    Files.createDirectory(place());
    List<String> small = List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:CompressedClassSpaceSize=64m");
    Ended ended = run(limited("-v 6000000"), small, "grow");
    assertEquals(List.of("no larger map", "refused"), ended.output());
  }

  private static void assumeShell() {
    Assumptions.assumeTrue(Files.isExecutable(Path.of(SHELL)), "a shell sets limits");
  }

  private static List<String> limited(String limit) {
    return List.of(SHELL, "-c", "ulimit " + limit + " && exec \"$@\"", "sh");
  }

  private Path place() {
    return directory.resolve("store");
  }

  private Ended run(List<String> before, List<String> flags, String task) throws Exception {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(LmdbProcess.class.getName(), task, place().toString()));
    Path errors = directory.resolve("errors");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    // What they hold would be flags, and said so on the error output.
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    Process process = builder.start();
    List<String> output;
    try (var reader = process.inputReader()) {
      output = reader.lines().toList();
    }
    int status = process.waitFor();
    Ended ended = new Ended(output, Files.readAllLines(errors));
    assertEquals(0, status, ended::toString);
    return ended;
  }
}
