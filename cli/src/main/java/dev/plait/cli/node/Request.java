package dev.plait.cli.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plait.cli.json.JsonReader;
import dev.plait.value.Value;
import org.jspecify.annotations.Nullable;

/** One request: the fields of a JSON object. Fields nobody asks for do no harm. */
final class Request {
  private final JsonNode fields;

  private Request(JsonNode fields) {
    this.fields = fields;
  }

  /**
   * A request.
   *
   * @throws RequestException NOT_AN_OBJECT
   */
  static Request of(JsonNode json) {
    if (!json.isObject()) {
      throw new RequestException(
          RequestException.NOT_AN_OBJECT,
          "a request is one JSON object a line, such as {\"op\":\"status\"}");
    }
    return new Request(json);
  }

  String op() {
    return text("op");
  }

  /** The document's name. */
  String doc() {
    return text("doc");
  }

  /** The name of the root container. */
  String name() {
    return text("name");
  }

  boolean has(String field) {
    return fields.has(field);
  }

  /** A string that must be there. */
  String text(String field) {
    JsonNode node = field(field);
    String text = node.textValue();
    if (text == null) {
      throw wrong(field, "a string", node);
    }
    return text;
  }

  /** A whole number that must be there. */
  long number(String field) {
    JsonNode node = field(field);
    if (!node.isIntegralNumber()) {
      throw wrong(field, "a whole number", node);
    }
    return JsonReader.value(node).asLong();
  }

  /** A whole number from {@code least} to {@code most}. */
  long number(String field, long least, long most) {
    long number = number(field);
    if (number < least || number > most) {
      throw new RequestException(
          RequestException.FIELD_OUT_OF_RANGE,
          "\"" + field + "\" goes from " + least + " to " + most + ", not " + number);
    }
    return number;
  }

  /** A place in a text or list, or a length of one, which the container itself knows best. */
  int place(String field) {
    return (int) number(field, 0, Integer.MAX_VALUE);
  }

  /** Any JSON that must be there, as a value. */
  Value value(String field) {
    return JsonReader.value(field(field));
  }

  private JsonNode field(String field) {
    @Nullable JsonNode node = fields.get(field);
    if (node == null) {
      throw new RequestException(
          RequestException.MISSING_FIELD, "the field \"" + field + "\" is missing");
    }
    return node;
  }

  private static RequestException wrong(String field, String wanted, JsonNode found) {
    return new RequestException(
        RequestException.WRONG_FIELD,
        "\""
            + field
            + "\" must be "
            + wanted
            + ", not of type "
            + found.getNodeType().name().toLowerCase(java.util.Locale.ROOT));
  }
}
