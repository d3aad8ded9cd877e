package dev.plait.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Runs all races of this module in processes of their own, as jcstress does. With the system
 * property {@code plait.long} they run longer, and compiled in every way.
 */
final class RacesTest {
  private static final int RACES = 11;

  /** One kind of compiled code, a few moments each. */
  private static final List<String> QUICK =
      List.of(
          "-m",
          "quick",
          "-sc",
          "false",
          "-fsm",
          "1",
          "-iters",
          "2",
          "-time",
          "250",
          "-hs",
          "128",
          "-jvmArgs",
          "-XX:+UseSerialGC");

  private static final List<String> LONG = List.of("-m", "default");
  private static final Path WORK = Path.of("target", "jcstress");

  /**
   * A line about an outcome: what it was, how often it was seen, in percent, and whether it may.
   */
  private static final Pattern OUTCOME =
      Pattern.compile("^ +\\S.*? +([0-9,]+) +<?[0-9.]+% +Acceptable ", Pattern.MULTILINE);

  private static final Pattern PASSED = Pattern.compile("\\[OK] dev\\.plait\\.");

  @Test
  void noRaceEndsInWhatIsForbidden() throws IOException, InterruptedException {
    assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "who is alone races nobody");
    Files.createDirectories(WORK);
    Path output = WORK.resolve("output.txt");

    int status = run(output);

    String told = Files.readString(output);
    assertEquals(0, status, told);
    String results = told.substring(told.indexOf("RUN RESULTS"));
    assertEquals(RACES, PASSED.matcher(results).results().count(), told);
    long samples =
        OUTCOME
            .matcher(results)
            .results()
            .mapToLong(row -> Long.parseLong(row.group(1).replace(",", "")))
            .sum();
    System.out.println("jcstress: " + RACES + " races, " + samples + " samples");
    assertTrue(samples > 1_000 * RACES, told);
  }

  private static int run(Path output) throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command = new ArrayList<>();
    command.addAll(List.of(java.toString(), "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("org.openjdk.jcstress.Main", "-v", "-r", "report"));
    command.addAll(Boolean.getBoolean("plait.long") ? LONG : QUICK);
    Process process =
        new ProcessBuilder(command)
            .directory(WORK.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return process.waitFor();
  }
}
