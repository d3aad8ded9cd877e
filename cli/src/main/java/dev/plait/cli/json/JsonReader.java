package dev.plait.cli.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.plait.value.Value;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON strictly, and JSON as values.
 *
 * <p>A number without point and exponent is a long, every other number a double. An object whose
 * only key is {@code $bytes}, {@code $double} or {@code $map} stands for what JSON has no form for;
 * {@link JsonWriter} writes the same. Thread-safe.
 */
public final class JsonReader {
  static final String BYTES = "$bytes";
  static final String DOUBLE = "$double";
  static final String MAP = "$map";

  private final ObjectReader reader;

  /**
   * A reader.
   *
   * @param maxLength how long a key or string may be, in UTF-16 units
   */
  public JsonReader(int maxLength) {
    StreamReadConstraints bounds =
        StreamReadConstraints.builder().maxStringLength(maxLength).maxNameLength(maxLength).build();
    JsonFactory format =
        JsonFactory.builder()
            .streamReadConstraints(bounds)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    this.reader =
        JsonMapper.builder(format)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();
  }

  /**
   * The one JSON value in these bytes.
   *
   * @throws JsonException MALFORMED_JSON
   */
  public JsonNode parse(byte[] utf8) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
      JsonNode node = reader.readTree(text);
      if (node.isMissingNode()) {
        throw new JsonException(JsonException.MALFORMED_JSON, "there is no JSON here", null);
      }
      return node;
    } catch (CharacterCodingException wrong) {
      throw new JsonException(
          JsonException.MALFORMED_JSON, "the bytes are not well-formed UTF-8", wrong);
    } catch (JsonProcessingException wrong) {
      throw new JsonException(JsonException.MALFORMED_JSON, wrong.getOriginalMessage(), wrong);
    }
  }

  /**
   * The value that some JSON stands for.
   *
   * @throws JsonException NUMBER_OUT_OF_RANGE, UNKNOWN_FORM
   * @throws dev.plait.value.ValueException LONE_SURROGATE, VALUE_TOO_DEEP, VALUE_TOO_LARGE
   */
  public static Value value(JsonNode json) {
    return switch (json.getNodeType()) {
      case NULL -> Value.nil();
      case BOOLEAN -> Value.of(json.booleanValue());
      case STRING -> Value.of(json.textValue());
      case NUMBER -> number(json);
      case ARRAY -> list(json);
      case OBJECT -> object(json);
      case BINARY, MISSING, POJO ->
          throw new IllegalStateException("no JSON text gives " + json.getNodeType());
    };
  }

  private static Value number(JsonNode json) {
    if (json.isIntegralNumber()) {
      if (!json.canConvertToLong()) {
        throw new JsonException(
            JsonException.NUMBER_OUT_OF_RANGE,
            "whole numbers go from -2^63 to 2^63-1; write a larger one with a point or exponent",
            null);
      }
      return Value.of(json.longValue());
    }
    double value = json.doubleValue();
    if (Double.isInfinite(value)) {
      throw new JsonException(
          JsonException.NUMBER_OUT_OF_RANGE, "the number is too large for a double", null);
    }
    return Value.of(value);
  }

  private static Value list(JsonNode json) {
    List<Value> values = new ArrayList<>(json.size());
    for (JsonNode element : json) {
      values.add(value(element));
    }
    return Value.of(values);
  }

  private static Value object(JsonNode json) {
    if (json.size() == 1) {
      Map.Entry<String, JsonNode> only = json.properties().iterator().next();
      if (only.getKey().startsWith("$")) {
        return special(only.getKey(), only.getValue());
      }
    }
    return map(json);
  }

  private static Value map(JsonNode json) {
    Map<String, Value> entries = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      entries.put(entry.getKey(), value(entry.getValue()));
    }
    return Value.of(entries);
  }

  private static Value special(String form, JsonNode content) {
    if (form.equals(MAP) && content.isObject()) {
      return map(content);
    }
    if (form.equals(BYTES) && content.isTextual()) {
      return bytes(content.textValue());
    }
    if (form.equals(DOUBLE) && content.isTextual()) {
      switch (content.textValue()) {
        case "NaN" -> {
          return Value.of(Double.NaN);
        }
        case "Infinity" -> {
          return Value.of(Double.POSITIVE_INFINITY);
        }
        case "-Infinity" -> {
          return Value.of(Double.NEGATIVE_INFINITY);
        }
        default -> {}
      }
    }
    throw unknown(
        "an object with the one key \""
            + form
            + "\" is none of {\"$bytes\":base64}, {\"$double\":\"NaN\", \"Infinity\" or"
            + " \"-Infinity\"}, {\"$map\":object}; a map with such a key goes into \"$map\"",
        null);
  }

  private static Value bytes(String base64) {
    try {
      return Value.of(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException wrong) {
      throw unknown("\"$bytes\" takes base64 (RFC 4648, section 4): " + wrong.getMessage(), wrong);
    }
  }

  private static JsonException unknown(String message, @Nullable Throwable cause) {
    return new JsonException(JsonException.UNKNOWN_FORM, message, cause);
  }
}
