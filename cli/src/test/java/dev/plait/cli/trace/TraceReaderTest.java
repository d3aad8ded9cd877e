package dev.plait.cli.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TraceReaderTest {
  private static final String SEQUENTIAL =
      "{\"startContent\": \"\", \"endContent\": \"ab\", \"txns\": [{\"patches\": [[0,0,\"ab\"]]}]}";

  @TempDir private Path directory;

  private static Path resource(String name) throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(TraceReaderTest.class.getResource("/dev/plait/cli/" + name))
            .toURI());
  }

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(directory.resolve(name), content);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private static TraceException refusal(Path file) {
    TraceException refused = assertThrows(TraceException.class, () -> TraceReader.read(file));
    assertTrue(String.valueOf(refused.getMessage()).startsWith(file + ": "), refused::getMessage);
    assertFalse(String.valueOf(refused.getMessage()).contains("\n"), refused::getMessage);
    return refused;
  }

  @Test
  void readsASequentialTrace() throws Exception {
    Trace trace = TraceReader.read(resource("shopping.json"));

    assertEquals(Trace.Kind.SEQUENTIAL, trace.kind());
    assertEquals("milk, eggs 🥚", trace.startContent());
    assertEquals(3, trace.transactions().size());
    assertEquals(5, trace.edits());
    assertEquals(List.of(0), trace.agents());
    assertEquals(
        new TraceTransaction(0, List.of(1), List.of(new Patch(10, 1, "🥐🥐"), new Patch(0, 0, ""))),
        trace.transactions().get(2));
    assertFalse(trace.isBasicPlane());
  }

  @Test
  void readsAConcurrentTrace() throws Exception {
    Trace trace = TraceReader.read(resource("fork.json"));

    assertEquals(Trace.Kind.CONCURRENT, trace.kind());
    assertEquals(List.of(0, 3, 4), trace.agents());
    assertEquals(6, trace.edits());
    assertEquals(List.of(1, 2), trace.transactions().get(4).parents());
  }

  @Test
  void gzipIsToldByContentAndNotByName() throws IOException {
    assertEquals("ab", TraceReader.read(write("packed.json", gzip(SEQUENTIAL))).endContent());
    assertEquals(
        "ab", TraceReader.read(write("plain.json.gz", SEQUENTIAL.getBytes(UTF_8))).endContent());
  }

  @Test
  void fieldsMayComeInAnyOrderAndUnknownOnesAreSkipped() throws IOException {
    String json =
        "{\"more\": {\"txns\": [1]}, \"txns\": [{\"time\": 1, \"patches\": [], \"agent\": 0,"
            + " \"parents\": [], \"x\": [[{}]]}], \"numAgents\": 1, \"endContent\": \"\","
            + " \"kind\": \"concurrent\"}";

    Trace trace = TraceReader.read(write("t", json.getBytes(UTF_8)));

    assertEquals(List.of(new TraceTransaction(0, List.of(), List.of())), trace.transactions());
    assertTrue(trace.isBasicPlane());
  }

  @Test
  void missingFileAndDirectoryAreUnreadable() {
    assertEquals(TraceException.TRACE_UNREADABLE, refusal(directory.resolve("absent")).code());
    assertEquals(TraceException.TRACE_UNREADABLE, refusal(directory).code());
  }

  @Test
  void truncatedGzipIsRefused() throws IOException {
    byte[] whole = gzip(SEQUENTIAL);

    for (int length = 2; length < whole.length; length++) {
      Path file = write("cut", Arrays.copyOf(whole, length));
      assertEquals(TraceException.TRACE_NOT_GZIP, refusal(file).code(), "at " + length);
    }
  }

  @Test
  void damagedGzipIsRefused() throws IOException {
    byte[] damaged = gzip(SEQUENTIAL);
    damaged[damaged.length - 8] ^= 1; // in the checksum

    assertEquals(TraceException.TRACE_NOT_GZIP, refusal(write("damaged", damaged)).code());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``",
        "`not json at all`",
        "`{\"txns\": [`",
        "`{\"txns\": [], \"endContent\": \"unclosed`",
        "`{\"endContent\": \"\", \"endContent\": \"\"}`",
      })
  void whatIsNotJsonIsRefused(String json) throws IOException {
    String code = refusal(write("t", json.getBytes(UTF_8))).code();

    assertEquals(json.isEmpty() ? TraceException.TRACE_SHAPE : TraceException.TRACE_NOT_JSON, code);
  }

  @Test
  void bytesThatAreNotUtf8AreNotJson() throws IOException {
    byte[] latin =
        "{\"endContent\": \"\u00e9t\u00e9\"}"
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

    assertEquals(TraceException.TRACE_NOT_JSON, refusal(write("t", latin)).code());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]                                                | object",
        "{'startContent': '', 'endContent': ''}            | txns is missing",
        "{'startContent': '', 'txns': []}                  | endContent is missing",
        "{'endContent': '', 'txns': []}                    | startContent is missing",
        "{'startContent': 7, 'endContent': '', 'txns': []} | startContent must be a string",
        "{'startContent': '', 'endContent': null, 'txns': []} | endContent must be a string",
        "{'startContent': '', 'endContent': '', 'txns': {}}   | txns must be an array",
        "{'startContent': '\\ud83c', 'endContent': '', 'txns': []} | half of a surrogate pair",
        "{'startContent': '', 'endContent': '', 'txns': []} 1 | after the end",
        "{'kind': 'parallel', 'endContent': '', 'txns': []}   | not \"parallel\"",
        "{'kind': 'concurrent', 'endContent': '', 'txns': []} | numAgents is missing",
        "{'kind': 'concurrent', 'numAgents': 1, 'startContent': 'x', 'endContent': '', 'txns': []} | no place",
      })
  void traceOfTheWrongShapeIsRefused(String json, String reason) throws IOException {
    assertShape(json, reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "7                                        | must be an object",
        "{}                                       | patches is missing",
        "{'patches': {}}                          | patches must be an array",
        "{'patches': [7]}                         | a patch must be an array",
        "{'patches': [[]]}                        | position",
        "{'patches': [['0', 0, '']]}              | position",
        "{'patches': [[-1, 0, '']]}               | position",
        "{'patches': [[1.0, 0, '']]}              | position",
        "{'patches': [[2147483648, 0, '']]}       | position",
        "{'patches': [[0, -1, '']]}               | deleted length",
        "{'patches': [[0, 0]]}                    | inserted text",
        "{'patches': [[0, 0, 7]]}                 | inserted text",
        "{'patches': [[0, 0, '\\udf33\\ud83c']]}  | half of a surrogate pair",
        "{'patches': [[0, 0, '', 0]]}             | no more",
        "{'patches': [], 'parents': [0]}          | does not say kind",
      })
  void wrongTransactionIsNamed(String transaction, String reason) throws IOException {
    String good = "{'patches': []}";
    assertShape(
        "{'startContent': '', 'endContent': '', 'txns': [" + good + ", " + transaction + "]}",
        "transaction 1: ",
        reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'patches': [], 'parents': []}                | agent is missing",
        "{'patches': [], 'agent': 0}                   | parents is missing",
        "{'patches': [], 'agent': 2, 'parents': []}    | below numAgents, which is 2",
        "{'patches': [], 'agent': -1, 'parents': []}   | agent",
        "{'patches': [], 'agent': 0, 'parents': 0}     | parents must be an array",
        "{'patches': [], 'agent': 0, 'parents': [1]}   | earlier transaction, not 1",
        "{'patches': [], 'agent': 0, 'parents': [-1]}  | a parent",
      })
  void wrongConcurrentTransactionIsNamed(String transaction, String reason) throws IOException {
    String good = "{'agent': 1, 'parents': [], 'patches': []}";
    assertShape(
        "{'kind': 'concurrent', 'numAgents': 2, 'endContent': '', 'txns': ["
            + good
            + ", "
            + transaction
            + "]}",
        "transaction 1: ",
        reason);
  }

  private void assertShape(String json, String... reasons) throws IOException {
    byte[] content = json.replace('\'', '"').getBytes(UTF_8);

    TraceException refused = refusal(write("t", content));

    assertEquals(TraceException.TRACE_SHAPE, refused.code());
    for (String reason : reasons) {
      assertTrue(String.valueOf(refused.getMessage()).contains(reason), refused::getMessage);
    }
  }
}
