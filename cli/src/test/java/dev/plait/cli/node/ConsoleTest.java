package dev.plait.cli.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plait.cli.json.JsonReader;
import dev.plait.document.Document;
import dev.plait.value.ContainerType;
import dev.plait.value.Value;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ConsoleTest {
  private static final JsonReader JSON = new JsonReader(1 << 24);

  private final StringWriter diagnostics = new StringWriter();
  private Node node;

  @BeforeEach
  void open() {
    node =
        Node.open(
            new Node.Settings(Path.of(""), StoreKind.MEMORY, 0), new PrintWriter(diagnostics));
  }

  @AfterEach
  void close() {
    node.close();
  }

  private List<JsonNode> answers(byte[] input) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Console(
            new ByteArrayInputStream(input), out, new PrintWriter(diagnostics), node.operations())
        .run();
    List<JsonNode> answers = new ArrayList<>();
    for (String line : out.toString(StandardCharsets.UTF_8).split("\n", -1)) {
      if (!line.isEmpty()) {
        answers.add(JSON.parse(line.getBytes(StandardCharsets.UTF_8)));
      }
    }
    assertEquals("", diagnostics.toString());
    return answers;
  }

  private List<JsonNode> answers(String... lines) throws IOException {
    return answers((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private JsonNode answer(String line) throws IOException {
    List<JsonNode> answers = answers(line);
    assertEquals(1, answers.size());
    return answers.get(0);
  }

  private String code(String line) throws IOException {
    JsonNode answer = answer(line);
    assertEquals(List.of("ok", "code", "message"), names(answer));
    assertEquals(false, answer.get("ok").booleanValue());
    return answer.get("code").textValue();
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private String get(String name) throws IOException {
    JsonNode answer = answer("{\"op\":\"get\",\"doc\":\"d\",\"name\":\"" + name + "\"}");
    return answer.get("type").textValue() + " " + answer.get("value");
  }

  /** A line in which apostrophes stand for quotation marks. */
  private static String line(String text) {
    return text.replace('\'', '"');
  }

  private void write(String text) throws IOException {
    JsonNode answer = answer(line(text));
    assertTrue(answer.get("ok").booleanValue(), answer::toString);
    assertEquals(List.of("ok", "dot"), names(answer));
  }

  @Test
  void eachOpEditsItsContainer() throws IOException {
    write("{'op':'text.insert','doc':'d','name':'body','index':0,'text':'Hello you'}");
    write("{'op':'text.delete','doc':'d','name':'body','index':5,'length':4}");
    write("{'op':'set.add','doc':'d','name':'tags','value':'draft'}");
    write("{'op':'set.add','doc':'d','name':'tags','value':7}");
    write("{'op':'set.remove','doc':'d','name':'tags','value':'draft'}");
    write("{'op':'map.put','doc':'d','name':'meta','key':'a','value':{'x':[1,2.5,null]}}");
    write("{'op':'map.put','doc':'d','name':'meta','key':'b','value':{'$bytes':'AP8='}}");
    write("{'op':'map.remove','doc':'d','name':'meta','key':'a'}");
    write("{'op':'counter.add','doc':'d','name':'hits','amount':-3}");
    write("{'op':'register.set','doc':'d','name':'title','value':null}");
    write("{'op':'list.insert','doc':'d','name':'todo','index':0,'value':'two'}");
    write("{'op':'list.insert','doc':'d','name':'todo','index':0,'value':'one'}");
    write("{'op':'list.remove','doc':'d','name':'todo','index':1}");

    assertEquals("text \"Hello\"", get("body"));
    assertEquals("set [7]", get("tags"));
    assertEquals("map {\"b\":{\"$bytes\":\"AP8=\"}}", get("meta"));
    assertEquals("counter -3", get("hits"));
    assertEquals("register null", get("title"));
    assertEquals("list [\"one\"]", get("todo"));
  }

  @Test
  void writeIsAnsweredWithItsDotAndAWriteThatChangesNothingWithNone() throws IOException {
    String replica = node.replica().id().toString();
    List<JsonNode> answers =
        answers(
            line("{'op':'set.add','doc':'d','name':'tags','value':1}"),
            line("{'op':'set.remove','doc':'d','name':'tags','value':2}"),
            line("{'op':'map.remove','doc':'d','name':'meta','key':'absent'}"),
            line("{'op':'set.remove','doc':'d','name':'tags','value':1}"));

    assertEquals(replica + ":1", answers.get(0).get("dot").textValue());
    assertTrue(answers.get(1).get("dot").isNull());
    assertTrue(answers.get(2).get("dot").isNull());
    assertEquals(replica + ":2", answers.get(3).get("dot").textValue());
  }

  @Test
  void whatCannotBeUnderstoodGetsACodeAndTheNextLineIsRead() throws IOException {
    assertEquals("MALFORMED_JSON", code(""));
    assertEquals("MALFORMED_JSON", code("{"));
    assertEquals("MALFORMED_JSON", code(line("{'op':'status'} {}")));
    assertEquals("MALFORMED_JSON", code(line("{'op':'status','op':'quit'}")));
    assertEquals("NOT_AN_OBJECT", code("[]"));
    assertEquals("MISSING_FIELD", code("{}"));
    assertEquals("WRONG_FIELD", code(line("{'op':1}")));
    assertEquals("UNKNOWN_OP", code(line("{'op':'set.ad\\ud800d'}")));
    assertEquals("MISSING_FIELD", code(line("{'op':'set.add','doc':'d','name':'n'}")));
    assertEquals("MISSING_FIELD", code(line("{'op':'set.add','doc':'d','value':1}")));
    assertEquals("WRONG_FIELD", code(line("{'op':'set.add','doc':['d'],'name':'n','value':1}")));
    assertEquals(
        "WRONG_FIELD", code(line("{'op':'text.insert','doc':'d','name':'n','index':0,'text':1}")));
    assertEquals(
        "WRONG_FIELD", code(line("{'op':'counter.add','doc':'d','name':'n','amount':1.0}")));
    assertEquals(
        "NUMBER_OUT_OF_RANGE",
        code(line("{'op':'counter.add','doc':'d','name':'n','amount':9223372036854775808}")));
    assertEquals(
        "FIELD_OUT_OF_RANGE",
        code(line("{'op':'text.insert','doc':'d','name':'n','index':-1,'text':'a'}")));
    assertEquals(
        "UNKNOWN_FORM", code(line("{'op':'set.add','doc':'d','name':'n','value':{'$bytes':'?'}}")));

    assertEquals(List.of(), node.replica().documents());
  }

  @Test
  void whatTheDocumentRefusesKeepsItsCode() throws IOException {
    write("{'op':'text.insert','doc':'d','name':'body','index':0,'text':'a😀'}");
    write("{'op':'counter.add','doc':'d','name':'hits','amount':9223372036854775807}");

    assertEquals(
        "INDEX_OUT_OF_RANGE",
        code(line("{'op':'text.insert','doc':'d','name':'body','index':4,'text':'x'}")));
    assertEquals(
        "SURROGATE_SPLIT",
        code(line("{'op':'text.insert','doc':'d','name':'body','index':2,'text':'x'}")));
    assertEquals(
        "LONE_SURROGATE",
        code(line("{'op':'text.insert','doc':'d','name':'body','index':0,'text':'\\udc00'}")));
    assertEquals(
        "EMPTY_EDIT",
        code(line("{'op':'text.delete','doc':'d','name':'body','index':0,'length':0}")));
    assertEquals(
        "LONE_SURROGATE",
        code(line("{'op':'map.put','doc':'d','name':'m','key':'\\ud800','value':1}")));
    assertEquals(
        "COUNTER_OVERFLOW", code(line("{'op':'counter.add','doc':'d','name':'hits','amount':1}")));
    assertEquals("TYPE_MISMATCH", code(line("{'op':'set.add','doc':'d','name':'body','value':1}")));
    assertEquals("INVALID_NAME", code(line("{'op':'set.add','doc':'d','name':'','value':1}")));
    assertEquals(
        "INVALID_NAME", code(line("{'op':'set.add','doc':'\\ud800','name':'n','value':1}")));
    assertEquals(
        "INDEX_OUT_OF_RANGE", code(line("{'op':'list.remove','doc':'d','name':'l','index':0}")));
    assertEquals("text \"a😀\"", get("body"));
  }

  @Test
  void readingWhatIsNotThereIsRefusedAndMakesNothing() throws IOException {
    assertEquals("UNKNOWN_DOCUMENT", code(line("{'op':'get','doc':'d','name':'body'}")));
    assertEquals("UNKNOWN_DOCUMENT", code(line("{'op':'dump','doc':'d'}")));
    assertEquals("UNKNOWN_DOCUMENT", code(line("{'op':'status','doc':'d'}")));
    assertEquals("INVALID_NAME", code(line("{'op':'dump','doc':''}")));
    write("{'op':'set.add','doc':'dd','name':'tags','value':1}");
    assertEquals("UNKNOWN_DOCUMENT", code(line("{'op':'dump','doc':'d'}")));
    assertEquals("UNKNOWN_ROOT", code(line("{'op':'get','doc':'dd','name':'body'}")));
    assertEquals("UNKNOWN_ROOT", code(line("{'op':'get','doc':'dd','name':'tags','type':'text'}")));
    assertEquals(List.of("dd"), node.replica().documents());
  }

  @Test
  void lineThatIsTooLongIsSkippedWhole() throws IOException {
    byte[] next = line("\n{'op':'status'}").getBytes(StandardCharsets.UTF_8);
    byte[] input = new byte[Console.MAX_LINE_BYTES + 1 + next.length];
    java.util.Arrays.fill(input, (byte) ' ');
    System.arraycopy(next, 0, input, Console.MAX_LINE_BYTES + 1, next.length);

    List<JsonNode> answers = answers(input);
    assertEquals(2, answers.size());
    assertEquals("LINE_TOO_LONG", answers.get(0).get("code").textValue());
    assertTrue(answers.get(1).get("ok").booleanValue());
  }

  @Test
  void longestLineIsTaken() throws IOException {
    String request = line("{'op':'status'}");
    String padded = " ".repeat(Console.MAX_LINE_BYTES - request.length()) + request;

    assertTrue(answer(padded).get("ok").booleanValue());
  }

  @Test
  void lastLineNeedsNoLineFeedAndCarriageReturnsDoNoHarm() throws IOException {
    byte[] input = line("{'op':'status'}\r\n{'op':'status'}").getBytes(StandardCharsets.UTF_8);

    assertEquals(2, answers(input).size());
  }

  @Test
  void nothingIsAnsweredAfterQuit() throws IOException {
    List<JsonNode> answers = answers(line("{'op':'quit'}"), line("{'op':'status'}"));

    assertEquals(List.of("{\"ok\":true}"), answers.stream().map(JsonNode::toString).toList());
  }

  @Test
  void statusSpeaksOfOneDocumentOrOfAll() throws IOException {
    String replica = node.replica().id().toString();
    write("{'op':'set.add','doc':'d','name':'tags','value':1}");
    write("{'op':'set.add','doc':'e','name':'tags','value':1}");
    write("{'op':'set.add','doc':'e','name':'tags','value':2}");

    JsonNode all = answer(line("{'op':'status'}"));
    assertEquals(1, all.at("/versionVector/d/" + replica).intValue());
    assertEquals(2, all.at("/versionVector/e/" + replica).intValue());
    JsonNode one = answer(line("{'op':'status','doc':'e'}"));
    assertEquals(2, one.at("/versionVector/" + replica).intValue());
    assertEquals(0, one.get("pending").intValue());
    assertEquals(0, one.get("quarantined").intValue());
    assertEquals(replica, one.get("replica").textValue());
    assertEquals(false, one.get("inSync").booleanValue());
    assertEquals("{}", one.get("outbox").toString());
    assertEquals("[]", one.get("peers").toString());
  }

  @Test
  void aloneThereIsNobodyToBeInSyncWith() throws IOException {
    assertEquals("NOT_IN_SYNC", code(line("{'op':'wait-in-sync','timeoutMillis':0}")));
    assertEquals("FIELD_OUT_OF_RANGE", code(line("{'op':'wait-in-sync','timeoutMillis':-1}")));
  }

  @Test
  void dumpShowsAllRootsSortedWithTheirChildren() throws IOException {
    Document document = node.replica().document("d");
    document.transact(
        tx -> {
          tx.text("body").insert(0, "Hi");
          tx.mvRegister("mood").set("fine");
          tx.map("a").map("inner").text("t").insert(0, "deep");
          tx.map("a").put("plain", Value.of(1.5));
          tx.list("l").insert(0, ContainerType.SET);
          tx.list("l").set(0).add("member");
          tx.list("l").append("last");
        });

    JsonNode dump = answer(line("{'op':'dump','doc':'d'}"));
    assertEquals(
        line(
            "{'a':{'map':{'inner':{'$child':{'map':{'t':{'$child':{'text':'deep'}}}}},'plain':1.5}},"
                + "'body':{'text':'Hi'},"
                + "'l':{'list':[{'$child':{'set':['member']}},'last']},"
                + "'mood':{'mv-register':['fine']}}"),
        dump.get("state").toString());
    assertEquals(1, document.versionVector().dots().get(0).counter());
  }

  @Test
  void rootsOfOneNameAndSeveralTypesAreToldApart() throws IOException {
    write("{'op':'set.add','doc':'d','name':'x','value':1}");
    var other = dev.plait.replica.Replica.builder().build();
    other.document("d").transact(tx -> tx.counter("x").add(5));
    node.replica()
        .document("d")
        .apply(other.document("d").changesSince(dev.plait.clock.VersionVector.empty()));
    other.close();

    assertEquals(
        line("{'x':{'counter':5,'set':[1]}}"),
        answer(line("{'op':'dump','doc':'d'}")).get("state").toString());
    assertEquals("AMBIGUOUS_ROOT", code(line("{'op':'get','doc':'d','name':'x'}")));
    assertEquals(
        5,
        answer(line("{'op':'get','doc':'d','name':'x','type':'counter'}")).get("value").intValue());
  }
}
