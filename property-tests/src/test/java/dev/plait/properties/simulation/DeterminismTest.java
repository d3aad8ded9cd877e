package dev.plait.properties.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A seed is worth something only if it does the same everywhere. */
class DeterminismTest {
  private static final List<Long> SEEDS = List.of(3L, 20L, 41L);

  /** What another JVM runs: prints the trace hash of each seed. */
  static final class OtherJvm {
    private OtherJvm() {}

    public static void main(String[] seeds) {
      for (String seed : seeds) {
        System.out.println(hash(Long.parseLong(seed)));
      }
    }
  }

  private static String hash(long seed) {
    return seed + ": " + Long.toHexString(ClusterSimulation.of(seed).run().traceHash());
  }

  @Test
  void theSameSeedDoesTheSameTwice() {
    for (long seed : SEEDS) {
      assertEquals(hash(seed), hash(seed));
    }
    assertNotEquals(
        ClusterSimulation.of(1).run().traceHash(), ClusterSimulation.of(2).run().traceHash());
  }

  @Test
  void theSameSeedDoesTheSameInAnotherJvm() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.add("-XX:+UnlockExperimentalVMOptions");
    command.add("-XX:hashCode=2"); // every identity hash is 1: no order may depend on it
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(OtherJvm.class.getName());
    SEEDS.forEach(seed -> command.add(seed.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> printed;
    try (BufferedReader lines =
        new BufferedReader(
            new java.io.InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      printed = lines.lines().collect(Collectors.toList());
    } catch (IOException failed) {
      process.destroyForcibly();
      throw failed;
    }
    assertEquals(0, process.waitFor(), () -> String.join("\n", printed));
    assertEquals(SEEDS.stream().map(DeterminismTest::hash).toList(), printed);
  }
}
