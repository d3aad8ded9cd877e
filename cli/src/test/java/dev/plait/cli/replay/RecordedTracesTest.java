package dev.plait.cli.replay;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.plait.cli.trace.TraceReader;
import dev.plait.wire.WireCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Replays recordings of real people, which are not part of the project. */
final class RecordedTracesTest {

  @TestFactory
  @EnabledIfSystemProperty(
      named = "plait.traces",
      matches = ".+",
      disabledReason =
          "-Dplait.traces=FOLDER names no folder of editing traces, such as a clone of"
              + " github.com/josephg/editing-traces")
  Stream<DynamicTest> recordedTraceEndsAsRecorded() throws IOException {
    Path folder = Path.of(System.getProperty("plait.traces", ""));
    List<Path> files;
    try (Stream<Path> found = Files.walk(folder)) {
      files = found.filter(file -> file.toString().endsWith(".json.gz")).sorted().toList();
    }
    assertTrue(!files.isEmpty(), "there is no .json.gz in " + folder);
    return files.stream()
        .map(file -> dynamicTest(folder.relativize(file).toString(), () -> replay(file)));
  }

  private static void replay(Path file) {
    ReplayReport report =
        new Replay(
                TraceReader.read(file),
                new Settings(Store.MEMORY::open, 100, 1),
                WireCodec.create(),
                Instruments.system(Progress.NONE))
            .run(file.toString());
    assertTrue(report.isGood(), report::toString);
  }
}
