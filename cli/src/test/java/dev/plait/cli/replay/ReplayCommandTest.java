package dev.plait.cli.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plait.cli.Plait;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;

final class ReplayCommandTest {
  private static final List<String> JSON_FIELDS =
      List.of(
          "trace",
          "kind",
          "edits",
          "replicas",
          "converged",
          "matchesEndContent",
          "sha256",
          "localMillis",
          "remoteMillis",
          "mergeMillis",
          "openMillis",
          "historyBytes",
          "snapshotBytes",
          "heapBytes",
          "repeats",
          "coldLocalMillis",
          "coldRemoteMillis",
          "coldMergeMillis",
          "coldOpenMillis");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;

  private int replay(Ansi terminal, String... arguments) {
    CommandLine plait =
        Plait.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .setColorScheme(Help.defaultColorScheme(terminal));
    return plait.execute(
        Stream.concat(Stream.of("replay"), Stream.of(arguments)).toArray(String[]::new));
  }

  private int replay(String... arguments) {
    return replay(Ansi.OFF, arguments);
  }

  private static String resource(String name) throws URISyntaxException {
    return Path.of(
            Objects.requireNonNull(ReplayCommandTest.class.getResource("/dev/plait/cli/" + name))
                .toURI())
        .toString();
  }

  private String file(String json) throws IOException {
    return Files.write(directory.resolve("t.json"), json.replace('\'', '"').getBytes(UTF_8))
        .toString();
  }

  private void assertOneLineOnStderr(String... parts) {
    String said = err.toString();
    assertEquals(1, said.lines().count(), said);
    assertTrue(said.startsWith("plait: "), said);
    for (String part : parts) {
      assertTrue(said.contains(part), said);
    }
    assertEquals("", out.toString());
  }

  @Test
  void jsonIsOneObjectWithExactlyTheDocumentedFields() throws Exception {
    int code = replay("--format", "json", "--repeat", "2", resource("fork.json"));

    assertEquals(0, code, err::toString);
    assertEquals("", err.toString());
    JsonNode report = new ObjectMapper().readTree(out.toString());
    List<String> fields = new ArrayList<>();
    report.fieldNames().forEachRemaining(fields::add);
    assertEquals(JSON_FIELDS, fields);
    assertEquals("fork", report.get("trace").asText());
    assertEquals("concurrent", report.get("kind").asText());
    assertEquals(6, report.get("edits").asInt());
    assertEquals(3, report.get("replicas").asInt());
    assertTrue(report.get("converged").booleanValue());
    assertTrue(report.get("matchesEndContent").booleanValue());
    assertEquals(2, report.get("repeats").asInt());
    assertTrue(report.get("historyBytes").asLong() > 0);
    assertTrue(report.get("snapshotBytes").asLong() > 0);
    assertTrue(report.get("localMillis").isDouble());
  }

  @Test
  void hashIsThatOfTheFinalTextInUtf8() throws Exception {
    replay(
        "--format=json",
        "--repeat=1",
        file("{'startContent': 'a', 'endContent': 'abc', 'txns': [{'patches': [[1, 0, 'bc']]}]}"));

    // The SHA-256 of "abc" in FIPS 180-2.
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        new ObjectMapper().readTree(out.toString()).get("sha256").asText());
  }

  @Test
  void onlyRunCountsAsColdAndWarm() throws Exception {
    replay("--format", "json", "--repeat", "1", resource("shopping.json"));

    JsonNode report = new ObjectMapper().readTree(out.toString());
    for (String phase : List.of("Local", "Remote", "Merge", "Open")) {
      String warm = phase.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + phase.substring(1);
      assertEquals(report.get("cold" + phase + "Millis"), report.get(warm + "Millis"));
    }
  }

  @Test
  void textTableSaysWhatCameOutWithUnits() throws Exception {
    int code = replay(resource("shopping.json"));

    assertEquals(0, code, err::toString);
    String table = out.toString();
    assertTrue(table.startsWith("shopping: sequential trace, 5 edits, 1 author"), table);
    assertTrue(table.contains("text as expected                   yes"), table);
    assertTrue(table.contains(" ms"), table);
    assertTrue(table.contains(" bytes"), table);
  }

  @Test
  void authorsOnSqliteEndWithTheSameText() throws Exception {
    int code = replay("--store", "sqlite", "--repeat", "1", resource("fork.json"));

    assertEquals(0, code, err::toString);
  }

  @Test
  void otherEndContentExitsWithOneAndSaysSo() throws Exception {
    int code =
        replay("--repeat", "1", file("{'startContent': 'a', 'endContent': 'b', 'txns': []}"));

    assertEquals(1, code);
    assertTrue(out.toString().contains("text as expected                   NO"), out::toString);
  }

  @Test
  void missingFileIsOneLineAndExitsWithTwo() {
    String absent = directory.resolve("absent.json.gz").toString();

    assertEquals(2, replay(absent));
    assertOneLineOnStderr(absent, "no such file");
  }

  @Test
  void fileThatIsNoTraceIsOneLineAndExitsWithTwo() throws Exception {
    assertEquals(2, replay(file("# Notes\n\nno trace")));
    assertOneLineOnStderr("t.json: not JSON");
  }

  @Test
  void positionOutOfRangeNamesFileAndTransaction() throws Exception {
    int code =
        replay(
            file(
                "{'startContent': 'ab', 'endContent': '', 'txns': ["
                    + "{'patches': []}, {'patches': [[3, 0, 'x']]}]}"));

    assertEquals(2, code);
    assertOneLineOnStderr("t.json: transaction 1, patch 0", "position 3", "2 code points");
  }

  @Test
  void impossibleParentsNameFileAndTransaction() throws Exception {
    int code =
        replay(
            file(
                "{'kind': 'concurrent', 'numAgents': 1, 'endContent': '', 'txns': ["
                    + "{'agent': 0, 'parents': [], 'patches': []},"
                    + "{'agent': 0, 'parents': [], 'patches': []}]}"));

    assertEquals(2, code);
    assertOneLineOnStderr("t.json: transaction 1", "transaction 0");
  }

  @Test
  void badUsageIsOneLineAndExitsWithTwo() throws Exception {
    String trace = resource("fork.json");
    List<String[]> wrong =
        List.of(
            new String[] {},
            new String[] {"--repeat", "0", trace},
            new String[] {"--repeat", "many", trace},
            new String[] {"--tick-ms", "-1", trace},
            new String[] {"--tick-ms", "9223372036854775807", trace},
            new String[] {"--store", "papyrus", trace},
            new String[] {"--format", "xml", trace},
            new String[] {"--nonsense", trace},
            new String[] {trace, trace});
    for (String[] arguments : wrong) {
      err.getBuffer().setLength(0);
      assertEquals(2, replay(arguments), String.join(" ", arguments));
      assertOneLineOnStderr("plait replay --help");
    }
  }

  @Test
  void helpSaysWhatIsMeasured() {
    assertEquals(0, replay("--help"));
    assertTrue(out.toString().contains("merges that its"), out::toString);
  }

  @Test
  void progressIsShownOnATerminalOnly() throws Exception {
    replay(Ansi.ON, "--repeat", "1", resource("fork.json"));
    assertTrue(err.toString().contains("run 1 of 1"), err::toString);
    assertFalse(out.toString().contains("run 1 of 1"), out::toString);
    err.getBuffer().setLength(0);

    replay(Ansi.OFF, "--repeat", "1", resource("fork.json"));
    assertEquals("", err.toString());
  }
}
