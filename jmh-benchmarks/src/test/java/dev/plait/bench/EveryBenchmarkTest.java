package dev.plait.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs every benchmark, on as little as possible, so that all of them go on working. */
class EveryBenchmarkTest {
  /** Set by the profile {@code quick}, whose only point this test is: to show the tables. */
  private static final String SHOWN = "plait.quick";

  private static final String TRACE =
      """
      {"startContent": "", "endContent": "hallo",
       "txns": [{"patches": [[0, 0, "h"]]}, {"patches": [[1, 0, "ello"]]},
                {"patches": [[1, 1, "a"]]}]}
      """;

  @TempDir Path folder;

  @BeforeEach
  void nameFolders() throws IOException {
    Files.writeString(folder.resolve("trace.json"), TRACE);
    System.setProperty(Traces.FOLDER, folder.toString());
    System.setProperty(Disk.FOLDER, folder.toString());
  }

  @AfterEach
  void forgetFolders() {
    System.clearProperty(Traces.FOLDER);
    System.clearProperty(Disk.FOLDER);
  }

  private static Collection<RunResult> runAll() throws RunnerException {
    ChainedOptionsBuilder options =
        Benchmarks.profiled(new OptionsBuilder().build())
            .param("trace", "trace.json", Traces.MODEL)
            .verbosity(VerboseMode.SILENT);
    Little.set(options);
    return new Runner(options.build()).run();
  }

  private static Set<String> allBenchmarks() {
    Set<String> names = new TreeSet<>();
    var none = OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT);
    for (BenchmarkListEntry entry : BenchmarkList.defaultList().getAll(none, List.of())) {
      names.add(entry.getUsername());
    }
    return names;
  }

  @Test
  void everyBenchmarkRunsAndHasALineInTheTables() throws RunnerException {
    Collection<RunResult> results = runAll();
    Set<String> run = new TreeSet<>();
    results.forEach(result -> run.add(result.getParams().getBenchmark()));
    assertFalse(run.isEmpty());
    assertEquals(allBenchmarks(), run);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Curves.print(results, new PrintStream(bytes, true, StandardCharsets.UTF_8));
    String tables = bytes.toString(StandardCharsets.UTF_8);
    if (Boolean.getBoolean(SHOWN)) {
      System.out.println(tables);
    }
    assertTrue(tables.contains("\nForkMerge.merge\n"), tables);
    assertTrue(tables.contains("forkAge=900 history=1000 operations=200"), tables);
    assertTrue(tables.contains("\nTraceReplay.local  trace=trace.json\n"), tables);
    assertTrue(tables.contains("\nTraceReplay.gapBuffer  trace=typing-model\n"), tables);
    assertTrue(tables.contains("\nStoreRead.read  document=TYPED  engine=LMDB\n"), tables);
    assertTrue(tables.contains("\nStoreCommit.commit  durability=NONE  engine=LMDB\n"), tables);
    assertTrue(tables.contains("\nMerge.merge  type=MAP  way=SNAPSHOT\n"), tables);
    assertTrue(tables.contains("plait/bare"), tables);
    assertTrue(tables.contains("ops/s"), tables);
    assertTrue(tables.contains("\nRandomEdit.insert  shape=FRAGMENTED\n"), tables);
  }
}
