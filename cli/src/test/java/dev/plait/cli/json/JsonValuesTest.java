package dev.plait.cli.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.plait.error.PlaitException;
import dev.plait.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonValuesTest {
  private static final JsonReader READER = new JsonReader(1 << 20);

  private static Value read(String json) {
    return JsonReader.value(READER.parse(json.getBytes(StandardCharsets.UTF_8)));
  }

  private static String write(Value value) {
    return new JsonWriter().value(value).toString();
  }

  private static String refusal(String json) {
    return assertThrows(PlaitException.class, () -> read(json)).code();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "0",
        "-9223372036854775808",
        "9223372036854775807",
        "0.0",
        "-0.0",
        "0.1",
        "1.0",
        "-2.5",
        "1E+21",
        "123456789012345680000.0",
        "4.94065645841247E-324",
        "1.7976931348623157E+308",
        "{\"$double\":\"NaN\"}",
        "{\"$double\":\"-Infinity\"}",
        "\"\"",
        "\"a\\\"\\\\\\b\\t\\n\\f\\r\\u0001/\u007f\u2028é😀\"",
        "{\"$bytes\":\"\"}",
        "{\"$bytes\":\"AP8=\"}",
        "[]",
        "[1,1.0,\"1\",[null]]",
        "{}",
        "{\"a\":1,\"b\":{\"c\":[]}}",
        "{\"$map\":{\"$bytes\":1}}",
        "{\"$map\":{\"$\":{\"$map\":{\"$map\":0}}}}",
        "{\"$bytes\":1,\"$map\":2}"
      })
  void eachValueHasOneFormThatReadsBack(String json) {
    assertEquals(json, write(read(json)));
  }

  @Test
  void keysComeInTheOrderOfCodePoints() {
    Value value =
        Value.of(Map.of("\uff5e", Value.of(2), "\ud800\udc00", Value.of(3), "z", Value.of(1)));

    assertEquals("{\"z\":1,\"\uff5e\":2,\"\ud800\udc00\":3}", write(value));
  }

  @Test
  void numberWithPointOrExponentIsADouble() {
    assertEquals(Value.of(1000.0), read("1e3"));
    assertEquals(Value.of(1L), read("1"));
    assertEquals(Value.of(0L), read("-0"));
  }

  @Test
  void numbersThatDoNotFitAreRefused() {
    assertEquals("NUMBER_OUT_OF_RANGE", refusal("9223372036854775808"));
    assertEquals("NUMBER_OUT_OF_RANGE", refusal("-9223372036854775809"));
    assertEquals("NUMBER_OUT_OF_RANGE", refusal("1e999"));
    assertEquals("NUMBER_OUT_OF_RANGE", refusal("[[-1e999]]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"$bytes\":1}",
        "{\"$bytes\":\"not base64\"}",
        "{\"$bytes\":\"AP8\\n\"}",
        "{\"$double\":\"nan\"}",
        "{\"$double\":1.5}",
        "{\"$map\":[]}",
        "{\"$child\":{\"text\":\"\"}}",
        "{\"$\":1}"
      })
  void formsThatStandForNothingAreRefused(String json) {
    assertEquals("UNKNOWN_FORM", refusal(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{}}",
        "1 2",
        "{\"a\":1,\"a\":1}",
        "'a'",
        "NaN",
        "01",
        "+1",
        "\"\u0001\"",
        "[1,]",
        "//",
        "\ufeff1"
      })
  void whatIsNotOneJsonValueIsRefused(String json) {
    assertEquals("MALFORMED_JSON", refusal(json));
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    byte[] overlong = {'"', (byte) 0xc0, (byte) 0x80, '"'};

    assertEquals(
        "MALFORMED_JSON", assertThrows(JsonException.class, () -> READER.parse(overlong)).code());
  }

  @Test
  void whatNoValueHoldsIsRefused() {
    assertEquals("LONE_SURROGATE", refusal("\"\\ud800\""));
    assertEquals("LONE_SURROGATE", refusal("{\"\\udc00\":1,\"b\":2}"));
    assertEquals("VALUE_TOO_DEEP", refusal("[".repeat(17) + "]".repeat(17)));
    assertEquals("VALUE_TOO_DEEP", refusal("[".repeat(900) + "]".repeat(900)));
    assertEquals("MALFORMED_JSON", refusal("[".repeat(100_000) + "]".repeat(100_000)));
  }

  @Test
  void halvesOfPairsInMessagesAreEscaped() {
    assertEquals("\"\\ud800x\\udc00\"", new JsonWriter().string("\ud800x\udc00").toString());
    assertEquals("[1,[],{\"a\":null}]", written());
  }

  private static String written() {
    JsonWriter out = new JsonWriter().array().value(Value.of(1)).value(Value.of(List.of()));
    return out.object().name("a").nothing().endObject().endArray().toString();
  }
}
