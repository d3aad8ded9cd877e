package dev.plait.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

class CurvesTest {

  private static RunResult run(int warmups, int iterations) throws RunnerException {
    ChainedOptionsBuilder options =
        Benchmarks.profiled(new OptionsBuilder().build()).verbosity(VerboseMode.SILENT);
    Little.set(options);
    options
        .include(VersionVectors.class.getName() + ".dominates")
        .warmupIterations(warmups)
        .measurementIterations(iterations);
    return new Runner(options.build()).runSingle();
  }

  private static double cold(RunResult result) {
    Result<?> cold = result.getSecondaryResults().get(ColdStart.FIRST);
    assertNotNull(cold);
    return cold.getScore();
  }

  private static List<Double> measured(RunResult result) {
    return result.getBenchmarkResults().iterator().next().getIterationResults().stream()
        .map(CurvesTest::score)
        .toList();
  }

  private static double score(IterationResult iteration) {
    Result<?> result = iteration.getPrimaryResult();
    return result.getScore();
  }

  private static String table(RunResult result) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Curves.print(List.of(result), new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void coldIsTheVeryFirstIteration() throws RunnerException {
    RunResult notWarmedUp = run(0, 3);
    double first = measured(notWarmedUp).get(0);
    assertEquals(first, cold(notWarmedUp), first * 1e-9);
  }

  @Test
  void coldIsKeptWhenItWasAWarmUp() throws RunnerException {
    assertTrue(cold(run(1, 1)) > 0);
  }

  @Test
  void lineHasTheErrorIfThereAreEnoughIterations() throws RunnerException {
    String table = table(run(1, 3));
    assertTrue(table.startsWith(System.lineSeparator() + "VersionVectors.dominates"), table);
    assertTrue(table.contains("± 99.9 %"), table);
    assertTrue(table.contains("replicas=10 "), table);
    assertFalse(table.contains("?"), table);
    assertTrue(table(run(1, 1)).contains("?"));
  }
}
