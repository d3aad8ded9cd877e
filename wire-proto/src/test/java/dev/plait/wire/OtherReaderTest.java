package dev.plait.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plait.change.Change;
import dev.plait.change.Chunk;
import dev.plait.codec.Codec;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The reader in {@code docs/reader}, which shares nothing with our codec but the documentation and
 * the schema, reads the same out of the same bytes.
 */
class OtherReaderTest {
  private static final int ROUNDS = 150;
  private static final Path DESCRIPTORS = Path.of("target", "plait-descriptors.bin");
  private static final Path READER = Path.of("..", "docs", "reader", "plait_reader.py");

  private final Codec codec = WireCodec.create();
  private final List<String> lines = new ArrayList<>();
  private final List<String> expected = new ArrayList<>();

  @TempDir Path folder;

  private static String python() {
    String named = System.getProperty("plait.python", System.getenv("PLAIT_PYTHON"));
    return named == null || named.isEmpty() ? "python3" : named;
  }

  private static boolean isInstalled() throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(python(), "-c", "import google.protobuf")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException notThere) {
      return false;
    }
  }

  private void chunk(byte[] bytes) {
    Chunk chunk = codec.readChunk(bytes);
    lines.add("chunk " + HexFormat.of().formatHex(bytes));
    expected.add(Json.of(Printed.chunk(chunk.header(), codec.decodeChunk(chunk))));
  }

  private void chunk(List<Change> changes) {
    chunk(codec.encodeChunk(Samples.DOCUMENT, changes).bytes());
  }

  private void snapshot(byte[] bytes) {
    lines.add("snapshot " + HexFormat.of().formatHex(bytes));
    expected.add(Json.of(PrintedState.snapshot(codec.decodeSnapshot(bytes))));
  }

  private List<String> read() throws IOException, InterruptedException {
    File input = Files.write(folder.resolve("lines"), lines).toFile();
    File output = folder.resolve("read").toFile();
    File errors = folder.resolve("errors").toFile();
    Process process =
        new ProcessBuilder(python(), "-B", READER.toString(), DESCRIPTORS.toString())
            .redirectInput(input)
            .redirectOutput(output)
            .redirectError(errors)
            .start();
    int code = process.waitFor();
    assertEquals(0, code, () -> textOf(errors) + "\n" + lines.get(linesOf(output).size()));
    return linesOf(output);
  }

  private static String textOf(File file) {
    return String.join("\n", linesOf(file));
  }

  private static List<String> linesOf(File file) {
    try {
      return Files.readAllLines(file.toPath(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anotherReaderReadsTheSame() throws IOException, InterruptedException {
    assumeTrue(
        isInstalled(),
        () ->
            "skipped, since "
                + python()
                + " has no protobuf runtime: pip install protobuf, or set PLAIT_PYTHON to a Python"
                + " that has it");
    chunk(Golden.read("chunk-keystroke.v1"));
    chunk(Golden.read("chunk-every-operation.v1"));
    snapshot(Golden.read("snapshot.v1"));
    for (int seed = 0; seed < ROUNDS; seed++) {
      chunk(new RandomSamples(seed).changes());
      chunk(new RandomTyping(seed).changes());
      snapshot(codec.encodeSnapshot(new RandomSnapshots(seed).snapshot()));
      FuzzStory story = new FuzzStory(seed);
      story.chunks().forEach(bytes -> chunk(bytes));
      story.snapshots().forEach(this::snapshot);
    }
    List<String> read = read();
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i), read.get(i), lines.get(i));
    }
    assertTrue(lines.stream().anyMatch(line -> line.length() > 2_000), "some are long");
  }
}
